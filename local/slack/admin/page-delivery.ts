import type { DeliveryRecord } from '../events/delivery-log.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { joined, viewTitle, word } from './page-call.ts';

/** A delivery for the page's list: without its payload, which is asked for when it is opened. */
export type PageDelivery = Omit<DeliveryRecord, 'payload'> & {
  /** A few words on what it was about. */
  about: string;
  /** The message that it was about, as far as the payload names one. */
  channel: string;
  ts: string;
  threadTs: string;
};

/** Characters of an app's answer that the list carries; the whole one is in the details. */
const MAX_ANSWER = 200;

export function pageDelivery(record: DeliveryRecord): PageDelivery {
  const { payload, attempts, ...rest } = record;
  return {
    ...rest,
    attempts: attempts.map((attempt) => ({
      ...attempt,
      answer: attempt.answer === null ? null : attempt.answer.slice(0, MAX_ANSWER),
    })),
    about: isObject(payload) ? about(payload) : '',
    ...placeOf(isObject(payload) ? payload : {}),
  };
}

function about(payload: JsonObject): string {
  if (Array.isArray(payload.actions)) {
    return joined(payload.actions.map((action) => (isObject(action) ? word(action.action_id) : '')));
  }
  if (payload.command !== undefined) return joined([`${word(payload.command)} ${word(payload.text)}`]);
  if (!isObject(payload.event)) {
    const asked = payload.value === undefined ? '' : `“${word(payload.value)}”`;
    return joined([viewTitle(payload.view), word(payload.callback_id) || word(payload.action_id), asked]);
  }
  const { event } = payload;
  const text = word(isObject(event.message) ? event.message.text : event.text);
  const other = word(event.reaction) || word(event.tab) || word(event.status) || word(event.title);
  return joined([word(event.subtype), event.bot_id ? 'own' : '', text, text === '' ? other : '']);
}

function placeOf(payload: JsonObject): { channel: string; ts: string; threadTs: string } {
  const event = member(payload, 'event');
  const container = member(payload, 'container');
  // The first that names one: an event's message, a changed message, a reaction's item, an interaction's message.
  const messages = [member(event, 'message'), event, member(event, 'item'), member(payload, 'message')];
  const first = (name: string): string =>
    messages.map((one) => word(one[name])).find((id) => id !== '') ?? '';
  const channel = first('channel') || word(container.channel_id) || word(member(payload, 'channel').id);
  return {
    channel: channel || word(payload.channel_id),
    ts: word(container.message_ts) || first('ts'),
    threadTs: word(container.thread_ts) || first('thread_ts'),
  };
}

const member = (value: JsonObject, name: string): JsonObject => {
  const found: Json | undefined = value[name];
  return isObject(found) ? found : {};
};
