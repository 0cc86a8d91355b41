import type { JsonObject } from '../../../local/slack/json.ts';
import { SEED } from '../../../local/slack/world/seed.ts';
import { button, CONFIRM, input, mrkdwn, option, plain, REGION_GROUPS, REGIONS, says } from './parts.ts';

/** Every element that messages can hold. */
export const MESSAGE_ELEMENTS: JsonObject[] = [
  {
    type: 'actions',
    block_id: 'buttons',
    elements: [
      button('Approve', 'approve', { style: 'primary', value: 'yes' }),
      button('Reject', 'reject', { style: 'danger' }),
      button('Open', 'open_url', { url: 'https://status.example.com' }),
      button('Restart', 'confirmed', { confirm: CONFIRM }),
      {
        type: 'workflow_button',
        action_id: 'workflow',
        text: plain('Run a workflow'),
        workflow: { trigger: { url: 'https://workflows.example.com/1' } },
      },
      {
        type: 'overflow',
        action_id: 'overflow',
        options: [
          option('Mute for an hour', 'mute', 'Nobody is called'),
          { ...option('Open the runbook', 'open'), url: 'https://docs.example.com' },
        ],
      },
    ],
  },
  {
    type: 'actions',
    block_id: 'selects',
    elements: [
      { type: 'static_select', action_id: 'static', placeholder: plain('Choose a region'), options: REGIONS },
      {
        type: 'static_select',
        action_id: 'grouped',
        placeholder: plain('Choose from groups'),
        option_groups: REGION_GROUPS,
      },
      {
        type: 'external_select',
        action_id: 'external',
        placeholder: plain('Find a ticket'),
        min_query_length: 2,
      },
      { type: 'users_select', action_id: 'users', placeholder: plain('Choose a person') },
      { type: 'conversations_select', action_id: 'conversations', default_to_current_conversation: true },
      { type: 'channels_select', action_id: 'channels', placeholder: plain('Choose a channel') },
    ],
  },
  {
    type: 'actions',
    block_id: 'pickers',
    elements: [
      { type: 'datepicker', action_id: 'date', placeholder: plain('Day'), initial_date: '2026-11-21' },
      { type: 'timepicker', action_id: 'time', placeholder: plain('Time'), timezone: 'Europe/Berlin' },
      { type: 'datetimepicker', action_id: 'datetime', initial_date_time: 1_795_262_400 },
    ],
  },
  {
    type: 'actions',
    block_id: 'choices',
    elements: [
      {
        type: 'radio_buttons',
        action_id: 'radio',
        options: [
          { text: mrkdwn('*Now*'), value: 'now', description: mrkdwn('within a _minute_') },
          option('Tonight', 'tonight'),
        ],
        initial_option: option('Tonight', 'tonight'),
      },
      {
        type: 'checkboxes',
        action_id: 'checks',
        options: [
          { text: mrkdwn('Tell `#team`'), value: 'tell' },
          option('Write it down', 'write', 'in the report'),
        ],
      },
    ],
  },
  {
    type: 'section',
    block_id: 'several',
    text: mrkdwn('Several at once'),
    accessory: {
      type: 'multi_static_select',
      action_id: 'multi',
      placeholder: plain('Choose regions'),
      options: REGIONS,
      initial_options: REGIONS.slice(0, 1),
      max_selected_items: 2,
    },
  },
  input(
    'Reason',
    { type: 'plain_text_input', action_id: 'reason', placeholder: plain('Why?'), max_length: 60 },
    { dispatch_action: true, hint: plain('It is kept with the decision.'), optional: true },
  ),
  {
    type: 'context_actions',
    block_id: 'feedback',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'feedback',
        positive_button: { text: plain('Good'), value: 'up', accessibility_label: 'Good answer' },
        negative_button: { text: plain('Bad'), value: 'down', accessibility_label: 'Bad answer' },
      },
      { type: 'icon_button', action_id: 'delete', icon: 'trash', text: plain('Delete') },
      {
        type: 'icon_button',
        action_id: 'for_requester',
        icon: 'bookmark',
        text: plain('Keep'),
        visible_to_user_ids: [SEED.people.requester],
      },
    ],
  },
];

/** Every element that a form can hold, as the blocks of a modal. */
export const FORM_ELEMENTS: JsonObject[] = [
  input('Title', {
    type: 'plain_text_input',
    action_id: 'title',
    placeholder: plain('In a few words'),
    focus_on_load: true,
  }),
  input(
    'What should be done',
    { type: 'plain_text_input', action_id: 'what', multiline: true },
    {
      hint: plain('As for somebody who was not there.'),
    },
  ),
  input(
    'Details',
    { type: 'rich_text_input', action_id: 'details', initial_value: says('Begins with this.') },
    { optional: true },
  ),
  input('How many', {
    type: 'number_input',
    action_id: 'count',
    is_decimal_allowed: false,
    min_value: '1',
    max_value: '9',
  }),
  input('Mail', { type: 'email_text_input', action_id: 'mail' }, { optional: true }),
  input('Link', { type: 'url_text_input', action_id: 'link' }, { optional: true }),
  input('Region', { type: 'static_select', action_id: 'region', option_groups: REGION_GROUPS }),
  input(
    'Regions',
    { type: 'multi_static_select', action_id: 'regions', options: REGIONS, max_selected_items: 2 },
    { optional: true },
  ),
  input('Ticket', { type: 'external_select', action_id: 'ticket', min_query_length: 1 }, { optional: true }),
  input(
    'Tickets',
    { type: 'multi_external_select', action_id: 'tickets', min_query_length: 0 },
    { optional: true },
  ),
  input('Approver', { type: 'users_select', action_id: 'approver' }, { optional: true }),
  input('Watchers', { type: 'multi_users_select', action_id: 'watchers' }, { optional: true }),
  input('Channel', { type: 'channels_select', action_id: 'channel' }, { optional: true }),
  input('Channels', { type: 'multi_channels_select', action_id: 'more_channels' }, { optional: true }),
  input(
    'Conversation',
    { type: 'conversations_select', action_id: 'conversation', default_to_current_conversation: true },
    { optional: true },
  ),
  input(
    'Conversations',
    { type: 'multi_conversations_select', action_id: 'more_conversations', filter: { include: ['public'] } },
    { optional: true },
  ),
  input('Day', { type: 'datepicker', action_id: 'day' }, { optional: true }),
  input('Time', { type: 'timepicker', action_id: 'hour' }, { optional: true }),
  input('Moment', { type: 'datetimepicker', action_id: 'moment' }, { optional: true }),
  input('When', {
    type: 'radio_buttons',
    action_id: 'when',
    options: [option('Now', 'now'), option('Tonight', 'tonight')],
  }),
  input(
    'Also',
    {
      type: 'checkboxes',
      action_id: 'also',
      options: [option('Tell the team', 'tell'), option('Write a report', 'report')],
    },
    { optional: true },
  ),
  input(
    'Files',
    { type: 'file_input', action_id: 'files', filetypes: ['txt', 'csv'], max_files: 2 },
    { optional: true },
  ),
];
