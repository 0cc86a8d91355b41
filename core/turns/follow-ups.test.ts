import { describe, expect, it } from 'vitest';
import { aPost, createTurnWorld, present } from '../../test/support/turn-world.ts';
import { toModelMessages } from '../models/messages.ts';
import { messageActions, messageRecords } from '../sessions/messages.ts';
import type { QueuedRecord } from '../sessions/record.ts';
import { TransactionRefusedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import { beginTurn } from './begin.ts';
import { endTurn } from './end-turn.ts';
import { takeFollowUps } from './follow-ups.ts';

type World = ReturnType<typeof createTurnWorld>;

/** A turn that runs, with posts waiting behind it. */
async function busyWorld(texts: readonly string[], options: Parameters<typeof createTurnWorld>[0] = {}) {
  const world = createTurnWorld({ door: { whileBusy: 'steer' }, ...options });
  const { turnId, sessionId } = await world.admit({ threadTs: '1.1' });
  const posts = texts.map((text, n) =>
    aPost({ threadTs: '1.1', text, author: { userId: `U${n + 2}`, teamId: 'T1' } }),
  );
  for (const post of posts) await world.admit(post);
  const begun = await beginTurn(world.deps, { v: 1, turnId, epoch: 1 });
  if ('route' in begun) throw new Error('The turn did not begin.');
  return { world, turn: begun.turn, sessionId, posts };
}

const take = async ({ world, turn }: Awaited<ReturnType<typeof busyWorld>>) =>
  present(await takeFollowUps(world.deps, turn));

const queueOf = (world: World, sessionId: string) =>
  world.store.query<QueuedRecord>({ pk: keys.session(sessionId).pk, prefix: 'QUEUE#' });

/** As a step's commit does it. */
async function commit(busy: Awaited<ReturnType<typeof busyWorld>>, taken: Awaited<ReturnType<typeof take>>) {
  const { world, turn } = busy;
  const { actions, sessionAction, records } = taken;
  const messages = await messageActions(world.deps.bodies, turn.nextSeq, records, world.now());
  await world.store.transact([...messages, ...actions, sessionAction]);
}

describe('52: messages that come while a turn runs', () => {
  it('are none where nothing waits', async () => {
    const { world, turn } = await busyWorld([]);
    expect(await takeFollowUps(world.deps, turn)).toBeUndefined();
  });

  it('are taken in order, with their authors, and shown', async () => {
    const busy = await busyWorld(['in euros', 'and net']);
    const { records, chunks, waiting, taken } = await take(busy);
    expect(records.map(({ post }) => [post.author.userId, post.text])).toEqual([
      ['U2', 'in euros'],
      ['U3', 'and net'],
    ]);
    expect(waiting).toBe(0);
    expect(taken).toEqual(busy.posts.map(({ messageTs }) => messageTs));
    expect(chunks).toEqual(
      busy.posts.map(({ messageTs, author, text }) => ({
        type: 'data-follow-up',
        data: { messageTs, userId: author.userId, text },
      })),
    );
  });

  it.each<[string, number[], { kept: number[]; waiting: number }]>([
    ['within both limits', [10, 10], { kept: [10, 10], waiting: 0 }],
    ['each up to 2,000 characters', [2_500, 10], { kept: [2_000, 10], waiting: 0 }],
    ['6,000 in all', [2_000, 2_000, 2_000, 1], { kept: [2_000, 2_000, 2_000], waiting: 1 }],
    [
      'in order: what does not fit holds up what would',
      [2_000, 2_000, 1_999, 2, 1],
      { kept: [2_000, 2_000, 1_999], waiting: 2 },
    ],
  ])('T-LK 6 %s', async (_, lengths, { kept, waiting }) => {
    const busy = await busyWorld(lengths.map((length) => 'x'.repeat(length)));
    const found = await take(busy);
    expect(found.records.map(({ post }) => post.text.replace(/[^x]/g, '').length)).toEqual(kept);
    expect(found.waiting).toBe(waiting);
    expect(found.records.map(({ followUp }) => followUp.waiting)).toEqual([
      ...kept.slice(1).map(() => 0),
      waiting,
    ]);
  });

  it('T-LK 6 a cut says so, and cuts no character in half', async () => {
    const busy = await busyWorld([`${'x'.repeat(1_999)}😀 and more`]);
    const [record] = (await take(busy)).records;
    expect(record?.post.text).toBe(
      `${'x'.repeat(1_999)}\n(Cut here: 11 more characters stand in the thread.)`,
    );
  });

  it('reach the model behind the tool results, marked, with their author', async () => {
    const busy = await busyWorld(['in euros', 'x'.repeat(5_999)], { limits: { followUpChars: 6_000 } });
    const { records } = await take(busy);
    const [message] = toModelMessages(messageRecords(5, records, 0));
    expect(message).toEqual({
      role: 'user',
      content:
        '(This came while you were working; take it into account from here on.)\n<@U2>: in euros\n(1 more message waits and will reach you later.)',
    });
  });

  it('51: leave the queue with the step’s commit, exactly once; each has a turn that is over', async () => {
    const busy = await busyWorld(['one', 'two']);
    const { world, turn, sessionId, posts } = busy;
    const taken = await take(busy);
    const before = await world.session(sessionId);
    await commit(busy, taken);
    expect(await queueOf(world, sessionId)).toEqual([]);
    expect(await world.session(sessionId)).toMatchObject({
      queueLength: 0,
      version: before.version + 1,
      activeTurnId: turn.turnId,
    });
    expect(
      (await world.messages(sessionId)).map(({ role, post, turnId }) => [role, post?.text, turnId]),
    ).toEqual([
      ['user', 'hello', turn.turnId],
      ['user', 'one', turn.turnId],
      ['user', 'two', turn.turnId],
    ]);
    await expect(commit(busy, taken)).rejects.toThrow(TransactionRefusedError);
    const started = [...world.started];
    for (const post of posts) {
      const again = await world.admit({ ...post, eventId: `${post.eventId}Twin` });
      expect(again.outcome).toBe('duplicate');
      expect(await world.turn(again.turnId)).toMatchObject({
        state: 'completed',
        steeredInto: turn.turnId,
        end: { state: 'completed' },
        requester: post.author,
      });
    }
    expect(world.started).toEqual(started);
    expect((await world.session(sessionId)).queueLength).toBe(0);
  });

  it('51: are still in the queue when the step fails, and are found again', async () => {
    const busy = await busyWorld(['one']);
    const first = await take(busy);
    expect(await queueOf(busy.world, busy.sessionId)).toHaveLength(1);
    expect(await take(busy)).toEqual(first);
  });

  it('are not taken from a session whose turn is another one by now', async () => {
    const busy = await busyWorld(['one']);
    const taken = await take(busy);
    await endTurn(busy.world.deps, busy.turn, { end: { state: 'completed' }, at: { fence: 1, seq: 1 } });
    await expect(commit(busy, taken)).rejects.toThrow(TransactionRefusedError);
  });

  it('52: a message that came too late for them is next when the turn ends in that very step', async () => {
    const busy = await busyWorld(['one', 'two']);
    const { world, turn, sessionId } = busy;
    const { actions, taken, records } = await take(busy);
    const late = await world.admit({ threadTs: '1.1', text: 'three' });
    const messages = await messageActions(world.deps.bodies, turn.nextSeq, records, world.now());
    const outcome = await endTurn(world.deps, turn, {
      end: { state: 'completed' },
      at: { fence: turn.fence, seq: 1 },
      actions: messages,
      followUps: { actions, taken },
      turn: { nextSeq: turn.nextSeq + records.length },
    });
    expect(outcome).toBe('ended');
    expect(await queueOf(world, sessionId)).toEqual([]);
    expect(await world.session(sessionId)).toMatchObject({ queueLength: 0, activeTurnId: late.turnId });
    expect((await world.messages(sessionId)).map(({ post }) => post?.text)).toEqual([
      'hello',
      'one',
      'two',
      'three',
    ]);
    expect(world.started).toContain(`${late.turnId}-1`);
  });

  it('52: an end that takes up all of them frees the session', async () => {
    const busy = await busyWorld(['one']);
    const { world, turn, sessionId } = busy;
    const { actions, taken } = await take(busy);
    const end = { end: { state: 'completed' } as const, at: { fence: turn.fence, seq: 1 } };
    expect(await endTurn(world.deps, turn, { ...end, followUps: { actions, taken } })).toBe('ended');
    expect(await world.session(sessionId)).toMatchObject({ queueLength: 0, state: 'idle' });
    expect(await queueOf(world, sessionId)).toEqual([]);
  });
});
