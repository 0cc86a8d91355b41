import { expect, test } from 'vitest';
import { channel, person } from '../../store/fixtures.ts';
import { type Sources, suggestionsFor } from './suggestions.ts';
import { typedToken } from './typed-token.ts';

test.each([
  ['@re', { sign: '@', word: 're', from: 0 }],
  ['ask @', { sign: '@', word: '', from: 4 }],
  ['(#gen', { sign: '#', word: 'gen', from: 1 }],
  ['done :ey', { sign: ':', word: 'ey', from: 5 }],
  ['/slu', { sign: '/', word: 'slu', from: 0 }],
  ['mail@re', undefined],
  ['at 10:30', undefined],
  [':)', undefined],
  ['not /slu', undefined],
  ['/sluice ask', undefined],
])('in %j the end of the text is completed as %j', (text, token) => {
  expect(typedToken(text, text.length)).toEqual(token);
});

const sources: Sources = {
  me: 'U1',
  members: new Set(['U1', 'U2', 'UBOT']),
  people: [
    person({ id: 'U1', name: 'requester' }),
    person({ id: 'U3', name: 'remote' }),
    person({ id: 'U2', name: 'reviewer' }),
    person({ id: 'UBOT', name: 'relay', isBot: true }),
  ],
  groups: [{ id: 'S1', teamId: 'T1', handle: 'release', name: 'Release', members: ['U2'], deleted: false }],
  channels: [channel({ id: 'C1', name: 'general' }), channel({ id: 'C2', name: 'gone', archived: true })],
  commands: [
    {
      command: '/sluice',
      url: null,
      description: 'Ask Sluice',
      usageHint: '[ask]',
      shouldEscape: true,
      appName: 'sluice',
    },
  ],
};
const labels = (text: string): string[] =>
  suggestionsFor(typedToken(text, text.length), sources).map(({ label }) => label);

test('names: apps, members, others, groups; never oneself', () => {
  expect(labels('@re')).toEqual(['@relay', '@reviewer', '@remote', '@release']);
});

test('everybody only when asked for', () => {
  expect(labels('@')).not.toContain('@here');
  expect(labels('@he')).toEqual(['@here']);
});

test('channels without archived ones; emoji; commands with their hint', () => {
  expect(labels('#g')).toEqual(['#general']);
  expect(labels(':rock')).toEqual([':rocket:']);
  expect(suggestionsFor(typedToken('/s', 2), sources)).toMatchObject([
    { insert: '/sluice', note: '[ask] · Ask Sluice · sluice' },
  ]);
});
