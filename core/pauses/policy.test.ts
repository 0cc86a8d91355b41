import { expect, it } from 'vitest';
import { approverOf, mayDecide } from './policy.ts';
import type { ApproverPolicy } from './record.ts';

const requester = { userId: 'U1', teamId: 'T1' };

it.each<[ApproverPolicy, string, boolean]>([
  [{ who: 'requester' }, 'U1', true],
  [{ who: 'requester' }, 'U2', false],
  [{ who: 'anyone' }, 'U2', true],
  [{ who: 'people', people: ['U2', 'U3'] }, 'U3', true],
  [{ who: 'people', people: ['U2', 'U3'] }, 'U1', false],
  [{ who: 'people', people: [] }, 'U1', false],
])('G-40 under %j %s may decide: %s', (policy, userId, expected) => {
  expect(mayDecide(policy, requester, userId)).toBe(expected);
});

it.each<[ApproverPolicy, string]>([
  [{ who: 'requester' }, 'U1'],
  [{ who: 'anyone' }, '*'],
  [{ who: 'people', people: ['U2'] }, '*'],
])('%j is found under %s', (policy, expected) => {
  expect(approverOf(policy, requester)).toBe(expected);
});
