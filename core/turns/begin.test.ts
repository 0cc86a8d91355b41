import { describe, expect, it } from 'vitest';
import { createTurnWorld, says } from '../../test/support/turn-world.ts';
import { ModelError } from '../models/contract.ts';
import { sweep } from './sweep.ts';

const HOUR_MS = 3_600_000;

/** A turn whose model asked to be left alone for an hour. */
async function waitingWorld() {
  const busy = new ModelError({
    retryable: true,
    code: 'rate_limit',
    sentence: 'Come back later.',
    retryAfterMs: HOUR_MS,
  });
  const world = createTurnWorld({ script: [() => Promise.reject(busy), says('Here I am.')] });
  const { turnId } = await world.admit();
  expect(await world.run(turnId)).toMatchObject({ route: 'backoff', waitSeconds: 3_600 });
  return { world, turnId };
}

describe('a run that is woken before its wait is over', () => {
  it('goes back to wait for what remains and calls no model', async () => {
    const { world, turnId } = await waitingWorld();
    for (const [afterMs, waitSeconds] of [
      [0, 3_600],
      [600_000, 3_000],
      [HOUR_MS - 600_000 - 2_500, 3],
    ] as const) {
      world.advance(afterMs);
      expect(await world.run(turnId)).toMatchObject({ route: 'backoff', waitSeconds });
    }
    expect(await world.turn(turnId)).toMatchObject({ state: 'waiting', fence: 1 });
    expect(world.requests).toHaveLength(1);
  });

  it('by less than a second begins: the state machine waits in whole seconds', async () => {
    const { world, turnId } = await waitingWorld();
    world.advance(HOUR_MS - 900);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(world.requests).toHaveLength(2);
    expect((await world.turn(turnId)).waitUntil).toBeUndefined();
  });

  it('is not woken by the sweep', async () => {
    const { world, turnId } = await waitingWorld();
    for (let minute = 0; minute < 60; minute++) {
      world.advance(60_000);
      await sweep(world.deps);
    }
    expect(world.started).toEqual([`${turnId}-1`]);
    expect(await world.turn(turnId)).toMatchObject({ state: 'waiting', epoch: 1 });
  });
});
