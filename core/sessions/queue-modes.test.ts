import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPausedWorld } from '../../test/support/paused-world.ts';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { ModelError } from '../models/contract.ts';
import { keys } from '../store/keys.ts';
import { admitPost } from './admit.ts';
import { defineDoors } from './doors.ts';
import type { QueuedRecord } from './record.ts';

afterEach(() => vi.restoreAllMocks());

type World = ReturnType<typeof createTurnWorld>;

const queueOf = (world: World, sessionId: string) =>
  world.store.query<QueuedRecord>({ pk: keys.session(sessionId).pk, prefix: 'QUEUE#' });

const interrupting = { door: { whileBusy: 'interrupt' } } as const;

describe('door mode interrupt', () => {
  it('K-18 the message is in the queue before anything is stopped for it', async () => {
    const world = createTurnWorld(interrupting);
    const { turnId, sessionId } = await world.admit(aPost({ threadTs: '1.1' }));
    const waiting: number[] = [];
    world.store.beforeWrite = async (actions) => {
      if (actions.some((action) => 'update' in action && action.update.key.pk === keys.turn(turnId).pk))
        waiting.push((await queueOf(world, sessionId)).length);
    };
    expect(await world.admit(aPost({ threadTs: '1.1', text: 'rather this' }))).toMatchObject({
      outcome: 'queued',
    });
    expect(waiting[0]).toBe(1);
  });

  it('asks a running turn to stop, and says why', async () => {
    const entered = Promise.withResolvers<void>();
    const world = createTurnWorld({
      ...interrupting,
      limits: { renewAfterMs: 20 },
      script: [
        ({ signal }) =>
          new Promise((_resolve, reject) => {
            entered.resolve();
            signal.addEventListener('abort', () => reject(signal.reason));
          }),
        says('The second answer.'),
      ],
    });
    const first = await world.admit(aPost({ threadTs: '1.1' }));
    const running = world.run(first.turnId);
    await entered.promise;
    world.advance(1_000);
    const second = await world.admit(aPost({ threadTs: '1.1', text: 'rather this' }));
    expect(second.outcome).toBe('queued');
    expect((await world.turn(first.turnId)).stopRequest).toMatchObject({ by: 'U1', cause: 'interrupt' });
    expect(await running).toMatchObject({ route: 'done' });
    expect(await world.turn(first.turnId)).toMatchObject({
      state: 'stopped',
      end: { reason: 'A newer message came in, so I stopped here.' },
    });
    expect(await world.session(first.sessionId)).toMatchObject({
      activeTurnId: second.turnId,
      queueLength: 0,
    });
    await world.run(second.turnId);
    expect(await world.turn(second.turnId)).toMatchObject({ state: 'completed' });
  });

  it('ends a turn that waits for a retry at once, and the queue goes on', async () => {
    const world = createTurnWorld({
      ...interrupting,
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
      ],
    });
    const first = await world.admit(aPost({ threadTs: '1.1' }));
    expect(await world.run(first.turnId)).toMatchObject({ route: 'backoff' });
    const second = await world.admit(aPost({ threadTs: '1.1', text: 'rather this' }));
    expect(await world.turn(first.turnId)).toMatchObject({
      state: 'stopped',
      end: { reason: 'A newer message came in, so I stopped here.' },
    });
    expect(world.started).toContain(`${second.turnId}-1`);
  });

  it('K-20 a turn that waits for a yes ends; the next one finds a result for the open call', async () => {
    const { world, post, turnId, sessionId, ran } = await createPausedWorld({ token: 'token-1' });
    const doors = defineDoors({ assistant: { whileBusy: 'interrupt' } });
    const newer = aPost({ threadTs: post.threadTs, text: 'leave it' });
    const second = await admitPost({ ...world.deps, doors }, newer);
    expect(second.outcome).toBe('queued');
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
    expect(world.started).toContain('resume token-1');
    expect(await world.session(sessionId)).toMatchObject({ activeTurnId: second.turnId, queueLength: 0 });
    await world.run(second.turnId);
    expect(ran()).toBe(0);
    expect(world.requests.at(-1)?.messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'user',
    ]);
    expect(JSON.stringify(world.toolResults())).toContain('This was not done');
  });

  it('a delivery that broke between queue and stop is made good by the next one', async () => {
    const world = createTurnWorld(interrupting);
    const first = await world.admit(aPost({ threadTs: '1.1' }));
    world.store.beforeWrite = (actions) => {
      if (actions.some((action) => 'update' in action && action.update.key.pk === keys.turn(first.turnId).pk))
        throw new Error('The function was ended.');
    };
    const post = aPost({ threadTs: '1.1' });
    await expect(world.admit(post)).rejects.toThrow('ended');
    expect(await world.turn(first.turnId)).toMatchObject({ state: 'starting' });
    delete world.store.beforeWrite;
    expect(await world.admit(post)).toMatchObject({ outcome: 'duplicate' });
    expect(await world.turn(first.turnId)).toMatchObject({ state: 'stopped' });
    expect(await world.session(first.sessionId)).toMatchObject({ queueLength: 0 });
  });

  it('the twin of a message that interrupted leaves the turns behind it alone', async () => {
    const world = createTurnWorld(interrupting);
    await world.admit(aPost({ threadTs: '1.1' }));
    const second = aPost({ threadTs: '1.1', text: 'second' });
    world.advance(1_000);
    const { turnId } = await world.admit(second);
    const third = aPost({ threadTs: '1.1', text: 'third' });
    world.advance(1_000);
    await world.run(turnId);
    expect(await world.admit(third)).toMatchObject({ outcome: 'started' });
    expect(await world.admit({ ...second, eventId: 'EvTwin' })).toMatchObject({ outcome: 'duplicate' });
    expect((await world.session((await world.turn(turnId)).sessionId)).state).toBe('active');
  });
});

describe('door modes queue and steer', () => {
  it.each(['queue', 'steer'] as const)('P-14 %s lets the running turn run', async (whileBusy) => {
    const world = createTurnWorld({ door: { whileBusy } });
    const first = await world.admit(aPost({ threadTs: '1.1' }));
    await world.admit(aPost({ threadTs: '1.1' }));
    expect((await world.turn(first.turnId)).stopRequest).toBeUndefined();
    expect(await world.turn(first.turnId)).toMatchObject({ state: 'starting' });
  });
});

describe('51: queued messages', () => {
  it('K-18 a hand-over that fails leaves the message in the queue', async () => {
    const world = createTurnWorld();
    const first = await world.admit(aPost({ threadTs: '1.1' }));
    const second = await world.admit(aPost({ threadTs: '1.1' }));
    world.store.beforeWrite = (actions) => {
      if (actions.some((action) => 'put' in action && action.put.pk === keys.turn(second.turnId).pk))
        throw new Error('The table is throttling.');
    };
    await expect(world.run(first.turnId)).rejects.toThrow('throttling');
    delete world.store.beforeWrite;
    expect(await queueOf(world, first.sessionId)).toHaveLength(1);
    expect(await world.session(first.sessionId)).toMatchObject({ queueLength: 1 });
    world.advance(20_000);
    await world.run(first.turnId);
    expect(await queueOf(world, first.sessionId)).toHaveLength(0);
    expect(await world.turn(second.turnId)).toMatchObject({ state: 'starting' });
  });

  it('K-21 keep model, effort, author and files that were theirs when they were written', async () => {
    const world = createTurnWorld({
      tools: [tool('look', async () => 'seen')],
      script: [calls({ name: 'look' })],
    });
    let model = 'demo';
    const asked: unknown[] = [];
    const deps = {
      ...world.deps,
      doors: defineDoors({ assistant: {} }),
      chooseModel: (place: unknown) => {
        asked.push(place);
        return { model, effort: 'high' } as const;
      },
    };
    const first = await admitPost(deps, aPost({ threadTs: '1.1' }));
    model = 'bedrock/other';
    const files = [{ id: 'F1', name: 'a.txt', mimetype: 'text/plain', size: 3 }];
    const second = await admitPost(
      deps,
      aPost({ threadTs: '1.1', author: { userId: 'U2', teamId: 'T2' }, files }),
    );
    model = 'bedrock/later';
    await world.run(first.turnId);
    expect((await world.turn(first.turnId)).model).toEqual({ model: 'demo', effort: 'high' });
    expect(await world.turn(second.turnId)).toMatchObject({
      model: { model: 'bedrock/other', effort: 'high' },
      requester: { userId: 'U2', teamId: 'T2' },
    });
    expect((await world.messages(second.sessionId)).at(-1)?.post).toMatchObject({ files });
    expect(asked[1]).toEqual({ agent: 'assistant', installationId: 'T1', channel: 'C1', userId: 'U2' });
  });

  it('a person may add thirty within a minute; others, and the next minute, are not affected', async () => {
    const world = createTurnWorld({ limits: { queuedMessages: 100 } });
    const admit = async (userId: string) => {
      const post = aPost({ threadTs: '1.1', author: { userId, teamId: 'T1' } });
      return (await world.admit(post)).outcome;
    };
    const outcomes: string[] = [];
    for (let n = 0; n < 32; n++) {
      outcomes.push(await admit('U1'));
      world.advance(1_000);
    }
    expect(outcomes).toEqual(['started', ...Array.from({ length: 30 }, () => 'queued'), 'too_many']);
    expect(await admit('U2')).toBe('queued');
    world.advance(30_000);
    expect(await admit('U1')).toBe('queued');
  });

  it('a person who was too quick is told once, whatever twins come, and nothing is stored', async () => {
    const world = createTurnWorld({ limits: { followUpsPerMinute: 1 } });
    const { sessionId } = await world.admit(aPost({ threadTs: '1.1' }));
    await world.admit(aPost({ threadTs: '1.1' }));
    const post = aPost({ threadTs: '1.1' });
    expect((await world.admit(post)).outcome).toBe('too_many');
    expect((await world.admit({ ...post, eventId: 'EvTwin' })).outcome).toBe('duplicate');
    expect(await queueOf(world, sessionId)).toHaveLength(1);
  });

  it('the counts of those who were silent for a minute leave the session', async () => {
    const world = createTurnWorld();
    const { sessionId } = await world.admit(aPost({ threadTs: '1.1' }));
    for (const userId of ['U1', 'U2']) {
      await world.admit(aPost({ threadTs: '1.1', author: { userId, teamId: 'T1' } }));
      world.advance(61_000);
    }
    expect(Object.keys((await world.session(sessionId)).pushes ?? {})).toEqual(['U2']);
  });
});
