import { expect, test } from 'vitest';
import { formatBytes } from '../conversation/format-bytes.ts';
import { initials } from './initials.ts';

test.each([
  ['requester', 'RQ'],
  ['reviewer', 'RV'],
  ['On Call', 'OC'],
  ['x', 'X'],
])('%s is drawn as %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_200, '1.2 kB'],
  [34_000_000, '34 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
