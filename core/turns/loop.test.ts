import { describe, expect, it } from 'vitest';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { type CallModel, ModelError } from '../models/contract.ts';
import type { MessageRecord } from '../sessions/record.ts';
import { keys } from '../store/keys.ts';
import type { UsageRecord } from './record.ts';

/** A model that reads 1,000 tokens at most. */
const small = { models: { demo: { contextTokens: 1_000 } } };
const used = (inputTokens: number, outputTokens = 5) => ({ usage: { inputTokens, outputTokens } });
const step = (inputTokens: number, id: string) => ({ ...calls({ name: 'look', id }), ...used(inputTokens) });
const look = () => tool('look', async () => `seen: ${'much to read '.repeat(30)}`);
const isSummary = ({ instructions }: Parameters<CallModel>[0]) => instructions.startsWith('You summarise');
const typesOf = (chunks: readonly { type: string }[]) => chunks.map(({ type }) => type);

describe('47 compaction, as the loop does it', () => {
  it('K-6, K-8, K-9, K-62 between steps: shown before and behind, results in it, and the work goes on', async () => {
    const world = createTurnWorld({
      tools: [look()],
      script: [
        step(100, 'c1'),
        step(800, 'c2'),
        { ...says('## Done\nLooked twice.'), ...used(900, 50) },
        { ...says('All seen.'), ...used(200) },
      ],
    });
    const { turnId, sessionId } = await world.admit(aPost({ text: 'look twice and tell' }));
    expect(await world.run(turnId, 1, small)).toMatchObject({ route: 'done' });
    const [, , summary, last] = world.requests;
    expect(world.requests.map(isSummary)).toEqual([false, false, true, false]);
    // The results of the step before it are in what is summarised.
    expect(JSON.stringify(summary?.messages)).toContain('seen: much to read');
    // The prompt after it: the summary in the person's role, and what is unanswered, word for word.
    const told = last?.messages.map(({ role, content }) => [role, String(content)]) ?? [];
    expect(told.map(([role]) => role)).toEqual(['user', 'user']);
    expect(told[0]?.[1]).toContain('Looked twice.');
    expect(told[0]?.[1]).toContain('`look`');
    expect(told[1]?.[1]).toContain('look twice and tell');
    const chunks = await world.chunks(turnId);
    const card = chunks.filter(
      (chunk) => 'toolCallId' in chunk && chunk.toolCallId.startsWith('compaction-'),
    );
    expect(typesOf(card)).toEqual(['tool-input-available', 'tool-output-available']);
    expect(typesOf(chunks).at(-1)).toBe('finish');
    // Nothing is lost: all messages stay in the table, in order, and the session reads from the summary on.
    const messages = await world.messages(sessionId);
    expect(messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
      'tool',
      'assistant',
    ]);
    expect((await world.session(sessionId)).checkpoint).toMatchObject({ kind: 'summary', seq: 5 });
    const usage = (await world.turn(turnId)).usage;
    expect(usage).toMatchObject({ inputTokens: 100 + 800 + 900 + 200, outputTokens: 5 + 5 + 50 + 5 });
  });

  it('K-7 at the end: behind the answer, which stands, and the next turn goes on from it', async () => {
    const world = createTurnWorld({
      script: [
        { ...says('The whole answer.'.repeat(40)), ...used(900) },
        { ...says('## Done\nAnswered.'), ...used(900) },
        { ...says('And on.'), ...used(50) },
      ],
    });
    const { turnId, sessionId } = await world.admit(aPost({ threadTs: '5.5' }));
    expect(await world.run(turnId, 1, small)).toMatchObject({ route: 'done' });
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed', compactions: 1 });
    const { turnId: next } = await world.admit(aPost({ threadTs: '5.5', text: 'go on' }));
    expect(await world.run(next, 1, small)).toMatchObject({ route: 'done' });
    const told = world.requests.at(-1)?.messages.map(({ content }) => String(content)) ?? [];
    expect(told).toHaveLength(2);
    expect(told[0]).toContain('Answered.');
    expect(told[1]).toContain('go on');
    // 900 tokens are no reason any more: they were before the summary (S-29).
    expect((await world.turn(next)).compactions).toBeUndefined();
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle' });
  });

  it('a summary that fails at the end costs the turn nothing', async () => {
    const world = createTurnWorld({
      script: [
        { ...says('The answer.'.repeat(60)), ...used(900) },
        () => Promise.reject(new ModelError({ retryable: true, code: 'server', sentence: 'Broken.' })),
      ],
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId, 1, small)).toMatchObject({ route: 'done' });
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed' });
  });

  it('is not begun below the threshold, nor at all at 100 percent', async () => {
    for (const [tokens, percent] of [
      [690, 70],
      [990, 100],
    ] as const) {
      const world = createTurnWorld({
        tools: [look()],
        limits: { compactAtPercent: percent },
        script: [step(tokens, 'c1'), says('Done.')],
      });
      const { turnId } = await world.admit();
      await world.run(turnId, 1, small);
      expect(world.requests.some(isSummary)).toBe(false);
    }
  });

  it('50, K-43 the provider refuses the conversation as too long: it is summarised and asked again', async () => {
    const refuse = () =>
      Promise.reject(new ModelError({ retryable: false, code: 'context', sentence: 'Too long.' }));
    const world = createTurnWorld({
      script: [
        says('First answer. '.repeat(50)),
        refuse,
        says('## Done\nOne answer.'),
        says('Second answer.'),
      ],
    });
    const first = await world.admit(aPost({ threadTs: '5.5' }));
    await world.run(first.turnId);
    const { turnId } = await world.admit(aPost({ threadTs: '5.5', text: 'and now' }));
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed', compactions: 1 });
    expect(JSON.stringify(world.requests.at(-1)?.messages)).toContain('and now');
  });

  it('S-29 a first answer behind the summary that is over the limit still ends the turn with a sentence', async () => {
    const world = createTurnWorld({
      tools: [look()],
      script: [step(800, 'c1'), { ...says('## Done\nLooked.'), ...used(800) }, step(900, 'c2'), says('No.')],
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId, 1, small)).toMatchObject({ route: 'failed' });
    expect((await world.turn(turnId)).end?.reason).toContain('too long');
    expect(world.requests).toHaveLength(3);
  });

  it('a summary that fails is waited out by the state machine, and nothing of the step is lost', async () => {
    const executed: string[] = [];
    const world = createTurnWorld({
      tools: [
        tool('look', async (_input, { idempotencyKey }) => {
          executed.push(idempotencyKey);
          return 'seen '.repeat(100);
        }),
      ],
      script: [
        step(800, 'c1'),
        () => Promise.reject(new ModelError({ retryable: true, code: 'overloaded', sentence: 'Busy.' })),
        { ...says('## Done\nLooked.'), ...used(300) },
        { ...says('Done.'), ...used(50) },
      ],
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId, 1, small)).toMatchObject({ route: 'backoff' });
    world.advance(60_000);
    expect(await world.run(turnId, 1, small)).toMatchObject({ route: 'done' });
    expect(executed).toHaveLength(1);
  });
});

describe('52 follow-ups', () => {
  const steering = { takesFollowUps: () => true };

  it('are taken up behind the next tool result, once, and do not become turns of their own', async () => {
    const world = createTurnWorld({
      tools: [
        tool('look', async () => {
          await world.admit(
            aPost({ threadTs: '5.5', text: 'and the totals', eventId: 'EvF', messageTs: '6.6' }),
          );
          return 'seen';
        }),
      ],
      script: [calls({ name: 'look' }), says('With totals.')],
    });
    const { turnId, sessionId } = await world.admit(aPost({ threadTs: '5.5' }));
    expect(await world.run(turnId, 1, steering)).toMatchObject({ route: 'done' });
    expect(JSON.stringify(world.requests.at(-1)?.messages)).toContain('and the totals');
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle', queueLength: 0 });
    expect((await world.messages(sessionId)).map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'user',
      'assistant',
    ]);
    expect((await world.chunks(turnId)).filter(({ type }) => type === 'data-follow-up')).toHaveLength(1);
    // Its twin, or a repeated delivery, starts nothing.
    const again = await world.admit(aPost({ threadTs: '5.5', eventId: 'EvF2', messageTs: '6.6' }));
    expect(again.outcome).toBe('duplicate');
  });

  it('that the step did not come to store wait on and are taken up by the next run', async () => {
    const world = createTurnWorld({
      tools: [
        tool('look', async () => {
          await world.admit(aPost({ threadTs: '5.5', text: 'and the totals' }));
          return 'seen';
        }),
      ],
      script: [
        calls({ name: 'look' }),
        () => Promise.reject(new ModelError({ retryable: true, code: 'server', sentence: 'Broken.' })),
        calls({ name: 'look', id: 'again' }),
        says('Done.'),
      ],
    });
    const { turnId, sessionId } = await world.admit(aPost({ threadTs: '5.5' }));
    expect(await world.run(turnId, 1, steering)).toMatchObject({ route: 'backoff' });
    expect((await world.session(sessionId)).queueLength).toBe(1);
    world.advance(60_000);
    expect(await world.run(turnId, 1, steering)).toMatchObject({ route: 'done' });
    expect((await world.session(sessionId)).queueLength).toBe(0);
    const posts = (await world.messages(sessionId)).filter(({ role }) => role === 'user');
    expect(posts.map(({ post }) => post?.text)).toEqual([
      expect.any(String),
      'and the totals',
      'and the totals',
    ]);
  });
});

describe('59 loop breakers', () => {
  it('T-56 five calls in a row without arguments end the turn with a sentence', async () => {
    const strict = tool('look', async () => 'seen');
    const empty = (id: string) => {
      const { toolCalls = [], ...answer } = calls({ name: 'look', id });
      return { ...answer, toolCalls: toolCalls.map((call) => ({ ...call, invalid: 'what: is required' })) };
    };
    const world = createTurnWorld({
      tools: [strict],
      script: ['a', 'b', 'c', 'd', 'e', 'f'].map(empty),
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'failed' });
    expect(world.requests).toHaveLength(5);
    expect((await world.turn(turnId)).end?.reason).toContain('5 times in a row');
  });

  it('T-56 the third identical failure tells the model to stop it, across runs', async () => {
    const world = createTurnWorld({
      tools: [tool('look', () => Promise.reject(new Error('no such thing')))],
      script: [
        calls({ name: 'look', id: 'a', input: { at: 1 } }),
        calls({ name: 'look', id: 'b', input: { at: 1 } }),
        () => Promise.reject(new ModelError({ retryable: true, code: 'server', sentence: 'Broken.' })),
        calls({ name: 'look', id: 'c', input: { at: 1 } }),
        says('I give up.'),
      ],
    });
    const { turnId } = await world.admit();
    await world.run(turnId);
    world.advance(60_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(JSON.stringify(world.toolResults().at(-1))).toContain(
      'Do not call it again with the same arguments',
    );
  });

  it('T-63 a model that only thought is asked once more, and nothing of that is stored', async () => {
    const thought = {
      messages: [{ role: 'assistant' as const, content: [{ type: 'reasoning' as const, text: 'Hm.' }] }],
      usage: { inputTokens: 10, outputTokens: 7 },
    };
    const world = createTurnWorld({ script: [thought, says('Forty-two.')] });
    const { turnId, sessionId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(String(world.requests[1]?.messages.at(-1)?.content)).toContain('You have not answered yet');
    expect((await world.messages(sessionId)).map(({ body }) => body ?? 'post')).toEqual([
      'post',
      JSON.stringify({ role: 'assistant', content: 'Forty-two.' }),
    ]);
    expect((await world.turn(turnId)).usage).toMatchObject({ inputTokens: 20, outputTokens: 12 });
  });

  it('T-57 an empty answer is tried again', async () => {
    const world = createTurnWorld({ script: [{}, says('There.')] });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'backoff' });
    world.advance(10_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
  });
});

describe('usage', () => {
  it('each model call has a record of its own, for its person, channel and workspace; the end has the sum', async () => {
    const world = createTurnWorld({
      tools: [look()],
      script: [
        {
          ...calls({ name: 'look' }),
          usage: { inputTokens: 10, outputTokens: 5, cacheReadTokens: 8, costUsd: 0.1 },
        },
        { ...says('Done.'), usage: { inputTokens: 20, outputTokens: 6, costUsd: 0.2 } },
      ],
    });
    const { turnId } = await world.admit();
    await world.run(turnId);
    const turn = await world.turn(turnId);
    const records = await world.store.query<UsageRecord>({ pk: keys.turn(turnId).pk, prefix: 'USAGE#' });
    expect(
      records.map(({ kind, step: n, model, userId, usage }) => [kind, n, model, userId, usage.costUsd]),
    ).toEqual([
      ['step', 0, 'demo', turn.requester.userId, 0.1],
      ['step', 1, 'demo', turn.requester.userId, 0.2],
    ]);
    const sum = { inputTokens: 30, outputTokens: 11, cacheReadTokens: 8, costUsd: 0.3 };
    expect(turn.usage).toEqual(sum);
    const finish = (await world.chunks(turnId)).at(-1);
    expect(finish).toMatchObject({ type: 'finish', messageMetadata: { usage: sum } });
  });
});

describe('what a turn may take', () => {
  it('steps: as many as set, never more than 1,200', async () => {
    const world = createTurnWorld({
      tools: [look()],
      limits: { stepsPerTurn: 2 },
      script: [1, 2, 3].map((n) => calls({ name: 'look', id: `c${n}` })),
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'failed' });
    expect((await world.turn(turnId)).end?.reason).toContain('more than 2 steps');
  });

  it('time: of its runs, not of its waits', async () => {
    const world = createTurnWorld({
      tools: [
        tool('look', async () => {
          world.advance(3_600_000);
          return 'seen';
        }),
      ],
      limits: { turnMs: 5_400_000 },
      script: [
        calls({ name: 'look', id: 'a' }),
        () => Promise.reject(new ModelError({ retryable: true, code: 'server', sentence: 'Broken.' })),
        calls({ name: 'look', id: 'b' }),
        says('No.'),
      ],
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'backoff' });
    world.advance(48 * 3_600_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'failed' });
    expect((await world.turn(turnId)).end?.reason).toContain('for 90 minutes');
  });
});

describe('checkpoints', () => {
  it('a turn’s start reads no more of a long conversation than of a short one', async () => {
    const world = createTurnWorld({ limits: { checkpointMessages: 8 } });
    const reads: number[] = [];
    const query = world.store.query;
    for (let n = 0; n < 20; n++) {
      const { turnId, sessionId } = await world.admit(aPost({ threadTs: '5.5', text: `question ${n}` }));
      let read = 0;
      const counting = {
        ...world.store,
        query: async <T>(wanted: Parameters<typeof query>[0]) => {
          const found = await query<T>(wanted);
          if (wanted.prefix === 'MSG#') read += found.length;
          return found;
        },
      };
      expect(await world.run(turnId, 1, { store: counting })).toMatchObject({ route: 'done' });
      reads.push(read);
      const { checkpoint } = await world.session(sessionId);
      if (n > 4) expect(checkpoint?.kind).toBe('messages');
    }
    expect(Math.max(...reads)).toBeLessThanOrEqual(9);
    const told = world.requests.at(-1)?.messages ?? [];
    expect(told.filter(({ role }) => role === 'user').map(({ content }) => content)).toEqual(
      Array.from({ length: 20 }, (_, n) => `question ${n}`),
    );
    const kept: MessageRecord['seq'][] = (
      await world.messages((await world.admit(aPost({ threadTs: '5.5' }))).sessionId)
    ).map(({ seq }) => seq);
    expect(kept).toEqual(Array.from({ length: 41 }, (_, n) => n + 1));
  });
});

describe('54 a title beside the turn', () => {
  const titled = { titleModel: 'demo' };
  const isTitle = ({ instructions }: Parameters<CallModel>[0]) => instructions.startsWith('Write a title');

  it('is given in the first run, shown in the log, and not asked for again', async () => {
    let release = () => {};
    const given = new Promise<void>((resolve) => {
      release = resolve;
    });
    const world = createTurnWorld();
    const callModel: CallModel = async (request, onChunk) => {
      if (!isTitle(request)) {
        await given;
        return world.deps.callModel(request, onChunk);
      }
      const answer = {
        ...says('Greeting'),
        messages: [],
        toolCalls: [],
        finishReason: 'stop',
        text: 'Greeting',
      };
      setTimeout(release, 20);
      return { ...answer, usage: { inputTokens: 1, outputTokens: 1 } };
    };
    const first = await world.admit(aPost({ threadTs: '5.5' }));
    await world.run(first.turnId, 1, { ...titled, callModel });
    expect(await world.session(first.sessionId)).toMatchObject({ title: 'Greeting', titleBy: 'model' });
    expect(await world.chunks(first.turnId)).toContainEqual({
      type: 'data-title',
      data: { title: 'Greeting' },
    });
    const second = await world.admit(aPost({ threadTs: '5.5' }));
    const asked: boolean[] = [];
    await world.run(second.turnId, 1, {
      ...titled,
      callModel: (request, onChunk) => {
        asked.push(isTitle(request));
        return world.deps.callModel(request, onChunk);
      },
    });
    expect(asked).toEqual([false]);
  });

  it('that comes at any moment of the end leaves the one finish chunk where it is', async () => {
    for (let writes = 1; writes <= 12; writes++) {
      const world = createTurnWorld();
      let give = () => {};
      const asked = new Promise<void>((resolve) => {
        give = resolve;
      });
      const callModel: CallModel = async (request, onChunk) => {
        if (!isTitle(request)) return world.deps.callModel(request, onChunk);
        await asked;
        return {
          messages: [],
          text: 'Greeting',
          toolCalls: [],
          finishReason: 'stop',
          usage: { inputTokens: 1, outputTokens: 1 },
        };
      };
      const { turnId, sessionId } = await world.admit();
      let count = 0;
      world.store.beforeWrite = () => {
        if (++count === writes) give();
      };
      setTimeout(give, 100);
      expect(await world.run(turnId, 1, { ...titled, callModel })).toMatchObject({ route: 'done' });
      const chunks = await world.chunks(turnId);
      expect(typesOf(chunks).filter((type) => type === 'finish')).toHaveLength(1);
      expect(typesOf(chunks).at(-1)).toBe('finish');
      expect((await world.session(sessionId)).title).toBe('Greeting');
    }
  });
});
