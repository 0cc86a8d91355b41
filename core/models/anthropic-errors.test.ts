import { expect, test } from 'vitest';
import { useAnthropic } from '../../test/support/anthropic-call.ts';
import { stored } from '../../test/support/history.ts';
import type { StreamChunk } from '../stream/chunks.ts';

const { replies, call, requests } = useAnthropic();

test('K-11 a 429 is one request, with Retry-After kept', async () => {
  replies.push({
    status: 429,
    headers: { 'retry-after': '12' },
    error: { type: 'rate_limit_error', message: 'slow down' },
  });
  await expect(call()).rejects.toMatchObject({
    retryable: true,
    code: 'rate_limit',
    retryAfterMs: 12_000,
  });
  expect(requests()).toHaveLength(1);
});

test('an overload in the middle of the stream keeps what was shown and asks nobody again', async () => {
  replies.push({
    blocks: [{ type: 'text', text: 'half' }],
    error: { type: 'overloaded_error', message: 'Overloaded' },
  });
  const chunks: StreamChunk[] = [];
  await expect(call({}, { chunks })).rejects.toMatchObject({ retryable: true, code: 'overloaded' });
  expect(chunks.map(({ type }) => type)).toEqual(['text-start', 'text-delta', 'text-end']);
  expect(requests()).toHaveLength(1);
});

test('K-39 a signature that the provider refuses is left out, once, and the conversation goes on', async () => {
  replies.push({
    status: 400,
    error: {
      type: 'invalid_request_error',
      message: 'messages.1.content.0: Invalid `signature` in `thinking` block',
    },
  });
  replies.push({ blocks: [{ type: 'text', text: 'All is well.' }] });
  const signed = {
    role: 'assistant',
    content: [
      { type: 'reasoning', text: 'hm', providerOptions: { anthropic: { signature: 'of another account' } } },
      { type: 'text', text: 'Hello.' },
    ],
  };
  const { answer } = await call({
    effort: 'high',
    messages: [{ role: 'user', content: 'hi' }, ...stored(signed), { role: 'user', content: 'and?' }],
  });
  expect(answer.text).toBe('All is well.');
  expect(requests()[0]?.text).toContain('of another account');
  expect(requests()[1]?.text).not.toContain('of another account');
  expect(requests()[1]?.body.messages.map(({ content }) => content[0]?.text)).toEqual([
    'hi',
    'Hello.',
    'and?',
  ]);
});
