import type { JsonObject } from '../../local/slack/json.ts';
import type { Scene } from './support.ts';

export type Envelope = JsonObject & { event: JsonObject; event_id: string };

/** The envelopes that the app received, in the order of arrival. */
export function envelopes({ received }: Scene): Envelope[] {
  return received
    .filter((one) => one.headers['content-type'] === 'application/json')
    .map((one) => JSON.parse(one.body) as Envelope);
}

/** The inner events that the app received. */
export function events(setting: Scene): JsonObject[] {
  return envelopes(setting).map(({ event }) => event);
}

/** Waits until so many events were taken in all; gives back the inner events. */
export async function taken(setting: Scene, count: number): Promise<JsonObject[]> {
  await setting.slack.wait({ kind: 'delivery', state: 'acknowledged', count });
  return events(setting);
}

/** The one event that is meant; throws when there is none. */
export function eventOf(all: JsonObject[], type: string, subtype?: string): JsonObject {
  const found = all.find((event) => event.type === type && event.subtype === subtype);
  if (!found) throw new Error(`no ${type} ${subtype ?? ''} among ${all.map((one) => one.type).join()}`);
  return found;
}
