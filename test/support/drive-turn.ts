import type { RunRoute } from '../../core/turns/record.ts';
import type { createTurnWorld } from './turn-world.ts';

/** How a turn's execution went: its last route, and what happened on the way there. */
export interface Driven {
  route: RunRoute['route'] | 'settle';
  /** Runs that threw. */
  broken: number;
  /** Times the state machine was sent to wait. */
  waits: number;
}

/** The retrier of the state machine's Run state: so many tries, counted anew whenever the state is left. */
const RETRIES = 7;
const MOST_RUNS = 200;

/**
 * Plays the state machine for one epoch: a run that throws is tried again, `again` and `backoff` come back, every
 * other route ends it.
 *
 * @throws when the turn does not come to an end
 */
export async function driveTurn(
  world: ReturnType<typeof createTurnWorld>,
  turnId: string,
  epoch = 1,
): Promise<Driven> {
  const driven = { broken: 0, waits: 0 };
  let tries = 0;
  for (let runs = 0; runs < MOST_RUNS; runs++) {
    let routed: RunRoute;
    try {
      routed = await world.run(turnId, epoch);
    } catch {
      driven.broken++;
      if (++tries > RETRIES) return { ...driven, route: 'settle' };
      world.advance(1_000);
      continue;
    }
    tries = 0;
    if (routed.route === 'backoff') {
      driven.waits++;
      world.advance(routed.waitSeconds * 1_000);
    } else if (routed.route !== 'again') return { ...driven, route: routed.route };
  }
  throw new Error(`Turn ${turnId} went on after ${MOST_RUNS} runs.`);
}
