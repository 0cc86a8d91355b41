import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

test.each<[string, Buffer, string | undefined, string]>([
  ['UTF-8 without any word', Buffer.from('grün 日本 😀'), undefined, 'grün 日本 😀'],
  ['UTF-8 as declared', Buffer.from('grün'), 'utf-8', 'grün'],
  ['Latin-1 as declared', latin('grün'), 'iso-8859-1', 'grün'],
  ['Shift_JIS as declared', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), 'shift_jis', '日本'],
  ['GBK as declared', Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), 'gbk', '你好'],
  ['KOI8-R as declared', Buffer.from([0xd0, 0xd2, 0xc9]), 'koi8-r', 'при'],
  ['Latin-1 that says nothing', latin('grün “'.replace('“', '\x93')), undefined, 'grün “'],
  ['Latin-1 that says it is UTF-8', latin('grün'), 'utf-8', 'gr\ufffdn'],
  ['a charset nobody knows', Buffer.from('grün'), 'x-made-up', 'grün'],
  ['a mark outranks the header', Buffer.from('\ufeffgrün'), 'iso-8859-1', 'grün'],
  ['UTF-16 LE by its mark', Buffer.from('\ufeffgrün', 'utf16le'), undefined, 'grün'],
  ['UTF-16 BE by its mark', utf16be('\ufeffgrün'), undefined, 'grün'],
  ['meta charset', latin('<meta charset="iso-8859-2"><p>\xb1'), undefined, '<meta charset="iso-8859-2"><p>ą'],
  [
    'meta http-equiv',
    latin('<META http-equiv=Content-Type content="text/html; charset=windows-1251">\xcf'),
    undefined,
    '<META http-equiv=Content-Type content="text/html; charset=windows-1251">П',
  ],
  ['the header outranks meta', Buffer.from('<meta charset=koi8-r>ü'), 'utf-8', '<meta charset=koi8-r>ü'],
  [
    'meta that says UTF-16 cannot be',
    Buffer.from('<meta charset=utf-16>ü'),
    undefined,
    '<meta charset=utf-16>ü',
  ],
  [
    'XML prologue',
    latin('<?xml version="1.0" encoding="ISO-8859-1"?>\xfc'),
    undefined,
    '<?xml version="1.0" encoding="ISO-8859-1"?>ü',
  ],
  ['a last character cut in half', Buffer.from('ab😀').subarray(0, 4), undefined, 'ab'],
  ['a last character cut in half, as declared', Buffer.from('abü').subarray(0, 3), 'utf-8', 'ab'],
  ['nothing', Buffer.alloc(0), undefined, ''],
])('%s', (_name, bytes, declared, text) => {
  expect(decodeText(bytes, declared)).toBe(text);
});
