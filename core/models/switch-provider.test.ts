import type { ModelMessage } from 'ai';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type AnthropicBlock, startAnthropicServer } from '../../test/support/anthropic-server.ts';
import { type BedrockBlock, startBedrockServer } from '../../test/support/bedrock-server.ts';
import { type CompletionReply, startCompletionsServer } from '../../test/support/completions-server.ts';
import { type OpenAIItem, startOpenAIServer } from '../../test/support/openai-server.ts';
import {
  anthropicObjections,
  bedrockObjections,
  chatObjections,
  openaiObjections,
} from '../../test/support/strict-apis.ts';
import type { FileContent } from '../files/content.ts';
import type { MessageRecord } from '../sessions/record.ts';
import { defineTool } from '../tools/define-tool.ts';
import { createCallModel } from './call-model.ts';
import type { ModelAnswer } from './contract.ts';
import { toModelMessages, toolResultMessage } from './messages.ts';

/** What each provider's model answers in its turn: thoughts, a search where there is one, words, two calls, words. */
const anthropicBlocks: AnthropicBlock[][] = [
  [
    { type: 'thinking', thinking: 'I look.', signature: 'signed-by-anthropic' },
    { type: 'search', id: 'srvtoolu_1', query: 'sluice' },
    {
      type: 'search_result',
      id: 'srvtoolu_1',
      pages: [{ url: 'https://example.com/a', title: 'A page', secret: 'sealed-by-anthropic' }],
    },
    { type: 'search', id: 'srvtoolu_2', query: 'gate' },
    { type: 'search_error', id: 'srvtoolu_2', code: 'max_uses_exceeded' },
    { type: 'text', text: 'Found.', citations: [{ url: 'https://example.com/a', title: 'A page' }] },
    { type: 'tool_use', id: 'toolu_01', name: 'add', input: { a: 1 } },
    { type: 'tool_use', id: 'toolu_02', name: 'no.such/tool', input: { a: 2 } },
  ],
  [
    { type: 'thinking', thinking: 'All is there.', signature: 'signed-by-anthropic' },
    { type: 'text', text: 'It is three.' },
  ],
];
const openaiItems: OpenAIItem[][] = [
  [
    { type: 'reasoning', id: 'rs_1', encrypted: 'encrypted-by-openai' },
    { type: 'web_search', id: `ws_${'0'.repeat(48)}`, query: 'sluice', urls: ['https://example.com/a'] },
    { type: 'text', id: 'msg_1', text: 'Found.' },
    { type: 'function_call', id: 'fc_1', callId: 'call_1', name: 'add', arguments: { a: 1 } },
    { type: 'function_call', id: 'fc_2', callId: 'call_2', name: 'no.such/tool', arguments: { a: 2 } },
  ],
  [
    { type: 'reasoning', id: 'rs_2', encrypted: 'encrypted-by-openai' },
    { type: 'text', id: 'msg_2', text: 'It is three.' },
  ],
];
const bedrockBlocks: BedrockBlock[][] = [
  [
    { reasoning: 'I add.', signature: 'signed-by-bedrock' },
    { text: 'Found.' },
    { toolUseId: 'tooluse_1-a', name: 'add', input: { a: 1 } },
    { toolUseId: 'tooluse_1-b', name: 'no.such/tool', input: { a: 2 } },
  ],
  [{ reasoning: 'All is there.', signature: 'signed-by-bedrock' }, { text: 'It is three.' }],
];
const completions: CompletionReply[] = [
  {
    reasoning: 'thought-by-chat',
    text: 'Found.',
    toolCalls: [
      { id: 'functions.add:0', name: 'add', arguments: { a: 1 } },
      { id: `chatcmpl-tool-${'f'.repeat(60)}`, name: 'no.such/tool', arguments: { a: 2 } },
    ],
  },
  { reasoning: 'thought-by-chat', text: 'It is three.' },
];

type Servers = Awaited<ReturnType<typeof startServers>>;
let servers: Servers;
/** How many answers each server has given to the conversation at hand. */
let turn = 0;

async function startServers() {
  return {
    anthropic: await startAnthropicServer(() => ({ blocks: anthropicBlocks[turn] ?? [] })),
    openai: await startOpenAIServer(() => ({ items: openaiItems[turn] ?? [] })),
    bedrock: await startBedrockServer(() => bedrockBlocks[turn] ?? []),
    'openai-compatible': await startCompletionsServer(() => completions[turn] ?? {}),
  };
}

beforeAll(async () => {
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  servers = await startServers();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all(Object.values(servers).map((server) => server.close()));
});
beforeEach(() => {
  turn = 0;
});

const models = {
  anthropic: 'anthropic/claude-opus-4-8',
  openai: 'openai/gpt-6-sol',
  bedrock: 'bedrock/eu.anthropic.claude-opus-4-8',
  'openai-compatible': 'openai-compatible/some-model',
  demo: 'demo/1000000',
} as const;
type Provider = keyof typeof models;
const providers = Object.keys(models) as Provider[];
/** What each gave that only it understands. */
const own: Record<Provider, string[]> = {
  anthropic: ['signed-by-anthropic'],
  openai: ['encrypted-by-openai'],
  bedrock: ['signed-by-bedrock'],
  'openai-compatible': ['thought-by-chat'],
  demo: [],
};
const onlyTheirs = /signed-by-|sealed-by-|encrypted-by-|thought-by-|index-only|rs_\d|msg_\d|fc_\d/;

const add = defineTool({
  name: 'add',
  description: 'Adds.',
  input: z.object({ a: z.number() }),
  effect: 'read',
  run: async ({ a }) => a,
});

function call(model: string, messages: ModelMessage[]): Promise<ModelAnswer> {
  const baseUrls = Object.fromEntries(Object.entries(servers).map(([name, { baseUrl }]) => [name, baseUrl]));
  const secrets = async () => ({ anthropic: 'key', openai: 'key' });
  return createCallModel({ now: Date.now, baseUrls, secrets })(
    {
      ...{ model, messages, instructions: 'Be brief.', tools: [add], webSearch: {}, effort: 'high' },
      ...{ signal: new AbortController().signal, turnId: 't0123456789', step: turn, attempt: 1 },
    },
    () => {},
  );
}

const bytes = Uint8Array.from(Buffer.from('iVBORw0KGgoAAAANSUhEUg==', 'base64'));
const files = new Map<string, FileContent>([
  ['F1', { kind: 'image', mediaType: 'image/png', data: bytes }],
  ['F2', { kind: 'pdf', data: Uint8Array.from(Buffer.from('%PDF-1.7')), name: 'the_plan.pdf' }],
  ['F3', { kind: 'pdf', data: Uint8Array.from(Buffer.from('%PDF-1.7')), name: 'The plan.pdf' }],
]);

/** A turn as this provider's model does it, as a session stores it. */
async function written(by: Provider): Promise<MessageRecord[]> {
  const records: MessageRecord[] = [];
  const store = (fields: Pick<MessageRecord, 'role'> & Partial<MessageRecord>) =>
    records.push(
      JSON.parse(
        JSON.stringify({ v: 1, sessionId: 's', seq: records.length, turnId: 't', at: 0, ...fields }),
      ) as MessageRecord,
    );
  const attached = [
    { id: 'F1', name: 'a.png', mimetype: 'image/png', size: 1 },
    { id: 'F2', name: 'the_plan.pdf', mimetype: 'application/pdf', size: 1 },
    { id: 'F3', name: 'The plan.pdf', mimetype: 'application/pdf', size: 1 },
  ];
  const author = { userId: 'U1', teamId: 'T1' };
  // The demo model thinks and calls tools when it is asked to.
  const text = by === 'demo' ? 'think, then use 2 tools' : 'Look at these.';
  store({ role: 'user', post: { text, author, messageTs: '1.0', files: attached } });
  for (turn = 0; turn < 2; turn++) {
    const answer = await call(models[by], toModelMessages(records, { files }));
    for (const message of answer.messages) store({ role: 'assistant', message });
    if (answer.toolCalls.length === 0) break;
    const outcome = { kind: 'output' as const, value: 3 };
    const answered = answer.toolCalls.map((asked) => ({ ...asked, outcome }));
    store({ role: 'tool', message: toolResultMessage(answered) });
  }
  turn = 1;
  store({ role: 'user', post: { text: 'and now?', author, messageTs: '2.0', files: [] } });
  return records;
}

/** What the reader's API has against the request, and the request. */
async function readBy(reader: Provider, records: MessageRecord[]) {
  await call(models[reader], toModelMessages(records, { files }));
  const signs = own[reader];
  switch (reader) {
    case 'anthropic': {
      const body = servers.anthropic.requests.at(-1)?.body;
      return { body, objections: body && anthropicObjections(body, signs) };
    }
    case 'openai': {
      const body = servers.openai.requests.at(-1)?.body;
      return { body, objections: body && openaiObjections(body, signs) };
    }
    case 'bedrock': {
      const body = servers.bedrock.requests.at(-1)?.body;
      return { body, objections: body && bedrockObjections(body, signs) };
    }
    case 'openai-compatible': {
      const body = servers['openai-compatible'].requests.at(-1)?.body;
      return { body, objections: body && chatObjections(body, signs) };
    }
    case 'demo':
      return { body: undefined, objections: [] };
  }
}

describe('46 K-12 a session whose model changes', () => {
  const pairs = providers.flatMap((by) => providers.map((reader) => [by, reader] as const));

  test.each(pairs)('what %s wrote, %s takes', async (by, reader) => {
    const records = await written(by);
    expect(JSON.stringify(records)).toMatch(by === 'demo' ? /reasoning/ : onlyTheirs);
    const { body, objections } = await readBy(reader, records);
    expect(objections).toEqual([]);
    if (!body) return;
    const sent = JSON.stringify(body);
    if (by !== 'demo') expect(sent).toContain('Look at these.');
    expect(sent).toContain('and now?');
    expect(sent).toMatch(/png/);
    // What only its own provider reads is sent to that one alone, and to it whole.
    for (const sign of Object.values(own).flat())
      expect([sign, sent.includes(sign)]).toEqual([sign, by === reader && own[by].includes(sign)]);
    expect(sent.includes('sealed-by-anthropic')).toBe(by === 'anthropic' && reader === 'anthropic');
    // A search that another provider ran is told in words.
    const searched = by === 'anthropic' || by === 'openai';
    if (by !== reader) {
      expect(sent.includes('Searched the web for')).toBe(searched);
      expect(sent.includes('https://example.com/a')).toBe(searched);
    } else expect(sent).not.toContain('Searched the web for');
  });
});
