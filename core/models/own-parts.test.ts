import type { ModelMessage } from 'ai';
import { describe, expect, test } from 'vitest';
import { callIdsFor } from './call-ids-for.ts';
import { documentNames } from './document-names.ts';
import { hostedProviders, type ModelName, parseModelName } from './model-name.ts';
import { markAuthor, ownParts } from './own-parts.ts';

const modelOf = (provider: ModelName['provider'], id = 'm'): ModelName =>
  provider === 'demo' ? { provider, charsPerSecond: 1 } : { provider, id };

function searched(id: string): ModelMessage {
  return {
    role: 'assistant',
    content: [
      { type: 'reasoning', text: 'hm', providerOptions: { anthropic: { signature: 's' } } },
      {
        type: 'tool-call',
        toolCallId: id,
        toolName: 'web_search',
        input: { query: 'x' },
        providerExecuted: true,
      },
      { type: 'tool-result', toolCallId: id, toolName: 'web_search', output: { type: 'json', value: [] } },
      { type: 'text', text: 'Found.', providerOptions: { openai: { itemId: 'msg_1' } } },
      { type: 'text', text: ' ', providerOptions: { openai: { itemId: 'msg_2' } } },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'add', input: {} },
    ],
  };
}
const answered: ModelMessage = {
  role: 'tool',
  content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'add', output: { type: 'json', value: 1 } }],
};
const inShort = ([message]: ModelMessage[]) =>
  typeof message?.content === 'string'
    ? []
    : message?.content.map((part) => (part.type === 'text' ? part.text.trim() : part.type));

describe('46 ownParts', () => {
  const told = '(Searched the web for "x".)';
  test.each([
    ['anthropic', 'srvtoolu_1', ['reasoning', 'tool-call', 'tool-result', 'Found.', 'tool-call']],
    ['anthropic', 'ws_1', ['reasoning', told, 'Found.', 'tool-call']],
    ['openai', 'srvtoolu_1', [told, 'Found.', '', 'tool-call']],
    ['openai', 'ws_1', ['Found.', '', 'tool-call']],
    ['bedrock', 'srvtoolu_1', [told, 'Found.', 'tool-call']],
    ['openai-compatible', 'ws_1', [told, 'Found.', 'tool-call']],
    ['demo', 'ws_1', [told, 'Found.', 'tool-call']],
  ] as const)('%s is given %s so', (provider, id, expected) => {
    expect(inShort(ownParts([searched(id), answered], modelOf(provider), 'x/m'))).toEqual(expected);
  });

  test('a message of nothing that this provider reads is left out, and our own results stay', () => {
    const thought: ModelMessage = {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'hm', providerOptions: { anthropic: { signature: 's' } } },
        { type: 'custom', kind: 'openai.compaction' },
      ],
    };
    const sent = ownParts([thought, searched('ws_2'), answered], modelOf('bedrock'), 'x/m');
    expect(sent.map(({ role }) => role)).toEqual(['assistant', 'tool']);
  });

  test.each(hostedProviders)(
    '%s: what was sent before stays as it was when messages come behind it',
    (provider) => {
      const file = {
        type: 'file',
        mediaType: 'application/pdf',
        filename: 'a.pdf',
        data: 'JVBERg==',
      } as const;
      const messages: ModelMessage[] = [
        { role: 'user', content: [{ type: 'text', text: 'look' }, file] },
        searched('srvtoolu_1'),
        answered,
        { role: 'user', content: [{ type: 'text', text: 'and this' }, file] },
        { role: 'assistant', content: 'Fine.' },
      ];
      const whole = ownParts(messages, modelOf(provider), 'x/m');
      expect(whole).toHaveLength(messages.length);
      for (let length = 1; length < messages.length; length++)
        expect(ownParts(messages.slice(0, length), modelOf(provider), 'x/m')).toEqual(whole.slice(0, length));
    },
  );
});

describe('46 an answer goes back whole to the very model that wrote it', () => {
  const parts = (providerOptions?: Record<string, { signature: string }>): ModelMessage => ({
    role: 'assistant',
    content: [
      { type: 'reasoning', text: 'hm', ...(providerOptions ? { providerOptions } : {}) },
      { type: 'text', text: 'Yes.', ...(providerOptions ? { providerOptions } : {}) },
    ],
  });
  const signed = (name: string) => parts({ [name]: { signature: 's' } });
  const sentTo = (name: string, messages: ModelMessage[]) =>
    ownParts(messages, parseModelName(name) ?? modelOf('demo'), name);

  test.each([
    ['anthropic/one', 'anthropic/one', signed('anthropic'), true],
    ['anthropic/one', 'anthropic/two', signed('anthropic'), false],
    ['anthropic/one', 'bedrock/one', signed('anthropic'), false],
    ['bedrock/one', 'bedrock/one', signed('amazonBedrock'), true],
    ['openai-compatible/one', 'openai-compatible/one', parts(), true],
    ['openai-compatible/one', 'openai-compatible/two', parts(), false],
    ['openai-compatible/one', 'bedrock/one', parts(), false],
    ['bedrock/one', 'bedrock/one', parts(), false],
    // Nobody says who wrote it.
    [undefined, 'anthropic/one', signed('anthropic'), true],
    [undefined, 'bedrock/one', signed('anthropic'), false],
    [undefined, 'openai-compatible/one', parts(), false],
  ])('written by %s, read by %s', (by, reader, message, whole) => {
    const [sent] = sentTo(reader, by ? markAuthor([message], by) : [message]);
    expect(sent).toEqual(whole ? message : { role: 'assistant', content: [{ type: 'text', text: 'Yes.' }] });
  });
});

describe('46 ids of calls', () => {
  test.each([
    ['anthropic', 'toolu_01', 'toolu_01'],
    ['anthropic', 'functions.add:0', /^functions_add_0_[0-9a-f]{8}$/],
    ['bedrock', 'x'.repeat(64), 'x'.repeat(64)],
    ['bedrock', 'x'.repeat(65), /^x{55}_[0-9a-f]{8}$/],
    ['openai', 'ü', /^__[0-9a-f]{8}$/],
    ['openai-compatible', 'functions.add:0', 'functions.add:0'],
    ['openai-compatible', 'x'.repeat(41), /^x{31}_[0-9a-f]{8}$/],
    ['demo', 'ü'.repeat(100), 'ü'.repeat(100)],
  ] as const)('for %s, %s', (provider, id, expected) => {
    expect(callIdsFor(provider)(id)).toEqual(
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    );
  });

  test('those that would look alike do not', () => {
    const idOf = callIdsFor('anthropic');
    expect(new Set(['a.1', 'a:1', 'a 1'].map(idOf)).size).toBe(3);
  });
});

test('46 documents have names of their own, in few characters', () => {
  const nameOf = documentNames();
  expect(
    ['Plan.pdf', 'plan.PDF', 'plan (2).pdf', 'a_b–c  d.pdf', '計画.pdf', undefined, 'v1.2.pdf'].map(nameOf),
  ).toEqual(['Plan', 'plan (2)', 'plan (2) (2)', 'a b c d', 'document', 'document (2)', 'v1 2']);
});
