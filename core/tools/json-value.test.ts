import { expect, test } from 'vitest';
import { jsonValue } from './json-value.ts';

test.each([
  ['an object', { a: 1, b: undefined }, { a: 1 }],
  ['nothing', undefined, null],
  ['a function', () => 1, null],
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['a string', 'hello', 'hello'],
  ['a large number', 2 ** 60, 2 ** 60],
  ['what is no number', { n: Number.NaN }, { n: null }],
])('%s becomes what JSON can hold', (_name, value, expected) => {
  expect(jsonValue(value)).toEqual(expected);
});

function cycle(): unknown {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  return circle;
}

function deep(): unknown {
  let value: unknown = 1;
  for (let level = 0; level < 100_000; level++) value = [value];
  return value;
}

test.each([
  ['a BigInt', 10n, /^holds a number of the type BigInt, which JSON cannot$/],
  ['a BigInt inside', { user: { id: 10n } }, /BigInt at `id`/],
  ['a Buffer', { file: Buffer.from('pdf') }, /binary data at `file`/],
  ['bytes', new Uint8Array(3), /^holds binary data/],
  ['an ArrayBuffer', [new ArrayBuffer(3)], /binary data at `0`/],
  ['a Blob', new Blob(['x']), /binary data/],
  ['a Map', new Map([['a', 1]]), /a Map or Set/],
  ['a circle', cycle(), /^refers to itself in a circle$/],
  ['endless nesting', deep(), /nested too deeply/],
  [
    'a toJSON that throws',
    {
      toJSON() {
        throw new Error('no such thing');
      },
    },
    /^cannot be written as JSON \(no such thing\)$/,
  ],
])('%s is refused, and the message says why', (_name, value, message) => {
  expect(() => jsonValue(value)).toThrow(TypeError);
  expect(() => jsonValue(value)).toThrow(message);
});
