import type { ModelMessage } from 'ai';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SUMMARY_PREFIX } from '../../compaction/prompt.ts';
import type { StreamChunk } from '../../stream/chunks.ts';
import { createCallModel } from '../call-model.ts';
import { CONTINUE_REQUEST, type ModelRequest } from '../contract.ts';
import { toolResultMessage } from '../messages.ts';

const callModel = createCallModel({ now: () => 0, secrets: async () => ({}) });

function ask(
  words: string,
  overrides: Partial<ModelRequest> = {},
  listen: (chunk: StreamChunk) => void = () => {},
) {
  const request: ModelRequest = {
    model: 'demo/1000000',
    instructions: 'In channel <#C1>. <@U1> asks.',
    messages: [{ role: 'user', content: words }],
    tools: [],
    signal: new AbortController().signal,
    turnId: 't0123456789',
    step: 0,
    attempt: 1,
    ...overrides,
  };
  return callModel(request, listen);
}

test('the same request gives the same answer, to the letter', async () => {
  const [one, two] = await Promise.all([ask('long answer 5000'), ask('long answer 5000')]);
  expect(one).toEqual(two);
  expect(one.text).toHaveLength(5_000);
  expect(one.usage.outputTokens).toBeGreaterThan(1_000);
});

test('the place in the script is read from the messages', async () => {
  const first = await ask('ask me');
  const [call] = first.toolCalls;
  expect(call).toMatchObject({ toolCallId: 'demo_01234567_0_0', toolName: 'post_announcement' });
  const messages: ModelMessage[] = [
    { role: 'user', content: 'ask me' },
    ...first.messages,
    toolResultMessage([
      {
        toolCallId: call?.toolCallId ?? '',
        toolName: 'post_announcement',
        outcome: { kind: 'denied', reason: 'Not now.' },
      },
    ]),
  ];
  const second = await ask('', { messages, step: 1 });
  expect(second.toolCalls).toEqual([]);
  expect(second.text).toContain('did not post');
  expect(second.text).toContain('Not now.');
  const again = await ask('', {
    messages: [...messages, ...second.messages, { role: 'user', content: 'ask me' }],
    step: 2,
  });
  expect(again.toolCalls).toHaveLength(1);
});

test('a denial is told with its reason, as the person wrote it', async () => {
  const first = await ask('ask me');
  const told = toolResultMessage([
    {
      toolCallId: first.toolCalls[0]?.toolCallId ?? '',
      toolName: 'post_announcement',
      outcome: { kind: 'denied', reason: '<@U2> denied it.', quote: 'Say "please".\nThen: "maybe"' },
    },
  ]);
  const messages: ModelMessage[] = [{ role: 'user', content: 'ask me' }, ...first.messages, told];
  const { text } = await ask('', { messages, step: 1 });
  expect(text).toBe(
    'I did not post anything in <#C1>. It was not done. <@U2> denied it. Their reason: “Say "please".\nThen: "maybe"”',
  );
});

test('an answer cut by a deadline is continued', async () => {
  const whole = (await ask('long answer 900')).text;
  const messages: ModelMessage[] = [
    { role: 'user', content: 'long answer 900' },
    { role: 'assistant', content: whole.slice(0, 300) },
    { role: 'user', content: CONTINUE_REQUEST },
  ];
  expect((await ask('', { messages })).text).toBe(whole.slice(300));
});

test.each([
  ['fail once', 'overloaded', true],
  ['fail always', 'overloaded', true],
  ['fail hard', 'auth', false],
  ['break off', 'server', true],
  ['break off for good', 'auth', false],
])('%s', async (words, code, retryable) => {
  let shown = '';
  const failure = ask(words, {}, (chunk) => {
    if (chunk.type === 'text-delta') shown += chunk.delta;
  });
  await expect(failure).rejects.toMatchObject({ code, retryable });
  expect(shown.length > 0).toBe(words.startsWith('break off'));
});

test('fail once answers at the second attempt', async () => {
  expect((await ask('fail once', { attempt: 2 })).text).toContain('That worked');
});

test('S-16 half an answer ends at the length limit', async () => {
  const { text, finishReason } = await ask('half an answer');
  expect(finishReason).toBe('length');
  expect(text).not.toMatch(/[.!?]$/);
});

test('think gives reasoning before text', async () => {
  const types: string[] = [];
  await ask('think', {}, (chunk) => types.push(chunk.type));
  expect(types.indexOf('reasoning-start')).toBe(0);
  expect(types.indexOf('reasoning-end')).toBeLessThan(types.indexOf('text-start'));
});

test('a long answer is whole Markdown: no fence stays open', async () => {
  for (const chars of [10, 500, 3_000, 20_000]) {
    const { text } = await ask(`long answer ${chars}`);
    expect(text).toHaveLength(chars);
    expect((text.match(/^```/gm) ?? []).length % 2).toBe(0);
  }
  const { text } = await ask('long answer');
  for (const sign of ['## ', '- first', '1. begin', '```ts', '| --- |']) expect(text).toContain(sign);
});

/** Runs until the call is over, on a clock that jumps from timer to timer. @returns when each delta came, in ms */
async function timed(words: string, model: string) {
  const times: number[] = [];
  const begun = performance.now();
  const done = ask(words, { model }, (chunk) => {
    if (chunk.type === 'text-delta') times.push(performance.now() - begun);
  });
  let over = false;
  const ended = done.finally(() => {
    over = true;
  });
  while (!over) await vi.advanceTimersToNextTimerAsync();
  const { text } = await ended;
  return { times, text, took: performance.now() - begun };
}

describe('in time', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    ['demo', 60],
    ['demo/2000', 2_000],
  ])('%s streams at its pace, in whole words', async (model, charsPerSecond) => {
    const { times, text, took } = await timed('long answer 1200', model);
    const expected = (text.length / charsPerSecond) * 1000;
    expect(took).toBeGreaterThan(expected * 0.9);
    expect(took).toBeLessThan(expected * 1.1);
    expect(times.length).toBeGreaterThan(10);
  });

  test('slow answer takes the seconds it was asked for', async () => {
    const { took } = await timed('slow answer 20', 'demo/2000');
    expect(took).toBeGreaterThan(18_000);
    expect(took).toBeLessThan(21_000);
  });

  test('silence lasts as long as it was asked for', async () => {
    const { took } = await timed('be silent for 90 seconds', 'demo/2000');
    expect(took).toBeGreaterThanOrEqual(90_000);
    expect(took).toBeLessThan(92_000);
  });

  test('an abort ends the wait for the next word', async () => {
    const controller = new AbortController();
    const stopped = new Error('stop');
    const ended = ask('slow answer 600', { model: 'demo', signal: controller.signal }, (chunk) => {
      if (chunk.type === 'text-delta') controller.abort(stopped);
    });
    await expect(ended).rejects.toBe(stopped);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what reaches the model is told', () => {
  const image = new Uint8Array([137, 80, 78, 71]);
  const attached: ModelMessage = {
    role: 'user',
    content: [
      {
        type: 'text',
        text: 'what is in the file\n(Attached: notes.txt)\n(Attached: photo.png)\n(Attached, not readable for you: old.zip: this kind of file is not something I can read.)',
      },
      { type: 'text', text: 'Contents of notes.txt:\nfail hard: the launch\nis on Friday' },
      { type: 'file', mediaType: 'image/png', filename: 'photo.png', data: { type: 'data', data: image } },
    ],
  };

  test('56 files of the request, by kind; their contents are no request', async () => {
    expect((await ask('', { messages: [attached] })).text).toBe(
      [
        'This is attached:',
        '',
        '- **notes.txt** (text, 34 characters) begins: “fail hard: the launch is on Friday”',
        '- **photo.png** (image/png, 4 bytes)',
        '- Not readable for me: old.zip: this kind of file is not something I can read.',
      ].join('\n'),
    );
  });

  test('an image of a megabyte fills no context', async () => {
    const data = { type: 'data', data: new Uint8Array(1_000_000) } as const;
    const messages: ModelMessage[] = [
      { role: 'user', content: [{ type: 'file', mediaType: 'image/png', filename: 'a.png', data }] },
    ];
    expect((await ask('', { messages })).usage.inputTokens).toBeLessThan(200);
  });

  test('files of an earlier message are still there, none where there are none', async () => {
    const later: ModelMessage[] = [
      attached,
      { role: 'assistant', content: 'Seen.' },
      { role: 'user', content: 'what is in the file' },
    ];
    expect((await ask('', { messages: later })).text).toContain('- **notes.txt**');
    expect((await ask('what is in the file')).text).toBe('I see no file.');
  });

  test('what was said before, summarised or word for word', async () => {
    const messages: ModelMessage[] = [
      { role: 'user', content: `${SUMMARY_PREFIX}\n\nRequests: 9.` },
      { role: 'user', content: 'say hello' },
      { role: 'assistant', content: 'hel' },
      { role: 'user', content: 'what was said before' },
    ];
    expect((await ask('', { messages })).text).toBe(
      'This was said before:\n\n- **In a summary**: Requests: 9.\n- **You**: say hello\n- **I**: hel',
    );
    expect((await ask('what was said so far')).text).toBe('Nothing was said before.');
  });
});

test('be busy: the provider says when to come back', async () => {
  const failure = ask('be busy for 90 seconds');
  await expect(failure).rejects.toMatchObject({ code: 'rate_limit', retryable: true, retryAfterMs: 90_000 });
  expect((await ask('be busy for 90 seconds', { attempt: 2 })).text).toContain('Now I have time');
});
