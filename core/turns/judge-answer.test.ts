import type { ModelMessage } from 'ai';
import { describe, expect, it } from 'vitest';
import type { ModelAnswer } from '../models/contract.ts';
import { type AnswerKind, answersInARow, judgeAnswer } from './judge-answer.ts';

type Content = Exclude<Extract<ModelMessage, { role: 'assistant' }>['content'], string>;

const contents = {
  text: [{ type: 'text', text: 'Here it is.' }],
  nothing: [],
  blank: [{ type: 'text', text: ' \n' }],
  reasoning: [{ type: 'reasoning', text: 'Hm.' }],
  both: [
    { type: 'reasoning', text: 'Hm.' },
    { type: 'text', text: 'Here it is.' },
  ],
  secretReasoning: [{ type: 'reasoning', text: '', providerOptions: { anthropic: { redactedData: 'xyz' } } }],
  search: [
    { type: 'tool-call', toolCallId: 's1', toolName: 'web_search', input: {}, providerExecuted: true },
  ],
} as const satisfies Record<string, Content>;

type Holds = keyof typeof contents;

function answer(
  finishReason: string,
  holds: Holds,
  calls: { input?: unknown; invalid?: string }[] = [],
): ModelAnswer {
  const toolCalls = calls.map(({ input = { n: 1 }, invalid }, n) => ({
    toolCallId: `c${n}`,
    toolName: 'look',
    input,
    ...(invalid ? { invalid } : {}),
  }));
  const content: Content = [
    ...contents[holds],
    ...toolCalls.map(
      ({ toolCallId, toolName, input }) => ({ type: 'tool-call', toolCallId, toolName, input }) as const,
    ),
  ];
  return {
    messages: content.length > 0 ? [{ role: 'assistant', content }] : [],
    text: holds === 'text' || holds === 'both' ? 'Here it is.' : holds === 'blank' ? ' \n' : '',
    toolCalls,
    finishReason,
    usage: { inputTokens: 10, outputTokens: holds === 'nothing' ? 0 : 5 },
  };
}

/** What follows, in short: the end's state, or whether a failure will be tried again. */
function judged(finishReason: string, holds: Holds, calls: { input?: unknown }[] = [], reprompted = false) {
  const judgement = judgeAnswer(answer(finishReason, holds, calls), { attempt: 1, reprompted });
  if (judgement.next === 'end')
    return `${judgement.kind} ${judgement.end.state}${judgement.end.reason ? ' says so' : ''}`;
  if (judgement.next === 'fail')
    return `${judgement.kind} fail ${judgement.error.code}${judgement.error.retryable ? ' again' : ''}`;
  return `${judgement.kind} ${judgement.next}`;
}

const reasons = ['stop', 'length', 'tool-calls', 'content-filter', 'error', 'other', 'unknown', 'pause'];

describe('59 every answer: why it ended × what it holds', () => {
  const ok = 'ok completed';
  const length = 'length completed says so';
  const refusal = 'refusal failed says so';
  const paused = 'paused continue';
  const error = 'error fail server again';
  const missing = 'call_missing fail server again';
  const empty = 'empty fail empty_completion again';
  const thinking = 'thinking_only reprompt';
  const lost = 'call_missing completed says so';

  const table: [Holds, string[]][] = [
    //                    stop      length    tool-calls content-filter error other   unknown pause
    ['text', [ok, length, lost, refusal, error, ok, ok, paused]],
    ['both', [ok, length, lost, refusal, error, ok, ok, paused]],
    ['nothing', [empty, empty, missing, refusal, error, empty, empty, empty]],
    ['blank', [empty, empty, missing, refusal, error, empty, empty, empty]],
    ['reasoning', [thinking, thinking, missing, refusal, error, thinking, thinking, paused]],
    ['secretReasoning', [thinking, thinking, missing, refusal, error, thinking, thinking, paused]],
    ['search', [thinking, thinking, thinking, refusal, error, thinking, thinking, paused]],
  ];

  it.each(table)('%s, without tool calls', (holds, expected) => {
    expect(reasons.map((reason) => judged(reason, holds))).toEqual(expected);
  });

  it.each(table)('%s, with tool calls: they are made, unless the provider ended the answer', (holds) => {
    const expected = reasons.map((reason) => {
      if (reason === 'error') return error;
      if (reason === 'content-filter') return refusal;
      return 'calls calls';
    });
    expect(reasons.map((reason) => judged(reason, holds, [{}]))).toEqual(expected);
  });

  it.each(table)('%s, after the second request: the turn ends', (holds, first) => {
    const told = holds === 'text' || holds === 'both';
    const expected = first.map((one) => {
      if (one === paused) return told ? 'paused completed says so' : 'thinking_only failed says so';
      return one === thinking ? 'thinking_only failed says so' : one;
    });
    expect(reasons.map((reason) => judged(reason, holds, [], true))).toEqual(expected);
  });
});

describe('T-57 an empty answer', () => {
  it('is an error with few attempts', () => {
    const retryable = [1, 2, 3].map((attempt) => {
      const judgement = judgeAnswer(answer('stop', 'nothing'), { attempt, reprompted: false });
      return (
        judgement.next === 'fail' && judgement.error.code === 'empty_completion' && judgement.error.retryable
      );
    });
    expect(retryable).toEqual([true, true, false]);
  });
});

describe('T-63 an answer of thoughts alone', () => {
  it.each(['reasoning', 'secretReasoning', 'search'] as const)('%s is stored nowhere at the end', (holds) => {
    const judgement = judgeAnswer(answer('stop', holds), { attempt: 1, reprompted: true });
    expect(judgement).toMatchObject({
      next: 'end',
      answer: { messages: [] },
      end: { state: 'failed', reason: expect.stringMatching(/gave no answer.*ask again/i) },
    });
  });

  it('calls in the answer to the second request are not made; its text counts', () => {
    const judgement = judgeAnswer(answer('tool-calls', 'both', [{}]), { attempt: 1, reprompted: true });
    expect(judgement).toMatchObject({ kind: 'ok', next: 'end', end: { state: 'completed' } });
    expect(judgement.answer.toolCalls).toEqual([]);
    expect(judgement.answer.messages).toEqual([{ role: 'assistant', content: contents.both }]);
    expect(judged('tool-calls', 'nothing', [{}], true)).toBe('thinking_only failed says so');
  });
});

describe('K-27, S-16 what the provider ended', () => {
  it('a refusal keeps what was said, and none of its calls', () => {
    const judgement = judgeAnswer(answer('content-filter', 'text', [{}]), { attempt: 1, reprompted: false });
    expect(judgement.answer).toMatchObject({ text: 'Here it is.', toolCalls: [] });
    expect(judgement.answer.messages).toEqual([{ role: 'assistant', content: contents.text }]);
  });

  it('K-27 a filter that left nothing was a failed call already; what comes here ends the turn', () => {
    const judgement = judgeAnswer(answer('content-filter', 'blank'), { attempt: 1, reprompted: false });
    expect(judgement).toMatchObject({
      next: 'end',
      end: { state: 'failed', reason: expect.stringMatching(/content filter/) },
    });
  });
});

describe('46 an answer that its provider broke off', () => {
  const judge = (holds: Holds, continued: number) =>
    judgeAnswer(answer('pause', holds), { attempt: 1, reprompted: false, continued });

  it('is continued five times in a row, and then is what it is', () => {
    expect([0, 1, 2, 3, 4].map((continued) => judge('text', continued).next)).toEqual(
      Array.from({ length: 5 }, () => 'continue'),
    );
    expect(judge('text', 5)).toMatchObject({
      kind: 'paused',
      next: 'end',
      end: { state: 'completed', reason: expect.stringMatching(/may be incomplete/) },
    });
    expect(judge('search', 5)).toMatchObject({ kind: 'thinking_only', next: 'reprompt' });
  });

  it.each<[number, ModelMessage['role'][]]>([
    [0, []],
    [0, ['user']],
    [0, ['user', 'assistant', 'tool']],
    [2, ['user', 'assistant', 'tool', 'assistant', 'assistant']],
  ])('%i answers stand in a row at the end of %j', (count, roles) => {
    const messages = roles.map((role) => ({ role, content: role === 'tool' ? [] : 'x' }) as ModelMessage);
    expect(answersInARow(messages)).toBe(count);
  });
});

describe('a call at the length limit', () => {
  const invalid = (finishReason: string, calls: { input?: unknown; invalid?: string }[]) => {
    const judgement = judgeAnswer(answer(finishReason, 'text', calls), { attempt: 1, reprompted: false });
    return judgement.answer.toolCalls.map((call) => call.invalid);
  };
  const cutOff = expect.stringMatching(/did not run\..* length limit in the middle of this call/);
  const noJson = 'The arguments of look are no valid JSON, so it did not run.';

  it.each([
    [
      'without arguments: nobody knows whether they were to come',
      'length',
      [{}, { input: {} }],
      [undefined, cutOff],
    ],
    ['that is no JSON', 'length', [{ input: {}, invalid: noJson }], [cutOff]],
    ['that is whole', 'length', [{ input: { n: 1 } }], [undefined]],
    ['without arguments, not at the limit', 'tool-calls', [{ input: {} }], [undefined]],
    ['that is not the last', 'length', [{ input: {} }, { input: { n: 1 } }], [undefined, undefined]],
  ])('%s', (_name, finishReason, calls, expected) => {
    expect(invalid(finishReason, calls)).toEqual(expected);
  });

  it('with text behind it was whole', () => {
    const behind = answer('length', 'nothing', [{ input: {} }]);
    const [message] = behind.messages;
    const content = Array.isArray(message?.content) ? message.content : [];
    behind.messages = [
      { role: 'assistant', content: [...content, { type: 'text', text: 'And' }] } as ModelMessage,
    ];
    const judgement = judgeAnswer(behind, { attempt: 1, reprompted: false });
    expect(judgement.kind satisfies AnswerKind).toBe('calls');
    expect(judgement.answer.toolCalls[0]?.invalid).toBeUndefined();
  });
});
