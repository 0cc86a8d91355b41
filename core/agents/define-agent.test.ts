import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineTool } from '../tools/define-tool.ts';
import { type AgentDefinition, defineAgent, defineAgents, situationOf } from './define-agent.ts';

const look = defineTool({
  name: 'look',
  description: 'Looks.',
  input: z.object({}),
  effect: 'read',
  run: async () => 'seen',
});
const post = defineTool({
  name: 'post',
  description: 'Posts.',
  input: z.object({ text: z.string() }),
  effect: 'customer_facing',
  run: async () => 'posted',
});

function define(overrides: Partial<AgentDefinition> = {}) {
  return defineAgent({ name: 'helper', instructions: ' Help. ', tools: [look], ...overrides });
}

test('an agent with its defaults', () => {
  expect(define()).toMatchObject({
    name: 'helper',
    instructions: 'Help.',
    approval: { autonomy: 'ask_before_write', approvers: { who: 'requester' }, tools: {} },
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(define()).not.toHaveProperty('model');
});

test('the digest follows what decides how the agent behaves', () => {
  const same = define();
  expect(define().digest).toBe(same.digest);
  const described = defineTool({
    name: 'look',
    description: 'Looks closer.',
    input: z.object({}),
    effect: 'read',
    run: async () => '',
  });
  const wider = defineTool({
    name: 'look',
    description: 'Looks.',
    input: z.object({ at: z.string() }),
    effect: 'read',
    run: async () => '',
  });
  for (const other of [
    define({ name: 'other' }),
    define({ instructions: 'Help!' }),
    define({ model: 'demo' }),
    define({ effort: 'high' }),
    define({ effort: 'low' }),
    define({ webSearch: {} }),
    define({ webSearch: { allowedDomains: ['example.com'] } }),
    define({ tools: [look, post] }),
    define({ tools: [described] }),
    define({ tools: [wider] }),
    define({ approval: { autonomy: 'full_auto' } }),
  ])
    expect(other.digest).not.toBe(same.digest);
});

test.each<[string, Partial<AgentDefinition>, RegExp]>([
  ['a name in capitals', { name: 'Helper' }, /lower-case/],
  ['no instructions', { instructions: '  ' }, /needs instructions/],
  ['a model nobody knows', { model: 'gpt-9' }, /`gpt-9` is no model/],
  ['an effort nobody knows', { effort: 'extreme' as 'max' }, /effort `extreme` must be one of none, minimal/],
  [
    'domains allowed and blocked',
    { webSearch: { allowedDomains: ['a.com'], blockedDomains: ['b.com'] } },
    /`allowedDomains` or `blockedDomains`, not both/,
  ],
  ['a search of no domain', { webSearch: { allowedDomains: [] } }, /empty list of domains/],
  ['an address for a domain', { webSearch: { blockedDomains: ['https://a.com'] } }, /is no domain/],
  ['two tools of one name', { tools: [look, look] }, /two of its tools are named `look`/],
  [
    'a rule for a tool it does not have',
    { approval: { tools: { lok: { ask: true } } } },
    /names `lok`, which is none of its tools \(look\)/,
  ],
  [
    'read_only with a tool that writes',
    { tools: [post], approval: { autonomy: 'read_only' } },
    /`post` is customer_facing/,
  ],
  [
    'approvers without a person',
    { approval: { approvers: { who: 'people', people: [] } } },
    /at least one person/,
  ],
  [
    'an approver by name',
    { approval: { tools: { look: { approvers: { who: 'people', people: ['ana'] } } } } },
    /`ana` is no Slack user id/,
  ],
])('%s is refused with a sentence', (_name, overrides, message) => {
  expect(() => define(overrides)).toThrow(message);
});

test('agents: the first is the default, names are unique, there is one at least', () => {
  const [one, two] = [define(), define({ name: 'second' })];
  expect(defineAgents([one, two])).toEqual([one, two]);
  expect(() => defineAgents([one, define()])).toThrow(/Two agents are named `helper`/);
  expect(() => defineAgents([])).toThrow(/at least one/);
});

test('the situation names place, person and day, and is the same all day', () => {
  const turn = {
    channel: 'C1',
    threadTs: '1700000000.000100',
    requester: { userId: 'U1', teamId: 'T1' },
    createdAt: Date.parse('2026-11-06T09:00:00Z'),
  };
  const text = situationOf(turn);
  for (const part of ['2026-11-06', '<#C1>', '<@U1> asks', '1700000000.000100']) expect(text).toContain(part);
  expect(situationOf({ ...turn, createdAt: Date.parse('2026-11-06T23:59:59Z') })).toBe(text);
  expect(situationOf({ ...turn, channel: 'D1' })).toContain('a direct message');
});
