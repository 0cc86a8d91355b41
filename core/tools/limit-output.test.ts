import { expect, test } from 'vitest';
import { limitOutput, outputBytes, partOf } from './limit-output.ts';

const LIMIT = 64 * 1024;
const REF = 't1/1-call_1';
const marker =
  /\n\n\[… Bytes (\d+) to (\d+) of (\d+) are left out here\. To read them, call read_output with (\{[^}]*\})\. …\]\n\n/;

test('K-31 a huge result keeps its first two thirds and its last third; the marker says how to read the rest', () => {
  const text = `begin ${'x'.repeat(2_000_000)} end`;
  const { value, whole } = limitOutput(text, LIMIT, REF);
  const cut = String(value);
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(LIMIT);
  expect(Buffer.byteLength(cut)).toBeGreaterThan(LIMIT - 100);
  const [head = '', from, to, bytes, input, tail = ''] = cut.split(marker);
  expect(head).toMatch(/^begin x+$/);
  expect(tail).toMatch(/^x+ end$/);
  expect(head.length / tail.length).toBeCloseTo(2, 2);
  expect([Number(from), Number(to), Number(bytes)]).toEqual([
    head.length,
    text.length - tail.length,
    text.length,
  ]);
  expect(JSON.parse(String(input))).toEqual({ ref: REF, offset: head.length });
  expect(whole).toEqual({ text, bytes: 2_000_010 });
});

test('58 what fits stays as it is', () => {
  const value = { list: [1, 2, 3] };
  expect(limitOutput(value, outputBytes(value), REF)).toEqual({ value });
  expect(limitOutput('"'.repeat(100), 100, REF)).toEqual({ value: '"'.repeat(100) });
});

test('a huge object becomes text, and its whole is its JSON', () => {
  const value = { list: Array.from({ length: 500 }, (_, n) => n) };
  const limited = limitOutput(value, 400, REF);
  expect(limited.value).toMatch(/^\{"list":\[0,1,.*left out here.*498,499\]\}$/s);
  expect(limited.whole?.text).toBe(JSON.stringify(value));
});

test('characters of several bytes stay whole', () => {
  for (let limit = 400; limit < 412; limit++) {
    const cut = String(limitOutput('€🦥'.repeat(200), limit, REF).value);
    expect(cut).not.toContain('\uFFFD');
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit);
  }
});

test('parts join to the whole, whatever their length', () => {
  const text = 'a€🦥é'.repeat(50);
  for (const length of [1, 2, 3, 4, 5, 17, 10_000]) {
    let read = '';
    for (let offset = 0; ; ) {
      const part = partOf(text, offset, length);
      expect(part.from).toBe(offset);
      read += part.text;
      if (part.to === part.bytes) break;
      expect(part.to).toBeGreaterThan(offset);
      offset = part.to;
    }
    expect(read).toBe(text);
  }
});

test.each([
  ['in the middle of a character', 2, { text: '€', from: 0 }],
  ['at the end', 3, { text: '', from: 3 }],
  ['behind the end', 99, { text: '', from: 3 }],
])('a part that begins %s', (_name, offset, expected) => {
  expect(partOf('€', offset, 10)).toMatchObject({ ...expected, to: 3, bytes: 3 });
});
