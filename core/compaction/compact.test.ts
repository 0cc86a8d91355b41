import { afterEach, describe, expect, test, vi } from 'vitest';
import { createHistory } from '../../test/support/histories.ts';
import { createTurnWorld } from '../../test/support/turn-world.ts';
import { type CallModel, type ModelAnswer, ModelError, type ModelRequest } from '../models/contract.ts';
import { toModelMessages } from '../models/messages.ts';
import { writeCheckpoint } from '../sessions/checkpoint.ts';
import { loadHistory } from '../sessions/history.ts';
import { messageActions } from '../sessions/messages.ts';
import { type CompactionRequest, compact } from './compact.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { unansweredFrom } from './kept-records.ts';
import { SUMMARY_PREFIX, SUMMARY_REQUEST } from './prompt.ts';

type Scripted = string | Partial<ModelAnswer> | ModelError;

const tooLong = new ModelError({ retryable: false, code: 'context', sentence: 'Too long.' });
const overloaded = new ModelError({ retryable: true, code: 'overloaded', sentence: 'Busy.' });
const talk = 'We agreed that the report moves to five in the afternoon and that the team is told. ';

afterEach(() => {
  vi.useRealTimers();
});

/** A conversation that is long enough to be worth a summary. */
const longHistory = () =>
  createHistory()
    .post(talk.repeat(20))
    .says(talk.repeat(20))
    .post('Please move it to 17:00, not later!', 'U2');

async function run(
  history: Pick<ReturnType<typeof createHistory>, 'records'>,
  answers: Scripted[],
  over: Partial<CompactionRequest> = {},
) {
  const requests: ModelRequest[] = [];
  const callModel: CallModel = async (request) => {
    requests.push(request);
    const next = answers.shift();
    if (next === undefined) throw new Error('The script has no further answer.');
    if (next instanceof ModelError) throw next;
    return {
      messages: [],
      text: '',
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 100, outputTokens: 10 },
      ...(typeof next === 'string' ? { text: next } : next),
    };
  };
  const { records } = history;
  const outcome = await compact(
    { callModel, now: () => 7 },
    {
      records,
      unanswered: unansweredFrom(records),
      model: { model: 'demo', effort: 'low' },
      facts: {},
      instructions: 'Help.',
      signal: new AbortController().signal,
      turnId: 't2',
      step: 3,
      attempt: 1,
      ...over,
    },
  ).then(
    (compaction) => ({ compaction, error: undefined }),
    (error: unknown) => ({ compaction: undefined, error }),
  );
  return { ...outcome, requests };
}

const promptOf = (request: ModelRequest | undefined): string =>
  (request?.messages ?? []).map(({ content }) => String(content)).join('\n');
const tokensIn = (request: ModelRequest | undefined): number => estimateTokens(promptOf(request));

describe('47 a summary stands for what was said', () => {
  test('K-5 reloaded, the prompt begins with a person’s message, and what is open follows word for word', async () => {
    const { compaction } = await run(longHistory(), ['It moves to five.']);
    const messages = toModelMessages(compaction?.records ?? []);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'user']);
    expect(messages[0]?.content).toBe(`${SUMMARY_PREFIX}\n\nIt moves to five.`);
    expect(messages[1]?.content).toContain('Please move it to 17:00, not later!');
  });

  test('K-5 K-62 loaded again, the checkpoint stands for all that was there, and later messages follow it', async () => {
    const { store, deps } = createTurnWorld();
    const { bodies, log } = deps;
    const history = longHistory().calls('move_report').results('moved');
    const { compaction } = await run(history, ['It was moved.']);
    const place = { sessionId: 's1', turnId: 't2', fence: 1 };
    const checkpoint = await writeCheckpoint(bodies, {
      ...place,
      seq: history.records.at(-1)?.seq ?? 0,
      records: compaction?.records ?? [],
      kind: 'summary',
    });
    const later = { ...place, role: 'assistant' as const, message: { role: 'assistant', content: 'Done.' } };
    await store.transact(await messageActions(bodies, checkpoint.seq + 1, [later], 0));
    const loaded = await loadHistory({ store, bodies, log }, 's1', checkpoint);
    expect(loaded.slice(0, -1)).toEqual(compaction?.records);
    expect(toModelMessages(loaded).map(({ role }) => role)).toEqual(['user', 'user', 'assistant']);
  });

  test('the records are what the checkpoint holds', async () => {
    const history = longHistory();
    const { compaction } = await run(history, ['It moves to five.']);
    expect(compaction).toMatchObject({ ladder: 'whole', summarised: 2, usage: { inputTokens: 100 } });
    expect(compaction?.records[0]).toEqual({
      v: 1,
      sessionId: 's1',
      turnId: 't2',
      seq: 2,
      role: 'user',
      summary: expect.any(String),
      at: 7,
    });
    expect(compaction?.records[1]).toEqual(history.records[2]);
  });

  test('the model is asked without tools, with what was chosen for the turn', async () => {
    const { requests } = await run(longHistory(), ['It moves to five.']);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ model: 'demo', effort: 'low', tools: [], step: 3, attempt: 1 });
    expect(promptOf(requests[0]).endsWith(SUMMARY_REQUEST)).toBe(true);
    expect(promptOf(requests[0])).toContain('<@U2>: Please move it to 17:00, not later!');
  });

  test('K-9 in the middle of a task, the action in flight is asked for and kept', async () => {
    const history = longHistory().calls('move_report').results('moved');
    const { compaction, requests } = await run(history, ['Moved.']);
    expect(promptOf(requests[0])).toContain('call `move_report`');
    expect(compaction?.records.map(({ seq, summary }) => [seq, summary !== undefined])).toEqual([
      [2, true],
      [3, false],
    ]);
    expect(compaction?.records[0]?.summary).toContain('you called `move_report`');
  });

  test('calls whose results are to come stay, and their results fit', async () => {
    const history = longHistory().calls('look').results().calls('move_report');
    const { compaction, requests } = await run(history, ['Looked.']);
    expect(promptOf(requests[0])).not.toContain('called move_report');
    expect(compaction?.records.map(({ seq }) => seq)).toEqual([2, 3, 6]);
    const results = history.results('moved').records.slice(-1);
    const messages = toModelMessages([...(compaction?.records ?? []), ...results]);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'user', 'assistant', 'tool']);
    expect(JSON.stringify(messages.at(-1))).toContain('"moved"');
  });

  test('a former summary goes into the next one', async () => {
    const history = createHistory()
      .summary(`${SUMMARY_PREFIX}\n\nThe key is K-77.`)
      .post(talk.repeat(20))
      .says('Yes.');
    const { compaction, requests } = await run(history, ['The key is K-77; they agreed.']);
    expect(promptOf(requests[0])).toContain('The key is K-77.');
    expect(compaction?.records).toHaveLength(1);
    expect(compaction?.summarised).toBe(3);
  });

  test('a summary that the model’s length limit ended says so', async () => {
    const { compaction } = await run(longHistory(), [{ text: 'It moves', finishReason: 'length' }]);
    expect(compaction?.records[0]?.summary).toMatch(/It moves\n\n\(The summary breaks off here\.\)$/);
  });
});

describe('50 T-71 the ladder: whole, long results cut, last part', () => {
  const large = () =>
    longHistory()
      .calls('read')
      .results(`BEGIN ${'row of numbers '.repeat(30_000)} END`)
      .says(talk.repeat(400));

  test.each([
    ['the provider refuses it', tooLong],
    ['T-71 the refusal comes as an answer', 'prompt is too long: 204117 tokens > 200000 maximum'],
    ['an empty summary', ''],
    ['only thoughts', { text: '   ', finishReason: 'stop' }],
    ['a summary longer than the conversation', 'word '.repeat(400_000)],
  ] satisfies [string, Scripted][])('%s: the next rung is taken', async (_name, first) => {
    const { compaction, requests } = await run(large(), [first, 'Short.']);
    expect(compaction?.ladder).toBe('cut');
    expect(tokensIn(requests[0])).toBeGreaterThan(50_000);
    expect(tokensIn(requests[1])).toBeLessThan(51_000);
    expect(promptOf(requests[1])).toContain('characters left out');
    expect(promptOf(requests[1])).toContain('not later!');
  });

  test('the last rung is the last part', async () => {
    const { compaction, requests } = await run(large(), [tooLong, tooLong, 'Short.']);
    expect(compaction?.ladder).toBe('last_part');
    expect(tokensIn(requests[2])).toBeLessThan(5_500);
    expect(promptOf(requests[2]).endsWith(SUMMARY_REQUEST)).toBe(true);
  });

  test('when no rung helps, people get a sentence, and nothing is tried for ever', async () => {
    const { error, requests } = await run(large(), [tooLong, tooLong, tooLong]);
    expect(requests).toHaveLength(3);
    expect(error).toMatchObject({
      code: 'context',
      retryable: false,
      sentence: expect.stringMatching(/new thread/),
    });
  });

  test('in a small context the lower rungs are smaller', async () => {
    const { requests } = await run(large(), [tooLong, tooLong, 'Short.'], {
      facts: { contextTokens: 16_000 },
    });
    expect(tokensIn(requests[1])).toBeLessThan(8_500);
    expect(tokensIn(requests[2])).toBeLessThan(2_500);
  });

  test('a rung that gives no less than the one before it is left out', async () => {
    const { error, requests } = await run(longHistory(), [tooLong]);
    expect(requests).toHaveLength(1);
    expect(error).toMatchObject({ code: 'context' });
  });

  test('the usage of a summary that was of no use counts too', async () => {
    const { compaction } = await run(large(), [
      { text: '', usage: { inputTokens: 5, outputTokens: 1, costUsd: 0.5, cacheReadTokens: 3 } },
      { text: 'Short.', usage: { inputTokens: 7, outputTokens: 2, costUsd: 0.25 } },
    ]);
    expect(compaction?.usage).toEqual({
      inputTokens: 12,
      outputTokens: 3,
      costUsd: 0.75,
      cacheReadTokens: 3,
    });
  });

  test('a message that is too long by itself cannot be helped by a summary', async () => {
    const { error, requests } = await run(createHistory().post('x'.repeat(1_000_000)), []);
    expect(requests).toHaveLength(0);
    expect(error).toMatchObject({ code: 'context', sentence: expect.stringMatching(/Send it in parts/) });
  });
});

describe('what is not the ladder’s matter', () => {
  test('other errors are the loop’s: nothing is tried again here', async () => {
    const { error, requests } = await run(longHistory(), [overloaded]);
    expect(error).toBe(overloaded);
    expect(requests).toHaveLength(1);
  });

  test('S-28 a summary that takes two minutes is waited for; each part is a sign of life', async () => {
    vi.useFakeTimers();
    const onPart = vi.fn();
    const { signal } = new AbortController();
    const { records } = longHistory();
    let asked: ModelRequest | undefined;
    const callModel: CallModel = async (request) => {
      asked = request;
      await new Promise((resolve) => setTimeout(resolve, 120_000));
      request.onPart?.();
      return {
        messages: [],
        text: 'It moves to five.',
        toolCalls: [],
        finishReason: 'stop',
        usage: { inputTokens: 1, outputTokens: 1 },
      };
    };
    const settled = vi.fn();
    const compaction = compact(
      { callModel, now: () => 0 },
      {
        records,
        unanswered: 3,
        model: { model: 'demo' },
        facts: {},
        instructions: '',
        signal,
        turnId: 't1',
        step: 0,
        attempt: 1,
        onPart,
      },
    );
    compaction.then(settled, settled);
    await vi.advanceTimersByTimeAsync(119_999);
    expect(settled).not.toHaveBeenCalled();
    // No timer of its own: the only one is the model's.
    expect(vi.getTimerCount()).toBe(1);
    expect(asked?.signal).toBe(signal);
    await vi.advanceTimersByTimeAsync(1);
    await expect(compaction).resolves.toMatchObject({ ladder: 'whole' });
    expect(onPart).toHaveBeenCalledOnce();
  });

  test('a stop ends it with its own reason', async () => {
    const reason = new Error('stopped by a person');
    const callModel: CallModel = async ({ signal }) => {
      signal.throwIfAborted();
      throw new Error('not reached');
    };
    const { records } = longHistory();
    await expect(
      compact(
        { callModel, now: () => 0 },
        {
          records,
          unanswered: 3,
          model: { model: 'demo' },
          facts: {},
          instructions: '',
          signal: AbortSignal.abort(reason),
          turnId: 't1',
          step: 0,
          attempt: 1,
        },
      ),
    ).rejects.toBe(reason);
  });
});
