import { describe, expect, test } from 'vitest';
import { aPost, createTurnWorld } from '../../test/support/turn-world.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { keys } from '../store/keys.ts';
import type { TurnRecord } from '../turns/record.ts';
import { failTurn } from '../turns/settle.ts';
import { LEAST_MESSAGES, requestCompaction } from './manual.ts';

/** An idle thread in which each of so many messages had its turn, which failed. */
async function createThread(posts: number, end: TurnRecord['state'] = 'failed') {
  const world = createTurnWorld();
  let sessionId = '';
  for (let n = 0; n < posts; n++) {
    const admitted = await world.admit(aPost({ threadTs: '5.5' }));
    sessionId = admitted.sessionId;
    await failTurn(world.deps, await world.turn(admitted.turnId), 'The conversation is too long.');
  }
  const last = await world.turn((await world.session(sessionId)).lastTurnId ?? '');
  await world.store.update({ key: keys.turn(last.turnId), set: { state: end } });
  world.started.length = 0;
  world.wakes.length = 0;
  const ask = () => requestCompaction(world.deps, sessionId, 'an administrator');
  return { world, sessionId, last, ask };
}

describe('48 K-CL 18 a compaction asked for by hand', () => {
  test('is a turn of its own, without a message of anybody', async () => {
    const { world, sessionId, last, ask } = await createThread(LEAST_MESSAGES);
    const before = await world.messages(sessionId);
    expect(before.length).toBeGreaterThanOrEqual(LEAST_MESSAGES);
    const { nextSeq, version } = await world.session(sessionId);
    expect(await ask()).toBe('started');
    const session = await world.session(sessionId);
    expect(session).toMatchObject({ state: 'active', nextSeq, version: version + 1 });
    const turnId = session.activeTurnId ?? '';
    expect(await world.turn(turnId)).toMatchObject({
      kind: 'compaction',
      state: 'starting',
      requester: last.requester,
      messageTs: last.messageTs,
      threadTs: last.threadTs,
      previousTurnId: last.turnId,
      nextSeq,
      epoch: 1,
      gsi3sk: expect.any(String),
    });
    expect(await world.store.get(keys.relay(turnId))).toMatchObject({ turnId, requester: last.requester });
    expect(await world.messages(sessionId)).toEqual(before);
    expect(world.started).toEqual([`${turnId}-1`]);
    expect(world.wakes).toEqual([{ v: 1, kind: 'flush', turnId }]);
  });

  test.each(['failed', 'stopped', 'completed'] as const)(
    'K-43 is taken after a turn that %s',
    async (end) => {
      const { ask } = await createThread(LEAST_MESSAGES, end);
      expect(await ask()).toBe('started');
    },
  );

  test('is refused while a turn runs or waits, and writes nothing then', async () => {
    const { world, sessionId, ask } = await createThread(LEAST_MESSAGES);
    await world.admit(aPost({ threadTs: '5.5' }));
    const items = structuredClone([...world.store.items]);
    expect(await ask()).toBe('busy');
    expect([...world.store.items]).toEqual(items);
    expect((await world.session(sessionId)).state).toBe('active');
  });

  test('asked for twice at once, it runs once', async () => {
    const { world, ask } = await createThread(LEAST_MESSAGES);
    const outcomes = await Promise.all([ask(), ask(), ask()]);
    expect(outcomes.sort()).toEqual(['busy', 'busy', 'started']);
    expect(world.started).toHaveLength(1);
  });

  test('a message that comes at the same moment is neither lost nor answered twice', async () => {
    const { world, sessionId, ask } = await createThread(LEAST_MESSAGES);
    const [outcome, { outcome: admitted }] = await Promise.all([
      ask(),
      world.admit(aPost({ threadTs: '5.5', text: 'meanwhile' })),
    ]);
    expect([
      ['started', 'queued'],
      ['busy', 'started'],
    ]).toContainEqual([outcome, admitted]);
    expect(world.started).toHaveLength(1);
    expect((await world.session(sessionId)).queueLength).toBe(admitted === 'queued' ? 1 : 0);
  });

  test('there is nothing to compact in a short thread, or right behind a summary', async () => {
    const short = await createThread(LEAST_MESSAGES - 1);
    expect(await short.ask()).toBe('nothing');
    const { world, sessionId, ask } = await createThread(LEAST_MESSAGES + 1);
    const { nextSeq } = await world.session(sessionId);
    const compacted = (seq: number, kind: 'summary' | 'messages') =>
      world.store.update({ key: keys.session(sessionId), set: { checkpoint: { seq, key: 'k', kind } } });
    await compacted(nextSeq - LEAST_MESSAGES, 'summary');
    expect(await ask()).toBe('nothing');
    // What such a checkpoint holds only the run can tell.
    await compacted(nextSeq - 1, 'messages');
    expect(await ask()).toBe('started');
  });

  test('a session that nobody knows, or in which nobody asked, is unknown', async () => {
    const { world, sessionId, ask } = await createThread(LEAST_MESSAGES);
    expect(await requestCompaction(world.deps, 'snone', 'x')).toBe('unknown');
    const session = await world.store.get<SessionRecord>(keys.session(sessionId));
    await world.store.update({ key: keys.session(session?.sessionId ?? ''), remove: ['lastTurnId'] });
    expect(await ask()).toBe('unknown');
  });

  test('a start that got lost leaves a turn that the sweep finds', async () => {
    const { world, sessionId, ask } = await createThread(LEAST_MESSAGES);
    world.deps.executions.start = async () => {
      throw new Error('Step Functions is throttling.');
    };
    await expect(ask()).rejects.toThrow('throttling');
    const { activeTurnId } = await world.session(sessionId);
    expect(await world.turn(activeTurnId ?? '')).toMatchObject({
      state: 'starting',
      gsi3sk: expect.any(String),
    });
  });
});
