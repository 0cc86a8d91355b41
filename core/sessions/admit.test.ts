import { describe, expect, it } from 'vitest';
import { aPost, createTurnWorld } from '../../test/support/turn-world.ts';
import { sessionIdOf } from '../ids.ts';
import { TransactionRefusedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import type { QueuedRecord } from './record.ts';

describe('admission', () => {
  it('G-28: eight deliveries of one event at once are one turn', async () => {
    const world = createTurnWorld();
    const post = aPost();
    const admissions = await Promise.all(Array.from({ length: 8 }, () => world.admit(post)));
    expect(admissions.map((admission) => admission.outcome).sort()).toEqual([
      ...Array.from({ length: 7 }, () => 'duplicate'),
      'started',
    ]);
    expect(new Set(admissions.map((admission) => admission.turnId)).size).toBe(1);
    // Each start names the same execution, which Step Functions runs once.
    expect(new Set(world.started).size).toBe(1);
  });

  it('G-30: message and app_mention of one post are one turn', async () => {
    const world = createTurnWorld();
    const post = aPost();
    const first = await world.admit(post);
    const twin = await world.admit({ ...post, eventId: 'EvTwin' });
    expect([first.outcome, twin.outcome]).toEqual(['started', 'duplicate']);
    expect(twin.turnId).toBe(first.turnId);
    const { sessionId } = first;
    expect(await world.messages(sessionId)).toHaveLength(1);
  });

  it('S-12: one message that mentions two apps runs both', async () => {
    const world = createTurnWorld();
    const post = aPost();
    const outcomes = await Promise.all([world.admit(post), world.admit({ ...post, appId: 'A2' })]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['started', 'started']);
  });

  it('S-10: a first delivery that was lost is made good by a retry', async () => {
    const world = createTurnWorld();
    const post = aPost();
    world.store.beforeWrite = () => {
      throw new Error('The function was ended.');
    };
    await expect(world.admit(post)).rejects.toThrow('ended');
    delete world.store.beforeWrite;
    expect((await world.admit(post)).outcome).toBe('started');
  });

  it('S-11: a crash between the transaction and the start is made good by the next delivery', async () => {
    const world = createTurnWorld();
    const post = aPost();
    const start = world.deps.executions.start;
    world.deps.executions.start = async () => {
      throw new Error('Step Functions is throttling.');
    };
    await expect(world.admit(post)).rejects.toThrow('throttling');
    expect(world.started).toEqual([]);
    world.deps.executions.start = start;
    const { outcome, turnId } = await world.admit(post);
    expect(outcome).toBe('duplicate');
    expect(world.started).toEqual([`${turnId}-1`]);
  });

  it('a delivery after the turn began starts nothing', async () => {
    const world = createTurnWorld();
    const post = aPost();
    const { turnId } = await world.admit(post);
    await world.run(turnId);
    await world.admit(post);
    expect(world.started).toEqual([`${turnId}-1`]);
  });

  it('P-14: a second message while a turn runs waits in the queue and is no second turn', async () => {
    const world = createTurnWorld();
    const first = await world.admit(aPost({ threadTs: '1.1' }));
    const second = await world.admit(aPost({ threadTs: '1.1', text: 'and this' }));
    expect(second).toMatchObject({ outcome: 'queued', position: 1, sessionId: first.sessionId });
    expect(world.started).toEqual([`${first.turnId}-1`]);
    const queue = await world.store.query<QueuedRecord>({
      pk: keys.session(first.sessionId).pk,
      prefix: 'QUEUE#',
    });
    expect(queue.map((item) => item.post.text)).toEqual(['and this']);
  });

  it('a queued message that is delivered again keeps its one place', async () => {
    const world = createTurnWorld();
    const { sessionId } = await world.admit(aPost({ threadTs: '1.1' }));
    const post = aPost({ threadTs: '1.1' });
    await world.admit(post);
    expect((await world.admit({ ...post, eventId: 'EvTwin' })).outcome).toBe('duplicate');
    expect((await world.session(sessionId)).queueLength).toBe(1);
  });

  it('S-14: a full queue takes nothing and says so', async () => {
    const world = createTurnWorld({ limits: { queuedMessages: 2 } });
    const admit = () => world.admit(aPost({ threadTs: '1.1' }));
    const outcomes = [];
    for (let n = 0; n < 4; n++) outcomes.push((await admit()).outcome);
    expect(outcomes).toEqual(['started', 'queued', 'queued', 'full']);
  });

  it('G-30: the twin of the message that took the last place in the queue is a duplicate', async () => {
    const world = createTurnWorld({ limits: { queuedMessages: 2 } });
    const first = aPost({ threadTs: '1.1' });
    await world.admit(first);
    await world.admit(aPost({ threadTs: '1.1' }));
    const last = aPost({ threadTs: '1.1' });
    expect((await world.admit(last)).outcome).toBe('queued');
    for (const post of [last, first])
      expect((await world.admit({ ...post, eventId: `${post.eventId}Twin` })).outcome).toBe('duplicate');
    expect((await world.admit(aPost({ threadTs: '1.1' }))).outcome).toBe('full');
  });

  it('a collision on the event’s mark beside a session that changed is no double delivery', async () => {
    const world = createTurnWorld();
    const post = aPost();
    let met = false;
    world.store.beforeWrite = (actions) => {
      if (met) return;
      met = true;
      throw new TransactionRefusedError(
        actions.map((_, n) => ({
          code:
            n === 0 ? 'TransactionConflict' : n === actions.length - 1 ? 'ConditionalCheckFailed' : 'None',
        })),
      );
    };
    expect(await world.admit(post)).toMatchObject({ outcome: 'started' });
    expect(met).toBe(true);
  });

  it('messages that arrive together in an idle thread: one turn, the others queued, none lost', async () => {
    const world = createTurnWorld();
    const posts = Array.from({ length: 6 }, () => aPost({ threadTs: '1.1' }));
    const outcomes = await Promise.all(posts.map((post) => world.admit(post)));
    expect(outcomes.filter(({ outcome }) => outcome === 'started')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'queued')).toHaveLength(5);
    const sessionId = outcomes[0]?.sessionId ?? '';
    expect((await world.session(sessionId)).queueLength).toBe(5);
  });

  it('79: a message number that is taken already is left alone, and the next free one is used', async () => {
    const world = createTurnWorld();
    const post = aPost({ threadTs: '8.8' });
    const sessionId = sessionIdOf(post);
    for (const seq of [1, 2])
      await world.store.put({ ...keys.message(sessionId, seq), seq, role: 'assistant' });
    await world.admit(post);
    expect((await world.messages(sessionId)).map(({ seq, role }) => [seq, role])).toEqual([
      [1, 'assistant'],
      [2, 'assistant'],
      [3, 'user'],
    ]);
    expect((await world.session(sessionId)).nextSeq).toBe(4);
  });
});
