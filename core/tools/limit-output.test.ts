import { expect, test } from 'vitest';
import { limitOutput } from './limit-output.ts';

test.each([
  ['an object', { a: 1, b: undefined }, { a: 1 }],
  ['nothing', undefined, null],
  ['a function', () => 1, null],
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['a string', 'hello', 'hello'],
])('%s becomes what JSON can hold', (_name, value, expected) => {
  expect(limitOutput(value)).toEqual(expected);
});

test('K-31 a huge result keeps its first two thirds and its last third, with a marker that counts', () => {
  const text = `begin ${'x'.repeat(2_000_000)} end`;
  const cut = String(limitOutput(text));
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(64 * 1024);
  expect(Buffer.byteLength(cut)).toBeGreaterThan(64 * 1024 - 100);
  expect(cut.startsWith('begin xxx')).toBe(true);
  expect(cut.endsWith('xxx end')).toBe(true);
  const [head = '', left = '', tail = ''] = cut.split(/\n\n\[… (\d+) of 2000010 bytes left out …\]\n\n/);
  expect(head.length / tail.length).toBeCloseTo(2, 2);
  expect(head.length + Number(left) + tail.length).toBe(2_000_010);
});

test('a huge object becomes text', () => {
  expect(limitOutput({ list: Array.from({ length: 50 }, (_, n) => n) }, 100)).toMatch(
    /^\{"list":\[0,1,.*left out/s,
  );
});

test('characters of several bytes stay whole', () => {
  for (let limit = 200; limit < 212; limit++) {
    const cut = String(limitOutput('€🦥'.repeat(200), limit));
    expect(cut).not.toContain('\uFFFD');
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit);
  }
});

test('what JSON cannot hold is an error', () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  expect(() => limitOutput(cycle)).toThrow(TypeError);
});
