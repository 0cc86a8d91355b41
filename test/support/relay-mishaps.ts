import fc from 'fast-check';
import { Crash, type RelayWorld } from './relay-world.ts';

/**
 * What goes wrong with one of the relay's calls to Slack. `hangs`: it was applied, and the relay is held so long that
 * another one takes its lease over. `doubled`: another wake comes in the middle of it.
 */
export const mishaps = [
  'none',
  'lost answer',
  'lost request',
  'down',
  'refused',
  'too long',
  'expired',
  'invalid',
  'dies before',
  'dies after',
  'hangs',
  'doubled',
] as const;
export type Mishap = (typeof mishaps)[number];

/** Slack's words for what a stream is refused with although nothing is wrong with it. */
const lies: Partial<Record<Mishap, string>> = {
  'too long': 'msg_too_long',
  expired: 'message_not_in_streaming_state',
  invalid: 'invalid_chunks',
};

export const isLie = (mishap: Mishap): boolean => mishap in lies;

/** Mostly none, so that what follows a mishap is seen too. */
export const mishapsOf = (kinds: readonly Mishap[] = mishaps): fc.Arbitrary<Mishap[]> =>
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<Mishap>('none') },
      { weight: 2, arbitrary: fc.constantFrom(...kinds) },
    ),
    { maxLength: 20 },
  );

/** What of it happened. */
export interface Happened {
  /** Method and mishap, in order. */
  told: { method: string; mishap: Mishap }[];
}

/** Longer than a lease. */
const HANG_MS = 16_000;

/** Lets the relay's calls go wrong as told, one after the other; all that follow go through. */
export function misbehave(
  world: RelayWorld,
  told: readonly Mishap[],
  onCall: (method: string) => Promise<void> = async () => {},
): Happened {
  const left = [...told];
  const happened: Happened = { told: [] };
  world.onCall(async (method, send) => {
    await onCall(method);
    const mishap = left.shift() ?? 'none';
    if (mishap === 'none') return send();
    const error = lies[mishap];
    // The other calls bring no content that could be refused.
    if (error && !/Stream$/.test(method)) return send();
    if (mishap === 'expired' && method === 'chat.startStream') return send();
    happened.told.push({ method, mishap });
    if (mishap === 'dies before') throw new Crash();
    if (mishap === 'lost answer') await world.slack.fault({ method, effect: 'drop_answer', times: 1 });
    if (mishap === 'lost request') await world.slack.fault({ method, effect: 'drop_request', times: 1 });
    if (mishap === 'down') await world.slack.fault({ method, effect: 'http_error', times: 1 });
    if (mishap === 'refused')
      await world.slack.fault({ method, effect: 'rate_limited', retryAfter: 3, times: 1 });
    if (error) await world.slack.fault({ method, effect: 'error', error, times: 1 });
    const answer = await send();
    if (mishap === 'dies after') throw new Crash();
    if (mishap === 'hangs') await world.deps.sleep(HANG_MS);
    if (mishap === 'hangs' || mishap === 'doubled') await wakeAgain(world);
    return answer;
  });
  return happened;
}

/** The wake that is being handled comes a second time, to another relay. */
async function wakeAgain(world: RelayWorld): Promise<void> {
  const message = world.handled();
  if (message && message.kind !== 'notice')
    await world.handle({ v: 1, kind: 'flush', turnId: message.turnId });
}
