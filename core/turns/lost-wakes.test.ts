import { describe, expect, it } from 'vitest';
import { createPausedWorld } from '../../test/support/paused-world.ts';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import type { WakeMessage } from '../relay/wakes/wake.ts';
import { keys } from '../store/keys.ts';
import { stopSession } from './stop.ts';
import { sweep } from './sweep.ts';

/** A queue that takes nothing for so many sends. */
function brokenQueue(failures = Number.POSITIVE_INFINITY) {
  const sent: WakeMessage[] = [];
  let tries = 0;
  const sendWake = async (message: WakeMessage) => {
    if (tries++ < failures) throw new Error('The queue is not there.');
    sent.push(message);
  };
  return { sendWake, sent, tries: () => tries };
}

/** By then the wake that admission sent is overdue, so that the run sends its own. */
const OVERDUE_MS = 4_000;

describe('T-34 a wake that cannot be sent', () => {
  it.each([
    ['the first', 1],
    ['every one', Number.POSITIVE_INFINITY],
  ])('is no failure of a run: %s', async (_, failures) => {
    const look = tool('look', async () => 'seen');
    const world = createTurnWorld({ script: [calls({ name: 'look' }), says('Hello.')], tools: [look] });
    const { turnId } = await world.admit();
    world.advance(OVERDUE_MS);
    const queue = brokenQueue(failures);
    expect(await world.run(turnId, 1, { sendWake: queue.sendWake })).toMatchObject({ route: 'done' });
    expect(queue.tries()).toBeGreaterThan(1);
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed', step: 2 });
    expect((await world.chunks(turnId)).at(-1)?.type).toBe('finish');
  });

  it('is no failure of a pause', async () => {
    const announce = tool('announce', async () => 'done', { effect: 'customer_facing' });
    const world = createTurnWorld({ script: [calls({ name: 'announce' })], tools: [announce] });
    const { turnId } = await world.admit();
    world.advance(OVERDUE_MS);
    const queue = brokenQueue();
    expect(await world.run(turnId, 1, { sendWake: queue.sendWake })).toMatchObject({ route: 'pause' });
    expect(queue.tries()).toBeGreaterThan(1);
  });

  it('is no failure of the end, nor is a next turn that could not be started: the sweep starts it', async () => {
    const world = createTurnWorld();
    const first = await world.admit(aPost({ threadTs: '1.1' }));
    const second = await world.admit(aPost({ threadTs: '1.1' }));
    world.advance(OVERDUE_MS);
    const { start } = world.deps.executions;
    world.deps.executions.start = () => Promise.reject(new Error('Step Functions is throttling.'));
    const queue = brokenQueue();
    expect(await world.run(first.turnId, 1, { sendWake: queue.sendWake })).toMatchObject({ route: 'done' });
    expect(await world.turn(first.turnId)).toMatchObject({ state: 'completed' });
    expect(await world.turn(second.turnId)).toMatchObject({ state: 'starting' });
    world.deps.executions.start = start;
    world.advance(world.deps.limits.startCheckMs + 1);
    await sweep(world.deps);
    expect(world.started).toContain(`${second.turnId}-1`);
  });

  it('behind the end of a paused turn is sent by the sweep, though nothing else looks at its relay', async () => {
    const { world, post, turnId, sessionId } = await createPausedWorld({ token: 'token-1' });
    // As the relay leaves a turn that waits: no wake is queued and no sweep looks at it.
    await world.store.update({ key: keys.relay(turnId), remove: ['wakeAt', 'gsi3pk', 'gsi3sk'] });
    const { appId, installationId, channel, threadTs } = post;
    const stop = { appId, installationId, channel, threadTs, by: 'U1', at: world.now() + 1 };
    const queue = brokenQueue(1);
    const deps = { ...world.deps, sendWake: queue.sendWake };
    expect(await stopSession(deps, stop)).toBe('stopped');
    expect(queue.tries()).toBe(1);
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle' });
    world.advance(world.deps.limits.startCheckMs + 1);
    await sweep(deps);
    expect(queue.sent).toEqual([{ v: 1, kind: 'flush', turnId }]);
  });
});
