import { expect, it } from 'vitest';
import { sanitizeFileName } from './names.ts';

it.each([
  ['a plain name', 'plan.pdf', 'plan.pdf'],
  ['letters of all scripts', 'Übersicht 計画.pdf', 'Übersicht 計画.pdf'],
  ['a bidirectional override', 'invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['bidirectional isolates', 'a\u2066b\u2069.txt', 'ab.txt'],
  ['zero-width characters', 'pa\u200Bss\u200D\uFEFFword.txt', 'password.txt'],
  ['control characters and line breaks', 'a\r\nb\u0000\u001B[31mc\u0085.txt', 'a b [31mc .txt'],
  ['separators of lines and paragraphs', 'a\u2028b\u2029c', 'a b c'],
  ['a path', '../../etc/passwd', '.._.._etc_passwd'],
  ['a Windows path', 'C:\\temp\\a.txt', 'C:_temp_a.txt'],
  ['a mention', '<!channel>.txt', '_!channel_.txt'],
  ['half an emoji', 'a\uD83D.txt', 'a\uFFFD.txt'],
  ['a decomposed letter', 'u\u0308.txt', 'ü.txt'],
  ['nothing', '', 'file'],
  ['only invisible characters', '\u200B\u202E', 'file'],
  ['the folder above', '..', 'file'],
])('85 %s', (_what, name, expected) => {
  expect(sanitizeFileName(name)).toBe(expected);
});

it.each([
  ['a long name keeps its extension', `${'n'.repeat(400)}.pdf`, /^n{195}…\.pdf$/],
  ['a long ending is no extension', `a.${'n'.repeat(400)}`, /^a\.n{197}…$/],
  ['no character is cut in two', `${'n'.repeat(194)}😀${'n'.repeat(50)}.pdf`, /^n{194}…\.pdf$/],
])('85 %s', (_what, name, expected) => {
  const clean = sanitizeFileName(name);
  expect(clean).toMatch(expected);
  expect(clean.length).toBeLessThanOrEqual(200);
  expect(clean.isWellFormed()).toBe(true);
});
