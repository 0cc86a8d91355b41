import { expect, test } from 'vitest';
import { useAnthropic } from '../../test/support/anthropic-call.ts';
import type { AnthropicReply } from '../../test/support/anthropic-server.ts';
import { stored } from '../../test/support/history.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import { toolResultMessage } from './messages.ts';

const { replies, call, requests } = useAnthropic();

const searched: AnthropicReply = {
  blocks: [
    { type: 'text', text: 'I look it up.' },
    { type: 'search', id: 'srvtoolu_1', query: 'sluice' },
    {
      type: 'search_result',
      id: 'srvtoolu_1',
      pages: [{ url: 'https://example.com/a', title: 'A page', secret: 'sealed-for-the-provider' }],
    },
    {
      type: 'text',
      text: 'Found.',
      citations: [
        { url: 'https://example.com/a', title: 'A page' },
        { url: 'https://example.com/a', title: 'A page' },
      ],
    },
    { type: 'tool_use', id: 'toolu_1', name: 'add', input: { a: 1, b: 2 } },
  ],
};

test('46 K-12 it is shown as it happens, kept in order in the message, and goes back as it came', async () => {
  replies.push(searched);
  const { answer, chunks } = await call({ webSearch: { blockedDomains: ['example.org'] } });
  expect(requests()[0]?.body.tools?.[0]).toEqual({
    type: 'web_search_20250305',
    name: 'web_search',
    max_uses: 5,
    blocked_domains: ['example.org'],
  });
  expect(chunks.map((chunk) => chunk.type).filter((type) => !type.startsWith('text'))).toEqual([
    'tool-input-available',
    'tool-output-available',
    'source-url',
  ]);
  expect(chunks).toContainEqual({
    type: 'tool-input-available',
    toolCallId: 'srvtoolu_1',
    toolName: 'web_search',
    input: { query: 'sluice' },
    providerExecuted: true,
  });
  expect(chunks).toContainEqual({
    type: 'source-url',
    sourceId: '0.1-s1',
    url: 'https://example.com/a',
    title: 'A page',
  });
  expect(JSON.stringify(chunks)).not.toMatch(/sealed-for-the-provider|index-only-for-the-provider/);
  // Only ours are the loop's to run.
  expect(answer.toolCalls).toEqual([{ toolCallId: 'toolu_1', toolName: 'add', input: { a: 1, b: 2 } }]);

  const result = toolResultMessage([
    { toolCallId: 'toolu_1', toolName: 'add', outcome: { kind: 'output', value: 3 } },
  ]);
  await call({
    step: 1,
    webSearch: {},
    messages: [{ role: 'user', content: 'hi' }, ...stored(...answer.messages, result)],
  });
  expect(requests()[1]?.body.messages[1]?.content).toMatchObject([
    { type: 'text', text: 'I look it up.' },
    { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'sluice' } },
    {
      type: 'web_search_tool_result',
      tool_use_id: 'srvtoolu_1',
      content: [{ url: 'https://example.com/a', encrypted_content: 'sealed-for-the-provider' }],
    },
    { type: 'text', text: 'Found.' },
    { type: 'tool_use', id: 'toolu_1' },
  ]);
});

test('46 a search that fails is shown as failed, and the answer goes on', async () => {
  replies.push({
    blocks: [
      { type: 'search', id: 'srvtoolu_1', query: 'sluice' },
      { type: 'search_error', id: 'srvtoolu_1', code: 'max_uses_exceeded' },
      { type: 'text', text: 'I could not look.' },
    ],
  });
  const { answer, chunks } = await call({ webSearch: {} });
  expect(answer.text).toBe('I could not look.');
  expect(chunks[1]).toEqual({
    type: 'tool-output-error',
    toolCallId: 'srvtoolu_1',
    errorText: expect.stringContaining('max_uses_exceeded'),
  });
});

test('46 a search without a result when the stream breaks is closed', async () => {
  replies.push({
    blocks: [{ type: 'search', id: 'srvtoolu_1', query: 'sluice' }],
    error: { type: 'overloaded_error', message: 'Overloaded' },
  });
  const chunks: StreamChunk[] = [];
  await expect(call({ webSearch: {} }, { chunks })).rejects.toMatchObject({ retryable: true });
  expect(chunks.map(({ type }) => type)).toEqual(['tool-input-available', 'tool-output-error']);
});

test.each([
  ['a model that nothing is known of', { model: 'anthropic/claude-unheard-of', webSearch: {} }],
  ['nobody allowed it', {}],
])('no search: %s', async (_name, overrides) => {
  await call(overrides);
  expect(requests()[0]?.body.tools?.map(({ name }) => name)).toEqual(['add']);
});

test('46 a search that the provider breaks off goes on in the next call, from the history as it is', async () => {
  const page = { url: 'https://example.com/a', title: 'A page', secret: 'sealed-for-the-provider' };
  replies.push({
    blocks: [
      { type: 'text', text: 'I look.' },
      { type: 'search', id: 'srvtoolu_1', query: 'sluice' },
    ],
    stopReason: 'pause_turn',
  });
  replies.push({
    blocks: [
      { type: 'search_result', id: 'srvtoolu_1', pages: [page] },
      { type: 'text', text: 'Found.' },
    ],
  });
  const first = await call({ webSearch: {} });
  expect(first.answer).toMatchObject({ finishReason: 'pause', text: 'I look.', toolCalls: [] });
  expect(first.chunks.map(({ type }) => type)).not.toContain('tool-output-error');
  const second = await call({
    step: 1,
    webSearch: {},
    messages: [{ role: 'user', content: 'hi' }, ...stored(...first.answer.messages)],
  });
  expect(second.answer).toMatchObject({ finishReason: 'stop', text: 'Found.' });
  expect(second.chunks.find(({ type }) => type === 'tool-output-available')).toMatchObject({
    toolCallId: 'srvtoolu_1',
    providerExecuted: true,
  });
  expect(requests()[1]?.body.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  expect(requests()[1]?.body.messages[1]?.content).toMatchObject([
    { type: 'text', text: 'I look.' },
    { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'sluice' } },
  ]);
  // Both answers are one to whom reads them later, and hold the search with its result.
  const messages = [...first.answer.messages, ...second.answer.messages];
  await call({
    step: 2,
    messages: [{ role: 'user', content: 'hi' }, ...stored(...messages), { role: 'user', content: 'and?' }],
  });
  expect(requests()[2]?.body.messages[1]?.content).toMatchObject([
    { type: 'text', text: 'I look.' },
    { type: 'server_tool_use', id: 'srvtoolu_1' },
    { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1' },
    { type: 'text', text: 'Found.' },
  ]);
});
