import { describe, expect, test } from 'vitest';
import type { Conversation } from './conversation.ts';
import { greeting, requestTable } from './help.ts';
import { planReply } from './plan-reply.ts';
import { demoRequests } from './requests.ts';
import type { AnsweredCall } from './script.ts';

const offered = new Set(['calculate', 'current_time', 'read_thread', 'post_announcement']);

function about(request: string, fields: Partial<Conversation> = {}): Conversation {
  return {
    request,
    before: [],
    files: [],
    unreadable: [],
    steps: [],
    said: '',
    tools: offered,
    channel: 'C1',
    requester: 'U1',
    turnId: 't0',
    attempt: 1,
    ...fields,
  };
}

const json = (value: unknown): AnsweredCall['output'] => ({
  type: 'json',
  value: JSON.parse(JSON.stringify(value)),
});
const called = (
  tool: string,
  input: Record<string, unknown>,
  output: AnsweredCall['output'],
): AnsweredCall => ({
  tool,
  input,
  output,
});

describe('which calls are asked for', () => {
  test.each([
    ['use 5 tools', 5],
    ['Please USE FIVE TOOLS, would you?', 5],
    ['use 1 tool', 1],
    ['use 999 tools', 40],
  ])('%s', (request, count) => {
    const { calls } = planReply(about(request));
    expect(calls).toHaveLength(count);
    expect(new Set(calls.map((call) => call.tool)).has('post_announcement')).toBe(false);
  });

  test.each([
    ['what is 12*(3+4)?', 'calculate', { expression: '12*(3+4)' }],
    ["hey, what's -3 + 2.5.", 'calculate', { expression: '-3 + 2.5' }],
    ['what time is it', 'current_time', {}],
    ['what time is it in Asia/Tokyo?', 'current_time', { timeZone: 'Asia/Tokyo' }],
    ['summarize this thread please', 'read_thread', {}],
    ['ask me', 'post_announcement', { channel: 'C1', text: 'Hello from the demo model!' }],
    [
      'announce “lunch is ready” in <#C2|general> please',
      'post_announcement',
      { channel: '<#C2|general>', text: 'lunch is ready' },
    ],
    [
      'Announce that we ship to #release-notes',
      'post_announcement',
      { channel: '#release-notes', text: 'we ship' },
    ],
    ['use a missing tool', 'open_the_pod_bay_doors', {}],
  ])('%s', (request, tool, input) => {
    expect(planReply(about(request)).calls).toEqual([{ tool, input }]);
  });

  test.each(['what is love', 'hello', 'I am asking you', 'used 5 tools'])(
    '%s asks for nothing',
    (request) => {
      expect(planReply(about(request))).toEqual({ text: greeting, calls: [] });
    },
  );
});

test('tools one by one: one step each, then an answer with all results', () => {
  const steps: AnsweredCall[][] = [];
  for (let step = 0; step < 3; step++) {
    const { calls, text } = planReply(about('use 3 tools one by one', { steps }));
    expect(calls).toHaveLength(1);
    expect(text).toBe(`Step ${step + 1}. `);
    steps.push(
      calls.map(({ tool, input }) => called(tool, input, { type: 'text', value: `result ${step}` })),
    );
  }
  const { calls, text } = planReply(about('use 3 tools one by one', { steps }));
  expect(calls).toEqual([]);
  for (const result of ['result 0', 'result 1', 'result 2']) expect(text).toContain(result);
});

describe('very many tools one by one', () => {
  const request = 'use 1,000 tools one by one';
  const answered = (count: number) =>
    Array.from({ length: count }, () => [called('calculate', {}, { type: 'text', value: 'fine' })]);

  test('one step each, none of them asks Slack', () => {
    const asked = new Set<string | undefined>();
    for (let step = 0; step < 1_000; step += 37)
      asked.add(planReply(about(request, { steps: answered(step) })).calls[0]?.tool);
    expect(asked).toEqual(new Set(['calculate', 'current_time']));
    expect(planReply(about(request, { steps: answered(999) })).calls).toHaveLength(1);
  });

  test('the answer names how many, not each', () => {
    const { calls, text } = planReply(about(request, { steps: answered(1_000) }));
    expect(calls).toEqual([]);
    expect(text).toMatch(/^I used 1000 tools:.*And 980 more like these\.$/s);
  });
});

describe('T-8 an announcement is told truthfully', () => {
  const request = 'announce hi in <#C2|general>';
  const input = { channel: '<#C2|general>', text: 'hi' };
  test.each([
    ['posted', json({ posted: true, channel: 'C2', ts: '1.2' }), /^Posted in <#C2\|general>: “hi”$/],
    [
      'denied',
      { type: 'execution-denied' as const, reason: '<@U2> denied it: too early.' },
      /did not post.*<@U2> denied it: too early/,
    ],
    [
      'denied by the asker',
      { type: 'execution-denied' as const, reason: '<@U1> denied it.' },
      /did not post.*you denied it/,
    ],
    ['failed', { type: 'error-text' as const, value: 'no such channel' }, /could not post.*no such channel/],
    ['lost', undefined, /could not post.*no result/],
  ])('%s', (_name, output, expected) => {
    const steps = [[called('post_announcement', input, output)]];
    expect(planReply(about(request, { steps })).text).toMatch(expected);
  });
});

test('several requests are done in their order, and answered together', () => {
  const request = 'what is 1+1, then use 2 tools, and think';
  const first = planReply(about(request));
  expect(first.thinking).toBeDefined();
  expect(first.calls.map((call) => call.tool)).toEqual(['calculate']);
  const one = [called('calculate', { expression: '1+1' }, json({ expression: '1+1', result: '2' }))];
  const second = planReply(about(request, { steps: [one] }));
  expect(second.thinking).toBeUndefined();
  expect(second.calls).toHaveLength(2);
  const two = second.calls.map(({ tool, input }) => called(tool, input, { type: 'text', value: 'fine' }));
  const last = planReply(about(request, { steps: [one, two] }));
  expect(last.calls).toEqual([]);
  expect(last.text).toContain('1+1 = 2');
  expect(last.text).toContain('I used 2 tools');
  expect(last.text).toContain('I thought about it');
});

describe('failures follow the attempt', () => {
  test.each([
    ['fail once', [true, false]],
    ['fail twice', [true, true, false]],
    ['fail 3 times', [true, true, true, false]],
    ['fail always', [true, true, true, true, true]],
    ['break off', [true, false]],
    ['break off for good', [true, true, true]],
  ])('%s', (request, fails) => {
    const seen = fails.map(
      (_, index) => planReply(about(request, { attempt: index + 1 })).failure !== undefined,
    );
    expect(seen).toEqual(fails);
  });

  test('only the turn’s first model call fails', () => {
    const request = 'fail once and use 1 tool';
    const steps = [[called('calculate', {}, { type: 'text', value: 'x' })]];
    expect(planReply(about(request, { steps, attempt: 1 })).failure).toBeUndefined();
  });
});

test('an answer that breaks off does so behind its tools, not before them', () => {
  const request = 'use 1 tool, then break off for good';
  expect(planReply(about(request)).failure).toBeUndefined();
  const steps = [[called('calculate', {}, { type: 'text', value: 'x' })]];
  expect(planReply(about(request, { steps }))).toMatchObject({ failure: { midway: true, status: 401 } });
});

test('work in bursts: a sentence, three calls, one more call without a word', () => {
  const steps: AnsweredCall[][] = [];
  const told: [string, number][] = [];
  for (;;) {
    const { calls, text } = planReply(about('work in 2 bursts', { steps }));
    if (calls.length === 0) {
      expect(text).toMatch(/^I used 8 tools/);
      break;
    }
    told.push([text.trim(), calls.length]);
    steps.push(calls.map(({ tool, input }) => called(tool, input, { type: 'text', value: 'fine' })));
  }
  expect(told).toEqual([
    ['First I look around. (1)', 3],
    ['', 1],
    ['Now the figures. (2)', 3],
    ['', 1],
  ]);
});

test('silence comes before the answer, once', () => {
  const request = 'be silent for 90 seconds';
  const first = planReply(about(request));
  expect(first.calls).toHaveLength(1);
  expect(first).not.toHaveProperty('silentSeconds');
  const steps = [[called('calculate', {}, { type: 'text', value: 'x' })]];
  expect(planReply(about(request, { steps })).silentSeconds).toBe(90);
  expect(planReply(about(request, { steps, said: 'Here' }))).not.toHaveProperty('silentSeconds');
});

test('an answer in several messages: each of its blocks is longer than a message, and every line is there', () => {
  const { text, seconds } = planReply(about('answer in several messages'));
  expect(seconds).toBe(60);
  expect(planReply(about('answer in several messages in 8 seconds'))).toEqual({
    text,
    calls: [],
    seconds: 8,
  });
  const fence = text.slice(text.indexOf('```ts'), text.lastIndexOf('```'));
  const table = text.slice(text.indexOf('| row |'), text.indexOf('And a list'));
  const list = text.slice(text.indexOf('1. item 1'));
  for (const block of [fence, table, list]) expect(Buffer.byteLength(block)).toBeGreaterThan(9_000);
  expect(text.length).toBeLessThan(30_000);
  const numbers = [...fence.matchAll(/^const line(\d+)/gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test('mention people and links: of all kinds', () => {
  const { text } = planReply(about('mention people and links'));
  for (const sign of ['<@U1>', '<#C1>', '<!channel>', '(https://example.com/docs)', '(javascript:'])
    expect(text).toContain(sign);
});

test('a cut answer goes on where it stopped', () => {
  const whole = planReply(about('long answer')).text;
  const said = whole.slice(0, 700);
  expect(said + planReply(about('long answer', { said })).text).toBe(whole);
});

test('the rest of a slow answer takes the rest of its time', () => {
  const whole = planReply(about('slow answer 60'));
  expect(whole.seconds).toBe(60);
  const said = whole.text.slice(0, whole.text.length / 2);
  expect(planReply(about('slow answer 60', { said })).seconds).toBeCloseTo(30, 0);
});

test('say: exactly the words, whatever they would mean otherwise', () => {
  expect(planReply(about('say use 5 tools\nand ask me'))).toEqual({
    text: 'use 5 tools\nand ask me',
    calls: [],
  });
  expect(planReply(about('<@U2>: say hi')).text).toBe('hi');
});

test('read the thread: the answer holds what was read', () => {
  const messages = [{ from: 'Ana', text: 'The build\nis red' }];
  const steps = [[called('read_thread', {}, json({ messages, olderLeftOut: 0 }))]];
  expect(planReply(about('read the thread', { steps })).text).toContain('**Ana**: The build is red');
});

test('every entry is found by the words it names, alone', () => {
  for (const { ask, pattern } of demoRequests) {
    const found = demoRequests
      .filter((request) => request.pattern.test(ask))
      .map((request) => request.pattern);
    expect(found, ask).toEqual([pattern]);
  }
});

test('help shows the whole table', () => {
  const { text } = planReply(about('help'));
  expect(text).toContain(requestTable(demoRequests));
});
