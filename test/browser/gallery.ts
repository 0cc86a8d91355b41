import type { JsonObject } from '../../local/slack/json.ts';
import { CHARTS, STEPS, TABLES } from './gallery/data.ts';
import { FORM_ELEMENTS, MESSAGE_ELEMENTS } from './gallery/elements.ts';
import { button, mrkdwn, plain, REGIONS } from './gallery/parts.ts';
import { CARDS, MARKDOWN, TEXTS } from './gallery/texts.ts';

/** Every block and element that Slack knows, to be looked at and clicked. */

export type GalleryMessage = { name: string; text: string; blocks: JsonObject[] };

const message = (name: string, blocks: JsonObject[]): GalleryMessage => ({
  name,
  text: `Gallery: ${name}`,
  blocks,
});

/** Arguments of chat.postMessage but for the channel. */
export const messages: GalleryMessage[] = [
  message('texts', TEXTS),
  message('markdown', MARKDOWN),
  message('cards', CARDS),
  message('tables', TABLES),
  ...CHARTS.map((blocks, at) => message(`charts ${at + 1}`, blocks)),
  message('steps', STEPS),
  message('elements', MESSAGE_ELEMENTS),
];

/** A form with every element; block ids are `in_<action_id>`. */
export const modal: JsonObject = {
  type: 'modal',
  callback_id: 'gallery',
  title: plain('New request'),
  submit: plain('Send'),
  close: plain('Cancel'),
  notify_on_close: true,
  blocks: [
    { type: 'alert', level: 'info', text: mrkdwn('Requests are read by *people*.') },
    ...FORM_ELEMENTS,
    {
      type: 'actions',
      block_id: 'modal_actions',
      elements: [button('Add a step', 'push_view'), button('Refresh', 'update_view')],
    },
    ...['default', 'warning', 'error', 'success'].map((level) => ({
      type: 'alert',
      level,
      text: plain(`An alert of level ${level}.`),
    })),
  ],
};

/** What lies on it after "Add a step". */
export const pushedModal: JsonObject = {
  type: 'modal',
  callback_id: 'gallery_step',
  title: plain('A step'),
  submit: plain('Add'),
  blocks: [
    {
      type: 'input',
      block_id: 'step',
      label: plain('Step'),
      element: { type: 'plain_text_input', action_id: 'step' },
    },
  ],
};

export const home: JsonObject = {
  type: 'home',
  callback_id: 'gallery_home',
  blocks: [
    { type: 'header', text: plain('Your requests') },
    {
      type: 'section',
      text: mrkdwn('*Two* are open.'),
      accessory: button('New request', 'home_new', { style: 'primary' }),
    },
    { type: 'divider' },
    {
      type: 'actions',
      block_id: 'home_actions',
      elements: [
        { type: 'static_select', action_id: 'home_region', placeholder: plain('Region'), options: REGIONS },
        button('Refresh', 'home_refresh'),
      ],
    },
    { type: 'context', elements: [mrkdwn('Shown to you alone.')] },
  ],
};
