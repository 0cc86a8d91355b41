import { expect, test } from 'vitest';
import type { ApproverPolicy } from '../pauses/record.ts';
import {
  type ApprovalRules,
  type Autonomy,
  approverPolicy,
  defaultApproval,
  needsApproval,
} from './approval.ts';
import type { Effect } from './define-tool.ts';

const agent = (approval: Partial<ApprovalRules> = {}) => ({ approval: { ...defaultApproval, ...approval } });

test.each<[Autonomy, Effect, boolean]>([
  ['read_only', 'read', false],
  ['read_only', 'internal_write', true],
  ['read_only', 'customer_facing', true],
  ['ask_before_write', 'read', false],
  ['ask_before_write', 'internal_write', true],
  ['ask_before_write', 'customer_facing', true],
  ['full_auto', 'read', false],
  ['full_auto', 'internal_write', false],
  ['full_auto', 'customer_facing', true],
])('%s, %s: asks %s (P-27: what others see is always asked about)', (autonomy, effect, asks) => {
  expect(needsApproval(agent({ autonomy }), { name: 'x', effect })).toBe(asks);
});

test('a rule adds a question and takes none away', () => {
  const rules = agent({ autonomy: 'full_auto', tools: { look: { ask: true }, post: { ask: false } } });
  expect(needsApproval(rules, { name: 'look', effect: 'read' })).toBe(true);
  expect(needsApproval(rules, { name: 'post', effect: 'customer_facing' })).toBe(true);
});

const people = (...ids: string[]): ApproverPolicy => ({ who: 'people', people: ids });

test.each<[string, ApprovalRules['tools'], string[], ApproverPolicy]>([
  ['no rule: the asker', {}, ['a'], { who: 'requester' }],
  ['a tool’s own rule', { a: { approvers: { who: 'anyone' } } }, ['a'], { who: 'anyone' }],
  ['two tools: the stricter', { a: { approvers: { who: 'anyone' } } }, ['a', 'b'], { who: 'requester' }],
  ['named people are strictest', { b: { approvers: people('U1') } }, ['a', 'b'], people('U1')],
  [
    'who stands on both lists',
    { a: { approvers: people('U1', 'U2') }, b: { approvers: people('U2', 'U3') } },
    ['a', 'b'],
    people('U2'),
  ],
  [
    'nobody on both lists: the first',
    { a: { approvers: people('U1') }, b: { approvers: people('U3') } },
    ['a', 'b'],
    people('U1'),
  ],
  ['no tool at all', {}, [], { who: 'requester' }],
])('approverPolicy: %s', (_name, tools, names, expected) => {
  expect(approverPolicy(agent({ tools }), names)).toEqual(expected);
});
