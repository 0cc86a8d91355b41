import { expect, test } from 'vitest';
import { viewerOf } from './jump.ts';

const people = new Map([
  ['UBOT', { isBot: true, deleted: false }],
  ['ULEFT', { isBot: false, deleted: true }],
  ['UA', { isBot: false, deleted: false }],
  ['UB', { isBot: false, deleted: false }],
]);

test.each([
  { why: 'who looks already sees it', members: ['UA', 'UB'], ephemeralFor: undefined, user: 'UB', as: 'UB' },
  { why: 'nobody else may see a DM', members: ['UBOT', 'UA'], ephemeralFor: undefined, user: 'UB', as: 'UA' },
  {
    why: 'bots and people who left',
    members: ['UBOT', 'ULEFT', 'UB'],
    ephemeralFor: undefined,
    user: 'UX',
    as: 'UB',
  },
  { why: 'only one person sees it', members: ['UA', 'UB'], ephemeralFor: 'UA', user: 'UB', as: 'UA' },
  { why: 'nobody can', members: ['UBOT'], ephemeralFor: undefined, user: 'UB', as: 'UB' },
])('looks as $as: $why', ({ members, ephemeralFor, user, as }) => {
  const message = ephemeralFor === undefined ? {} : { ephemeralFor };
  expect(viewerOf(message, { members }, user, people)).toBe(as);
});
