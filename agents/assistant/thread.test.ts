import { expect, test } from 'vitest';
import { runTool } from '../../core/index.ts';
import { fakeSlack, refusal, type SlackScript, toolContext } from '../../test/support/fake-slack.ts';
import { threadOf as thread, threadTs as ts } from '../../test/support/fake-thread.ts';
import { readThread } from './tools/read-thread.ts';

async function read(script: SlackScript, input: object = {}) {
  const { slack, calls } = fakeSlack(script);
  const outcome = await runTool(readThread, input, toolContext(slack));
  return { outcome, calls, value: outcome.kind === 'output' ? outcome.value : undefined };
}

test('who wrote what and when, oldest first', async () => {
  const { value, calls } = await read(thread(2));
  expect(value).toEqual({
    messages: [
      { from: 'Ana', userId: 'U1', at: '2025-11-06T11:53:20.000Z', text: 'm0' },
      { from: 'Ben', userId: 'U2', at: '2025-11-06T11:53:21.000Z', text: 'm1' },
    ],
    olderLeftOut: 0,
  });
  expect(calls[0]).toEqual({
    method: 'conversations.replies',
    args: { channel: 'C1', ts: '1762430000.000100', limit: 200 },
  });
});

test('S-15 of a thread of 450 replies the newest 50 are read, over all pages', async () => {
  const { value, calls } = await read(thread(450));
  const { messages, olderLeftOut } = value as { messages: { text: string }[]; olderLeftOut: number };
  expect(messages).toHaveLength(50);
  expect(messages[0]?.text).toBe('m400');
  expect(messages.at(-1)?.text).toBe('m449');
  expect(olderLeftOut).toBe(400);
  expect(calls.filter(({ method }) => method === 'conversations.replies')).toHaveLength(3);
});

test('a number of messages may be asked for', async () => {
  expect((await read(thread(30), { limit: 3 })).value).toMatchObject({
    messages: [{ text: 'm27' }, { text: 'm28' }, { text: 'm29' }],
    olderLeftOut: 27,
  });
});

test('the answer that is just being streamed is left out, apps have their name, files are named', async () => {
  const { value } = await read(
    thread(
      4,
      (n) =>
        [
          {},
          { user: 'UBOT', bot_id: 'B1', bot_profile: { name: 'Deploys' } },
          { user: undefined, bot_id: 'B2', username: 'hook', text: undefined, files: [{ name: 'a.png' }] },
          { bot_id: 'B3', streaming_state: 'in_progress' },
        ][n] ?? {},
    ),
  );
  expect(value).toMatchObject({
    messages: [
      { from: 'Ana' },
      { from: 'Deploys', userId: 'UBOT' },
      { from: 'hook', text: '', files: ['a.png'] },
    ],
  });
});

test('a name that cannot be had is the id', async () => {
  const { value } = await read({ ...thread(1), 'users.info': refusal('missing_scope') });
  expect(value).toMatchObject({ messages: [{ from: 'U1' }] });
});

test('a thread without end is left after twenty pages, with a note', async () => {
  const { value, calls } = await read({
    'conversations.replies': ({ cursor }) => ({
      messages: [{ ts: ts(Number(cursor ?? 0)), text: 'x' }],
      response_metadata: { next_cursor: String(Number(cursor ?? 0) + 1) },
    }),
  });
  expect(calls).toHaveLength(20);
  expect(value).toHaveProperty('note', expect.stringContaining('longer than 4000'));
});

test.each([
  [refusal('thread_not_found'), /thread does not exist/],
  [refusal('missing_scope'), /lacks a permission/],
  [refusal('some_new_word'), /Slack refused: some_new_word/],
  [{ kind: 'rate_limited', retryAfterMs: 1_000 } as const, /slow down; nothing was done/],
  [{ kind: 'unknown', detail: 'timeout' } as const, /unknown whether/],
])('a refusal is told in words: %o', async (failure, expected) => {
  const { outcome } = await read({ 'conversations.replies': failure });
  expect(outcome).toEqual({ kind: 'error', text: expect.stringMatching(expected) });
});
