import type { z } from 'zod';
import { eventEnvelope } from '../events/envelope.ts';
import { send } from '../events/send.ts';
import type { Simulator } from '../simulator.ts';
import type { App } from '../world/types.ts';
import { BadRequest } from './body.ts';
import type * as schemas from './schemas.ts';
import type { RawAnswer } from './types.ts';

/** Sends something to an app exactly as told, `times` times at once, without retries; gives back the answers. */
export async function deliverRaw(
  sim: Simulator,
  app: App,
  given: z.output<typeof schemas.deliver>,
): Promise<RawAnswer[]> {
  const url = given.url ?? (given.target === 'events' ? app.eventsUrl : app.interactionsUrl);
  if (url === null) throw new BadRequest(`app ${app.id} has no ${given.target} URL`);
  const form = given.target === 'interactions';
  const timestamp = Math.floor(sim.clock.now() / 1000) + given.timestampSkewSeconds;
  const outgoing = {
    url,
    contentType: given.contentType ?? (form ? 'application/x-www-form-urlencoded' : 'application/json'),
    body: rawBody(sim, app, given),
    secret: given.signingSecret ?? app.signingSecret,
    timestamp,
    timeoutMs: sim.options.ackTimeoutMs,
    ...(given.headers ? { headers: given.headers } : {}),
  };
  const answers = await Promise.all(Array.from({ length: given.times }, () => send(outgoing)));
  return answers.map(({ noRetry: _noRetry, ...answer }) => answer);
}

function rawBody(sim: Simulator, app: App, given: z.output<typeof schemas.deliver>): string {
  if (given.body !== undefined) return given.body;
  const payload = given.payload ?? envelopeOf(sim, app, given);
  const json = JSON.stringify(payload);
  return given.target === 'events' ? json : new URLSearchParams({ payload: json }).toString();
}

function envelopeOf(sim: Simulator, app: App, given: z.output<typeof schemas.deliver>) {
  const installation = sim.world.installations.find((one) => one.appId === app.id);
  if (!given.event || !installation) throw new BadRequest('give one of event, payload and body');
  return eventEnvelope(app, installation, given.event, { now: sim.clock.now(), extShared: false });
}
