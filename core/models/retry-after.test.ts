import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-11-06T12:00:00Z');
const read = (headers: Record<string, string>, text = '') => retryAfterMs({ headers, text }, now);
const DAY_MS = 86_400_000;

test.each<[string, Record<string, string>, number | undefined]>([
  ['seconds', { 'retry-after': '20' }, 20_000],
  ['a fraction of a second', { 'retry-after': '0.25' }, 250],
  ['an HTTP date', { 'retry-after': 'Fri, 06 Nov 2026 12:00:30 GMT' }, 30_000],
  ['a date that has passed', { 'retry-after': 'Fri, 06 Nov 2026 11:00:00 GMT' }, 0],
  ['milliseconds', { 'retry-after-ms': '1500' }, 1_500],
  ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
  ['seconds behind milliseconds that are none', { 'retry-after-ms': 'x', 'retry-after': '9' }, 9_000],
  ['nothing', {}, undefined],
  ['nonsense', { 'retry-after': 'soon' }, undefined],
  ['a negative number', { 'retry-after': '-5' }, undefined],
  ['more than a day', { 'retry-after': '9999999' }, DAY_MS],
  ['a date of the next century', { 'retry-after': 'Fri, 06 Nov 2126 12:00:00 GMT' }, DAY_MS],
  ['Retry-After before resets', { 'retry-after': '3', ...reset('x', '-tokens', '0', '1m') }, 3_000],
  ['OpenAI’s seconds', reset('x', '-requests', '0', '1s'), 1_000],
  ['OpenAI’s minutes', reset('x', '-tokens', '0', '6m0s'), 360_000],
  ['OpenAI’s milliseconds', reset('x', '-tokens', '0', '59.9ms'), 60],
  ['OpenAI’s hours', reset('x', '-requests', '0', '8h0m1.5s'), 28_801_500],
  ['a reset of what is left', reset('x', '-tokens', '12', '6m0s'), undefined],
  ['a reset of what nobody knows', reset('x', '-tokens', '-1', '6m0s'), undefined],
  ['a reset without what remains', { 'x-ratelimit-reset-tokens': '6m0s' }, undefined],
  ['Azure’s plain seconds', reset('x', '-tokens', '0', '7'), 7_000],
  ['OpenRouter’s epoch milliseconds', reset('x', '', '0', String(now + 5_000)), 5_000],
  ['epoch seconds', reset('anthropic', '-unified', '0', String(now / 1_000 + 5)), 5_000],
  ['Anthropic’s date', reset('anthropic', '-input-tokens', '0', '2026-11-06T12:00:09Z'), 9_000],
  ['Anthropic’s date that has passed', reset('anthropic', '-requests', '0', '2026-11-06T11:59:09Z'), 0],
  [
    'the later of two resets',
    { ...reset('x', '-requests', '0', '1s'), ...reset('x', '-tokens', '0', '2s') },
    2_000,
  ],
  ['a reset that is nonsense', reset('x', '-tokens', '0', 'soon'), undefined],
])('reads %s', (_name, headers, expected) => {
  expect(read(headers)).toBe(expected);
});

function reset(family: 'x' | 'anthropic', of: string, remaining: string, at: string): Record<string, string> {
  const name = (what: string) =>
    family === 'x' ? `x-ratelimit-${what}${of}` : `anthropic-ratelimit${of}-${what}`;
  return { [name('remaining')]: remaining, [name('reset')]: at };
}

test.each([
  ['please try again in 20s.', 20_000],
  ['please try again in 9.816s. see the page', 9_816],
  ['please try again in 494ms', 494],
  ['please try again in 1m2.5s.', 62_500],
  ['please retry after 86400 seconds', DAY_MS],
  ['please retry after 1 second.', 1_000],
  ['try again later', undefined],
  ['try again in 5 minutes', undefined],
  ['try again in 12 steps', undefined],
])('reads the words “%s”', (text, expected) => {
  expect(read({}, text)).toBe(expected);
});

describe('whatever is sent', () => {
  const seconds = fc.integer({ min: 0, max: 86_400 });

  test('a wait is the same in each form', () => {
    fc.assert(
      fc.property(seconds, (wait) => {
        const [h, m, s] = [Math.floor(wait / 3_600), Math.floor((wait % 3_600) / 60), wait % 60];
        const forms: Record<string, string>[] = [
          { 'retry-after': String(wait) },
          { 'retry-after-ms': String(wait * 1_000) },
          { 'retry-after': new Date(now + wait * 1_000).toUTCString() },
          reset('x', '-tokens', '0', `${h}h${m}m${s}s`),
          reset('x', '-tokens', '0', String(wait)),
          reset('x', '', '0', String(now + wait * 1_000)),
          reset('anthropic', '-tokens', '0', new Date(now + wait * 1_000).toISOString()),
        ];
        for (const headers of forms) expect(read(headers)).toBe(wait * 1_000);
      }),
    );
  });

  test('it is nothing, or between now and a day', () => {
    const names = ['retry-after', 'retry-after-ms', 'x-ratelimit-remaining', 'x-ratelimit-reset'];
    const value = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.constant('0'));
    const headers = fc.dictionary(fc.constantFrom(...names), value);
    fc.assert(
      fc.property(headers, fc.string(), (sent, text) => {
        const wait = read(sent, text);
        expect(wait === undefined || (wait >= 0 && wait <= DAY_MS)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
