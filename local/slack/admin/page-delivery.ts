import type { DeliveryRecord } from '../events/delivery-log.ts';
import { isObject, type Json } from '../json.ts';

/** A delivery for the page: without its payload, with a few words on what it was about. */
export function pageDelivery(record: DeliveryRecord): Omit<DeliveryRecord, 'payload'> & { about: string } {
  const { payload, ...rest } = record;
  return { ...rest, about: about(payload) };
}

function about(payload: Json): string {
  if (!isObject(payload)) return '';
  if (Array.isArray(payload.actions)) {
    return payload.actions.map((action) => (isObject(action) ? String(action.action_id) : '')).join(', ');
  }
  const event = isObject(payload.event) ? payload.event : {};
  const text = isObject(event.message) ? event.message.text : event.text;
  return [event.subtype, event.bot_id ? 'own' : undefined, text]
    .filter((part) => part)
    .join(' · ')
    .slice(0, 120);
}
