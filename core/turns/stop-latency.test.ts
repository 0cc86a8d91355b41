import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aPost, calls, createTurnWorld, present, says, tool } from '../../test/support/turn-world.ts';
import { ModelError } from '../models/contract.ts';
import { stopTurn } from './stop.ts';

type World = ReturnType<typeof createTurnWorld>;

const TICK_MS = 50;

/**
 * Lets time go by; the store in memory goes on by itself. Timers fire a moment before the clock says so, which is
 * their worst: what is not due yet waits for the next look.
 */
async function pass(world: World, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += TICK_MS) {
    await vi.advanceTimersByTimeAsync(TICK_MS);
    world.advance(TICK_MS);
    // What those timers asked the store for.
    for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** How long after a stop the run has ended the turn, epoch milliseconds of the test's clock. */
async function stopAfter(world: World, turnId: string, workedMs: number): Promise<number> {
  let left = false;
  const running = world.run(turnId).then(() => {
    left = true;
  });
  await pass(world, workedMs);
  expect(await stopTurn(world.deps, { turnId, by: 'U1' })).toBe('requested');
  const at = world.now();
  while (!left && world.now() - at < 10_000) await pass(world, TICK_MS);
  await running;
  expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
  return present((await world.turn(turnId)).end).at - at;
}

describe('42: a stop takes effect within three seconds', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  // Whenever it comes between two renewals of the lease; right behind one is the worst.
  const moments = [100, 1_000, 2_100, 2_250, 2_300, 2_550, 3_000, 4_200];

  it.each(moments)('while a tool runs that listens to nothing, %i ms into it', async (workedMs) => {
    const deaf = tool('wait', () => new Promise(() => {}));
    const world = createTurnWorld({
      script: [calls({ name: 'wait' })],
      tools: [deaf],
    });
    const { turnId, sessionId } = await world.admit();
    expect(await stopAfter(world, turnId, workedMs)).toBeLessThan(3_000);
    expect((await world.messages(sessionId)).map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
  });

  it.each(moments)('while the model streams, %i ms into it', async (workedMs) => {
    const world = createTurnWorld({
      script: [
        ({ signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          }),
      ],
    });
    const { turnId } = await world.admit();
    expect(await stopAfter(world, turnId, workedMs)).toBeLessThan(3_000);
  });
});

describe('42: a stop while a Retry-After of an hour is waited out', () => {
  it('ends the turn at once; the next message starts, and the old execution leaves when it wakes', async () => {
    const world = createTurnWorld({
      script: [
        () =>
          Promise.reject(
            new ModelError({
              retryable: true,
              code: 'rate_limit',
              sentence: 'Busy.',
              retryAfterMs: 3_600_000,
            }),
          ),
        says('Here I am.'),
      ],
    });
    const first = await world.admit(aPost({ threadTs: '1.1' }));
    expect(await world.run(first.turnId)).toMatchObject({ route: 'backoff', waitSeconds: 3_600 });
    expect(await stopTurn(world.deps, { turnId: first.turnId, by: 'U1' })).toBe('stopped');
    const second = await world.admit(aPost({ threadTs: '1.1' }));
    expect(second.outcome).toBe('started');
    await world.run(second.turnId);
    expect(await world.turn(second.turnId)).toMatchObject({ state: 'completed' });
    world.advance(3_600_000);
    const asked = world.requests.length;
    expect(await world.run(first.turnId)).toMatchObject({ route: 'done' });
    expect(world.requests).toHaveLength(asked);
    expect(await world.turn(first.turnId)).toMatchObject({ state: 'stopped' });
  });
});
