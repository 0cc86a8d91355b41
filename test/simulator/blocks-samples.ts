import type { Json, JsonObject } from '../../local/slack/json.ts';

/** Payloads written by hand from §3 of the reference: one good block or element of every type. */

export const plain = (text: string): JsonObject => ({ type: 'plain_text', text });
export const mrkdwn = (text: string): JsonObject => ({ type: 'mrkdwn', text });
export const x = (length: number): string => 'x'.repeat(length);
export const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

export const rich = (text = 'a'): JsonObject => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});
export const option = (at: number | string = 0): JsonObject => ({
  text: plain(`Option ${at}`),
  value: `v${at}`,
});
export const confirm = (more: JsonObject = {}): JsonObject => ({
  title: plain('Sure?'),
  text: mrkdwn('This *stays*'),
  confirm: plain('Yes'),
  deny: plain('No'),
  ...more,
});
const picture = { type: 'image', alt_text: 'A chart', image_url: 'https://example.com/a.png' };
const raw = (text: string): JsonObject => ({ type: 'raw_text', text });
export const cellRow = (count: number, text = 'a'): Json[] => many(count, () => raw(text));

/** §3.2, by type. */
export const ELEMENTS: Record<string, JsonObject> = {
  button: { type: 'button', text: plain('Go'), value: 'v', style: 'primary', confirm: confirm() },
  checkboxes: { type: 'checkboxes', options: [option(1), option(2)], initial_options: [option(2)] },
  radio_buttons: { type: 'radio_buttons', options: [option(1), option(2)], initial_option: option(1) },
  overflow: { type: 'overflow', options: [{ ...option(1), url: 'https://example.com' }] },
  static_select: { type: 'static_select', placeholder: plain('Pick'), options: [option(1)] },
  external_select: { type: 'external_select', min_query_length: 2, initial_option: option(1) },
  users_select: { type: 'users_select', initial_user: 'U1' },
  conversations_select: {
    type: 'conversations_select',
    default_to_current_conversation: true,
    filter: { include: ['public', 'im'], exclude_bot_users: true },
  },
  channels_select: { type: 'channels_select', initial_channel: 'C1' },
  multi_static_select: {
    type: 'multi_static_select',
    option_groups: [{ label: plain('Group'), options: [option(1), option(2)] }],
    initial_options: [option(2)],
    max_selected_items: 1,
  },
  multi_external_select: { type: 'multi_external_select', initial_options: [option(1)] },
  multi_users_select: { type: 'multi_users_select', initial_users: ['U1'] },
  multi_conversations_select: { type: 'multi_conversations_select', initial_conversations: ['C1'] },
  multi_channels_select: { type: 'multi_channels_select', initial_channels: ['C1'] },
  datepicker: { type: 'datepicker', initial_date: '2026-02-28', placeholder: plain('Day') },
  timepicker: { type: 'timepicker', initial_time: '23:59', timezone: 'Europe/Berlin' },
  datetimepicker: { type: 'datetimepicker', initial_date_time: 1_628_633_820 },
  plain_text_input: { type: 'plain_text_input', multiline: true, min_length: 1, max_length: 300 },
  number_input: { type: 'number_input', is_decimal_allowed: true, initial_value: '2.5', max_value: '3' },
  email_text_input: { type: 'email_text_input', initial_value: 'a@example.com' },
  url_text_input: { type: 'url_text_input', placeholder: plain('https://…') },
  rich_text_input: { type: 'rich_text_input', initial_value: rich(), min_lines: 1, max_lines: 8 },
  file_input: { type: 'file_input', filetypes: ['pdf'], max_files: 3 },
  feedback_buttons: {
    type: 'feedback_buttons',
    positive_button: { text: plain('Good'), value: 'up', accessibility_label: 'Good answer' },
    negative_button: { text: plain('Bad'), value: 'down' },
  },
  icon_button: { type: 'icon_button', icon: 'trash', text: plain('Delete'), visible_to_user_ids: ['U1'] },
  workflow_button: {
    type: 'workflow_button',
    text: plain('Run'),
    workflow: {
      trigger: {
        url: 'https://slack.com/shortcuts/Ft1/1',
        customizable_input_parameters: [{ name: 'a', value: 'b' }],
      },
    },
  },
};

export const element = (type: string, more: JsonObject = {}): JsonObject => ({ ...ELEMENTS[type], ...more });

const chart = (type: string): JsonObject => ({
  type: 'data_visualization',
  title: 'Requests',
  chart: {
    type,
    series: [
      {
        name: 'This week',
        data: [
          { label: 'Mon', value: 3 },
          { label: 'Tue', value: 0 },
        ],
      },
      { name: 'Last week', data: [{ label: 'Mon', value: -1 }] },
    ],
    axis_config: { categories: ['Mon', 'Tue'], x_label: 'Day', y_label: 'Count' },
  },
});
const pie: JsonObject = {
  type: 'data_visualization',
  title: 'Share',
  chart: { type: 'pie', segments: [{ label: 'A', value: 0.5 }] },
};
const card: JsonObject = {
  type: 'card',
  hero_image: picture,
  icon: picture,
  title: mrkdwn('Title'),
  subtitle: mrkdwn('Subtitle'),
  body: mrkdwn('Body'),
  subtext: mrkdwn('Subtext'),
  actions: [element('button')],
};
const task: JsonObject = {
  type: 'task_card',
  task_id: 't1',
  title: 'Read',
  status: 'in_progress',
  details: rich(),
  output: rich(),
  sources: [{ type: 'url', url: 'https://example.com', text: 'Source' }],
  icon: { type: 'icon', name: 'search' },
  hide_title: false,
};

/** §3.1: good blocks by type; several where a type has several forms. */
export const BLOCKS: Record<string, JsonObject[]> = {
  section: [
    { type: 'section', text: mrkdwn('a'), expand: true },
    { type: 'section', fields: [plain('a'), mrkdwn('b')] },
    { type: 'section', text: plain('a'), accessory: picture },
  ],
  header: [{ type: 'header', text: plain('Title') }],
  divider: [{ type: 'divider', block_id: 'line' }],
  image: [
    { ...picture, title: plain('Chart') },
    { type: 'image', alt_text: '', slack_file: { id: 'F1' } },
    { type: 'image', alt_text: 'a', slack_file: { url: 'https://files.example.com/F1' } },
  ],
  context: [{ type: 'context', elements: [picture, plain('a'), mrkdwn('b')] }],
  actions: [{ type: 'actions', elements: [element('button'), element('overflow')] }],
  input: [
    {
      type: 'input',
      label: plain('Name'),
      hint: plain('Your name'),
      optional: true,
      dispatch_action: true,
      element: element('plain_text_input', {
        dispatch_action_config: { trigger_actions_on: ['on_enter_pressed', 'on_character_entered'] },
      }),
    },
  ],
  rich_text: [
    rich(),
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'a', style: { bold: true, italic: true, strike: true, code: true } },
            { type: 'link', url: 'https://example.com', text: 'b' },
            { type: 'user', user_id: 'U1' },
            { type: 'channel', channel_id: 'C1' },
            { type: 'usergroup', usergroup_id: 'S1' },
            { type: 'team', team_id: 'T1' },
            { type: 'broadcast', range: 'here' },
            { type: 'emoji', name: 'wave', unicode: '1f44b' },
            { type: 'date', timestamp: 1_720_710_212, format: '{date_num}', fallback: 'then' },
            { type: 'color', value: '#F405B3' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'ordered',
          indent: 1,
          border: 0,
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }],
        },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'a' }], border: 1 },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a' }], language: 'ts' },
      ],
    },
  ],
  markdown: [{ type: 'markdown', text: '# Title\n\n- a' }],
  file: [{ type: 'file', external_id: 'doc-1', source: 'remote' }],
  video: [
    {
      type: 'video',
      video_url: 'https://example.com/embed',
      thumbnail_url: 'https://example.com/a.png',
      alt_text: 'A film',
      title: plain('Film'),
      title_url: 'https://example.com/film',
      author_name: 'Somebody',
      provider_name: 'Tube',
      provider_icon_url: 'https://example.com/i.png',
      description: plain('About'),
    },
  ],
  table: [
    {
      type: 'table',
      rows: [cellRow(3), [raw('a'), rich(), { type: 'raw_number', value: 1.5, text: '1.5' }]],
      column_settings: [{ align: 'right', is_wrapped: true }, {}],
    },
  ],
  data_table: [
    {
      type: 'data_table',
      caption: 'Numbers',
      rows: [cellRow(2), [rich(), { type: 'raw_number', value: 1, text: 'one' }]],
      page_size: 5,
      row_header_column_index: 1,
    },
  ],
  data_visualization: [pie, chart('bar'), chart('area'), chart('line')],
  alert: [{ type: 'alert', text: mrkdwn('Careful'), level: 'warning' }],
  card: [card, { type: 'card', body: mrkdwn('a'), slack_icon: { type: 'icon', name: 'search' } }],
  carousel: [{ type: 'carousel', elements: [card] }],
  container: [
    {
      type: 'container',
      title: plain('Box'),
      rich_text_title: rich(),
      subtitle: mrkdwn('More'),
      icon: picture,
      width: 'wide',
      is_collapsible: true,
      default_collapsed: true,
      has_header_divider: false,
      child_blocks: [{ type: 'section', text: mrkdwn('a'), accessory: element('button') }],
    },
  ],
  plan: [{ type: 'plan', title: 'Plan', tasks: [task, { ...task, status: 'pending' }] }],
  task_card: [task],
  context_actions: [
    { type: 'context_actions', elements: [element('feedback_buttons'), element('icon_button')] },
  ],
};

/** The hosts of an element: how a block holds it, and the pointer of the element in a list of that one block. */
export const HOSTS: Record<string, { hold: (held: JsonObject) => JsonObject; at: string }> = {
  actions: { hold: (held) => ({ type: 'actions', elements: [held] }), at: '/blocks/0/elements/0' },
  accessory: {
    hold: (held) => ({ type: 'section', text: plain('a'), accessory: held }),
    at: '/blocks/0/accessory',
  },
  input: { hold: (held) => ({ type: 'input', label: plain('L'), element: held }), at: '/blocks/0/element' },
  context_actions: {
    hold: (held) => ({ type: 'context_actions', elements: [held] }),
    at: '/blocks/0/elements/0',
  },
  card: {
    hold: (held) => ({ type: 'card', title: mrkdwn('a'), actions: [held] }),
    at: '/blocks/0/actions/0',
  },
};

/** A modal that holds these blocks. */
export const modal = (blocks: Json[], more: JsonObject = {}): JsonObject => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks,
  ...more,
});
