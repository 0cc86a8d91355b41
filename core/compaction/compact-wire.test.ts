import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type CompletionReply, startCompletionsServer } from '../../test/support/completions-server.ts';
import { createHistory } from '../../test/support/histories.ts';
import { createCallModel } from '../models/call-model.ts';
import type { ModelRequest } from '../models/contract.ts';
import { toModelMessages } from '../models/messages.ts';
import type { MessageRecord } from '../sessions/record.ts';
import { defineTool } from '../tools/define-tool.ts';
import { type CompactionRequest, compact } from './compact.ts';
import { unansweredFrom } from './kept-records.ts';

const requestFor = (records: readonly MessageRecord[], model: string): CompactionRequest => ({
  records,
  unanswered: unansweredFrom(records),
  model: { model },
  facts: {},
  instructions: 'Help.',
  signal: new AbortController().signal,
  turnId: 't1',
  step: 0,
  attempt: 1,
});

describe('over the wire', () => {
  const compactOver = async (replies: CompletionReply[]) => {
    const history = createHistory()
      .post('Please look. '.repeat(200))
      .calls('look')
      .results('row of numbers '.repeat(20_000))
      .says('I looked. '.repeat(200))
      .post('And now count them!');
    await using server = await startCompletionsServer((_request, index) => replies[index] ?? { status: 500 });
    const callModel = createCallModel({
      now: () => 0,
      baseUrls: { 'openai-compatible': server.baseUrl },
      secrets: async () => ({ 'openai-compatible': 'key-of-the-test' }),
    });
    const request = requestFor(history.records, 'openai-compatible/some-model');
    const outcome = await compact({ callModel, now: () => 0 }, request).catch((error: unknown) => error);
    return { outcome, bodies: server.requests.map(({ body }) => body) };
  };
  const tooLong: CompletionReply = {
    status: 400,
    error: {
      message:
        'This model’s maximum context length is 8192 tokens. However, your messages resulted in 90112 tokens.',
      type: 'invalid_request_error',
      code: 'context_length_exceeded',
    },
  };

  test('no tools and no tool messages are sent: providers refuse or drop calls without tools', async () => {
    const { outcome, bodies } = await compactOver([{ text: 'They looked.' }]);
    expect(outcome).toMatchObject({ ladder: 'whole' });
    expect(bodies[0]?.tools).toBeUndefined();
    expect(bodies[0]?.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ]);
    expect(JSON.stringify(bodies[0])).toContain('result of look: row of numbers');
  });

  test('50 a provider’s refusal leads to the next rung', async () => {
    const { outcome, bodies } = await compactOver([tooLong, { text: 'They looked.' }]);
    expect(outcome).toMatchObject({ ladder: 'cut' });
    expect(JSON.stringify(bodies[1]).length).toBeLessThan(JSON.stringify(bodies[0]).length / 10);
  });

  test('T-71 a refusal inside an answer does so too', async () => {
    const { outcome } = await compactOver([{ text: 'Prompt is too long' }, { text: 'They looked.' }]);
    expect(outcome).toMatchObject({ ladder: 'cut' });
  });

  test('an overloaded provider is the loop’s matter', async () => {
    const { outcome, bodies } = await compactOver([{ status: 529, error: { message: 'Overloaded' } }]);
    expect(outcome).toMatchObject({ retryable: true, code: 'overloaded' });
    expect(bodies).toHaveLength(1);
  });
});

describe('the demo model', () => {
  const callModel = createCallModel({ now: () => 0, secrets: async () => ({}) });
  const tools = ['calculate', 'current_time', 'read_thread'].map((name) =>
    defineTool({ name, description: name, input: z.looseObject({}), effect: 'read', run: async () => 1 }),
  );
  const ask = (records: readonly MessageRecord[]) =>
    callModel(
      {
        model: 'demo/1000000',
        instructions: 'In channel <#C1>. <@U1> asks.',
        messages: toModelMessages(records),
        tools,
        signal: new AbortController().signal,
        turnId: 't0123456789',
        step: 0,
        attempt: 1,
      } satisfies ModelRequest,
      () => {},
    );
  const compactDemo = (records: readonly MessageRecord[]) =>
    compact({ callModel, now: () => 0 }, requestFor(records, 'demo/1000000'));

  test('its summary is made of the conversation, and the same each time', async () => {
    const { records } = createHistory()
      .post('long answer 2000')
      .says('word '.repeat(400))
      .post('say “hello”', 'U2')
      .says('“hello”');
    const [one, two] = [await compactDemo(records), await compactDemo(records)];
    expect(one).toEqual(two);
    expect(one.records).toHaveLength(1);
    expect(one.records[0]?.summary).toContain('- <@U2>: say “hello”');
  });

  test('K-9 a script goes on behind each summary where it was', async () => {
    let { records } = createHistory().post('use 4 tools one by one');
    const asked: string[] = [];
    for (let step = 1; step <= 4; step++) {
      const { toolCalls, text } = await ask(records);
      asked.push(text);
      const value = `result of step ${step}\n\nand more ${'of it '.repeat(200)}`;
      const stored = createHistory()
        .stored('assistant', {
          role: 'assistant',
          content: [{ type: 'text', text }, ...toolCalls.map((call) => ({ type: 'tool-call', ...call }))],
        })
        .stored('tool', {
          role: 'tool',
          content: toolCalls.map(({ toolCallId, toolName }) => ({
            type: 'tool-result',
            toolCallId,
            toolName,
            output: { type: 'text', value },
          })),
        });
      const news = stored.records.map((record) => ({ ...record, seq: step * 10 + record.seq }));
      ({ records } = await compactDemo([...records, ...news]));
      expect(records.map(({ post }) => post?.text)).toEqual([undefined, 'use 4 tools one by one']);
    }
    expect(asked).toEqual(['Step 1. ', 'Step 2. ', 'Step 3. ', 'Step 4. ']);
    const { text, toolCalls } = await ask(records);
    expect(toolCalls).toEqual([]);
    expect(text).toContain('I used 4 tools:');
    for (let step = 1; step <= 4; step++) expect(text).toContain(`result of step ${step} and more`);
  });

  test('of very many steps a summary tells the first ones, and how many more there were', async () => {
    const history = createHistory().post('use 60 tools one by one');
    for (let step = 1; step <= 50; step++) history.calls('calculate').results(`value ${step}`);
    const first = await compactDemo(history.records);
    expect(first.records[0]?.summary).toContain('(and 30 more steps)');
    expect((await ask(first.records)).text).toBe('Step 51. ');
    const more = createHistory();
    for (let step = 51; step <= 55; step++) more.calls('calculate').results('value '.repeat(200));
    const news = more.records.map((record) => ({ ...record, seq: 200 + record.seq }));
    const second = await compactDemo([...first.records, ...news]);
    expect((await ask(second.records)).text).toBe('Step 56. ');
  });

  test('a denial stays a denial behind a summary', async () => {
    const { records } = createHistory()
      .post(`ask me ${'please '.repeat(300)}`)
      .stored('assistant', {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I would like to post this. '.repeat(50) },
          {
            type: 'tool-call',
            toolCallId: 'p1',
            toolName: 'post_announcement',
            input: { channel: 'C1', text: 'Hi' },
          },
        ],
      })
      .stored('tool', {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: 'p1',
            toolName: 'post_announcement',
            output: { type: 'execution-denied', reason: 'It was not done. <@U2> denied it.' },
          },
        ],
      });
    const compaction = await compactDemo(records);
    expect((await ask(compaction.records)).text).toMatch(/^I did not post anything in .*<@U2> denied it/s);
  });
});
