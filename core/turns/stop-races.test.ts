import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPausedWorld } from '../../test/support/paused-world.ts';
import { calls, createTurnWorld, present, tool } from '../../test/support/turn-world.ts';
import { movesTurnTo } from '../../test/support/turn-writes.ts';
import { pauseIdOf } from '../ids.ts';
import { ModelError } from '../models/contract.ts';
import { loadPause } from '../pauses/store.ts';
import type { TurnState } from './record.ts';
import { type StopOutcome, stopTurn } from './stop.ts';

afterEach(() => vi.useRealTimers());

type World = ReturnType<typeof createTurnWorld>;

/** Lets a person press Stop just before the write that brings the turn into a state. */
function stopWhenTurning(world: World, turnId: string, state: TurnState): StopOutcome[] {
  const outcomes: StopOutcome[] = [];
  let pressed = false;
  world.store.beforeWrite = async (actions) => {
    if (pressed || !movesTurnTo(actions, state)) return;
    pressed = true;
    outcomes.push(await stopTurn(world.deps, { turnId, by: 'U1' }));
  };
  return outcomes;
}

/** What the model would be told of the stopped step's calls, by tool. */
async function toldOf(world: World, sessionId: string): Promise<Record<string, string>> {
  const message = present((await world.messages(sessionId)).find(({ role }) => role === 'tool'));
  const { content } = JSON.parse(present(message.body)) as {
    content: { toolName: string; output: unknown }[];
  };
  return Object.fromEntries(content.map((part) => [part.toolName, JSON.stringify(part.output)]));
}

describe('a stop at the very moment', () => {
  it('of a pause ends the turn: nobody is asked, nothing is done', async () => {
    let ran = 0;
    const announce = tool('announce', async () => ++ran, { effect: 'customer_facing' });
    const look = tool('look', async () => 'seen');
    const world = createTurnWorld({
      script: [calls({ name: 'announce' }, { name: 'look' })],
      tools: [announce, look],
    });
    const { turnId, sessionId } = await world.admit();
    const outcomes = stopWhenTurning(world, turnId, 'paused');
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(outcomes).toEqual(['requested']);
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped', end: { reason: 'Stopped.' } });
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle' });
    expect(await loadPause(world.store, pauseIdOf(turnId, 0))).toBeUndefined();
    expect(ran).toBe(0);
    const told = await toldOf(world, sessionId);
    expect(told.look).toContain('seen');
    expect(told.announce).toContain('stopped. It was not done');
  });

  it('of a backoff ends the turn: nobody waits for ten minutes first', async () => {
    const world = createTurnWorld({
      script: [
        () =>
          Promise.reject(
            new ModelError({ retryable: true, code: 'rate_limit', sentence: 'Busy.', retryAfterMs: 600_000 }),
          ),
      ],
    });
    const { turnId, sessionId } = await world.admit();
    const outcomes = stopWhenTurning(world, turnId, 'waiting');
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(outcomes).toEqual(['requested']);
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle' });
  });

  it('of a decision ends the turn all the same, and what was approved is not done', async () => {
    const { world, turnId, pauseId, decide, ran } = await createPausedWorld({ token: 'token-1' });
    let met = false;
    world.store.beforeWrite = async (actions) => {
      if (met || !movesTurnTo(actions, 'stopped')) return;
      met = true;
      expect((await decide('approved')).outcome).toBe('decided');
    };
    expect(await stopTurn(world.deps, { turnId, by: 'U2' })).toBe('stopped');
    expect(met).toBe(true);
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
    expect(await loadPause(world.store, pauseId)).toMatchObject({ state: 'cancelled' });
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(ran()).toBe(0);
  });
});

describe('a stop while a run works', () => {
  it('is learned of within two seconds by a run whose steps are all quicker than that', async () => {
    // Only the clock's own timers: the store in memory goes on by itself.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const steps: (() => Promise<ReturnType<typeof calls>>)[] = Array.from(
      { length: 30 },
      (_, n) => async () => {
        if (n === 3) expect(await stopTurn(world.deps, { turnId, by: 'U1' })).toBe('requested');
        for (let passed = 0; passed < 500; passed += 100) {
          world.advance(100);
          await vi.advanceTimersByTimeAsync(100);
        }
        return calls({ name: 'look', id: `look-${n}` });
      },
    );
    const world: World = createTurnWorld({ script: steps, tools: [tool('look', async () => 'seen')] });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
    // Steps 0 to 3, and two and a half seconds of half a second each.
    expect(world.requests.length).toBeLessThanOrEqual(4 + 5);
  });

  it('in a step that also asks keeps the results that are there and tells that the others were not done', async () => {
    let ran = 0;
    const announce = tool('announce', async () => ++ran, { effect: 'customer_facing' });
    const look = tool('look', async (_, { signal, session }) => {
      await stopTurn(world.deps, { turnId: session.turnId, by: 'U1' });
      world.advance(1_000);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      return 'seen';
    });
    const world: World = createTurnWorld({
      script: [calls({ name: 'announce' }, { name: 'look' })],
      tools: [announce, look],
      limits: { renewAfterMs: 20 },
    });
    const { turnId, sessionId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
    expect((await world.messages(sessionId)).map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
    const told = await toldOf(world, sessionId);
    expect(told.look).toContain('seen');
    expect(told.announce).toContain('stopped. It was not done');
    expect(ran).toBe(0);
    expect((await world.chunks(turnId)).map((chunk) => chunk.type)).not.toContain('data-pause');
  });
});
