import type { Json, JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, type Received, type Scene } from './support.ts';

/** A plain_text object. */
export const plain = (text: string): JsonObject => ({ type: 'plain_text', text });

export const option = (value: string): JsonObject => ({ text: plain(value.toUpperCase()), value });

/** An input block. */
export const input = (block_id: string, element: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'input',
  block_id,
  label: plain(`Label of ${block_id}`),
  element: { action_id: 'value', ...element },
  ...more,
});

export const button = (action_id: string, more: JsonObject = {}): JsonObject => ({
  type: 'button',
  action_id,
  text: plain('Go'),
  ...more,
});

export const actions = (block_id: string, ...elements: JsonObject[]): JsonObject => ({
  type: 'actions',
  block_id,
  elements,
});

export const TEXT: JsonObject = { type: 'plain_text_input' };

/** A modal with one text input and a button in it. */
export const modal = (more: JsonObject = {}): JsonObject => ({
  type: 'modal',
  callback_id: 'request',
  title: plain('New request'),
  submit: plain('Send'),
  close: plain('Cancel'),
  blocks: [input('what', TEXT), actions('more', button('push'))],
  ...more,
});

export const home = (text = 'Welcome'): JsonObject => ({
  type: 'home',
  blocks: [
    { type: 'section', block_id: 's', text: plain(text), accessory: button('start') },
    actions('b', { type: 'datepicker', action_id: 'day' }),
  ],
});

/** The payload of an interaction. */
export function payloadOf(received: Received | undefined): JsonObject {
  return JSON.parse(new URLSearchParams(received?.body).get('payload') ?? 'null') as JsonObject;
}

/** The last payload of a type that the app received. */
export function lastPayload({ received }: Scene, type: string): JsonObject {
  const found = received
    .filter((one) => one.headers['content-type'] !== 'application/json')
    .map(payloadOf)
    .findLast((payload) => payload?.type === type);
  if (!found) throw new Error(`the app received no ${type}`);
  return found;
}

/** A trigger from a click in a message. */
export async function messageTrigger(
  setting: Scene,
  user: string = REQUESTER,
  channel: string = GENERAL,
): Promise<string> {
  const { slack, api } = setting;
  await slack.setApp({ subscriptions: [] });
  const blocks = [actions('b', button('open'))];
  const { ts } = await api('chat.postMessage', { channel, text: 'x', blocks });
  await slack.click({ user, channel, ts: String(ts), action_id: 'open' });
  return String(lastPayload(setting, 'block_actions').trigger_id);
}

/** A trigger from the button in the modal of {@link modal}. */
export async function modalTrigger(setting: Scene, user: string = REQUESTER): Promise<string> {
  await setting.slack.views.act({ user, action_id: 'push' });
  return String(lastPayload(setting, 'block_actions').trigger_id);
}

/** Opens a modal for the requester; its view as views.open gave it. */
export async function openModal(setting: Scene, view: JsonObject = modal()): Promise<JsonObject> {
  const opened = await setting.api('views.open', { trigger_id: await messageTrigger(setting), view });
  if (opened.ok !== true) throw new Error(JSON.stringify(opened));
  return opened.view as JsonObject;
}

/** Puts another view on the requester's modal. */
export async function pushModal(setting: Scene, view: JsonObject = modal()): Promise<JsonObject> {
  return setting.api('views.push', { trigger_id: await modalTrigger(setting), view });
}

/** An app that answers each interaction with JSON. */
export const answering = (body: Json): (() => { status: number; body: string }) => {
  return () => ({ status: 200, body: JSON.stringify(body) });
};
