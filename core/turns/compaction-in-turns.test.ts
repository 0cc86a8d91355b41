import { describe, expect, it } from 'vitest';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { type CallModel, type ModelAnswer, ModelError } from '../models/contract.ts';

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

  it('a summary that cannot be made while there is room left costs the turn nothing either', async () => {
    const world = createTurnWorld({
      tools: [look()],
      script: [step(800, 'c1'), step(850, 'c2'), { ...says('All seen.'), ...used(60) }],
    });
    const kinds: string[] = [];
    const callModel: CallModel = async (request, onChunk) => {
      kinds.push(isSummary(request) ? 'summary' : 'step');
      if (!isSummary(request)) return world.deps.callModel(request, onChunk);
      // No shorter than what it would stand for.
      const text = 'Much was said. '.repeat(500);
      return { ...says(text), messages: [], text, toolCalls: [], finishReason: 'stop', ...used(300) };
    };
    const { turnId, sessionId } = await world.admit(aPost({ text: 'look at it '.repeat(100) }));
    expect(await world.run(turnId, 1, { ...small, callModel })).toMatchObject({ route: 'done' });
    // It is not tried again at each step.
    expect(kinds.join(' ')).toMatch(/^step( summary)+ step step$/);
    expect((await world.messages(sessionId)).map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
      'tool',
      'assistant',
    ]);
    expect((await world.turn(turnId)).usage.inputTokens).toBe(800 + 300 * (kinds.length - 3) + 850 + 60);
    expect(typesOf(await world.chunks(turnId))).toContain('tool-output-error');
  });

  it('nor does one that was waited for as often as may be', async () => {
    const busy = () =>
      Promise.reject(new ModelError({ retryable: true, code: 'overloaded', sentence: 'Busy.' }));
    const world = createTurnWorld({
      tools: [look()],
      limits: { modelAttempts: 2 },
      script: [step(800, 'c1'), busy, busy, says('All seen.')],
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId, 1, small)).toMatchObject({ route: 'backoff' });
    world.advance(60_000);
    expect(await world.run(turnId, 1, small)).toMatchObject({ route: 'done' });
    expect(world.requests.map(isSummary)).toEqual([false, true, true, false]);
  });

  it('but where the model refused the conversation, it ends the turn', async () => {
    const refuse = () =>
      Promise.reject(new ModelError({ retryable: false, code: 'context', sentence: 'Too long.' }));
    const world = createTurnWorld({ script: [refuse] });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'failed' });
    expect((await world.turn(turnId)).end?.reason).toContain('Send it in parts');
  });

  it('a summary that takes longer than a run is tried as often as it may be, and then the turn goes on without', async () => {
    let summaries = 0;
    const world = createTurnWorld({ tools: [look()], limits: { compactionsPerTurn: 2 } });
    const callModel = neverSummarises(() => summaries++, [step(800, 'c1'), says('All seen.')]);
    const { turnId } = await world.admit();
    // Each run has time for one call, and for one second of it.
    const run = () => world.run(turnId, 1, { ...small, callModel, remainingMs: () => 60_500 });
    for (const route of ['again', 'again', 'again', 'done']) expect(await run()).toMatchObject({ route });
    expect(summaries).toBe(2);
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed' });
  });
});

/** A model whose summaries take until they are broken off. */
function neverSummarises(counts: () => void, script: Partial<ModelAnswer>[] = []): CallModel {
  return async (request) => {
    if (!isSummary(request)) {
      const none = { messages: [], text: '', toolCalls: [], finishReason: 'stop', ...used(10) };
      return { ...none, ...script.shift() };
    }
    counts();
    return new Promise((_resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
    });
  };
}
