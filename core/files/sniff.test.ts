import { describe, expect, it } from 'vitest';
import { gif, jpeg, pdf, png, webp, zip } from '../../test/support/small-files.ts';
import { sniffFile } from './sniff.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

describe('56 a file is what its bytes say', () => {
  it.each([
    ['a PNG', png(3, 2), { type: 'image', mediaType: 'image/png', width: 3, height: 2 }],
    ['a JPEG', jpeg(640, 480), { type: 'image', mediaType: 'image/jpeg', width: 640, height: 480 }],
    ['a GIF', gif(), { type: 'image', mediaType: 'image/gif', width: 1, height: 1 }],
    ['a WebP', webp(), { type: 'image', mediaType: 'image/webp', width: 1, height: 1 }],
    ['a PDF', pdf(), { type: 'pdf' }],
    ['text', Buffer.from('naïve 計画 😀\r\n\tend'), { type: 'text', text: 'naïve 計画 😀\r\n\tend' }],
    ['text with a byte order mark', Buffer.from('\uFEFFa,b'), { type: 'text', text: 'a,b' }],
    ['UTF-16, little end first', Buffer.from('\uFEFFäb', 'utf16le'), { type: 'text', text: 'äb' }],
    ['UTF-16, big end first', utf16be('\uFEFFäb'), { type: 'text', text: 'äb' }],
    ['a coloured log', bytes('\x1b[31merror\x1b[0m\n'), { type: 'text', text: '\x1b[31merror\x1b[0m\n' }],
    ['SVG, which is text', bytes(svg), { type: 'text', text: svg }],
    ['HTML, which is text', bytes('<!DOCTYPE html><p>hi'), { type: 'text', text: '<!DOCTYPE html><p>hi' }],
    ['text that begins like a program', bytes('MZ is a text\n'), { type: 'text', text: 'MZ is a text\n' }],
    ['nothing', Buffer.alloc(0), { type: 'empty' }],
    ['a byte order mark alone', Buffer.from('\uFEFF'), { type: 'empty' }],
    ['text with NULs', bytes('a\0b'), { type: 'binary' }],
    ['UTF-16 that does not say so', Buffer.from('plain', 'utf16le'), { type: 'binary' }],
    ['control characters that happen to decode', bytes('\x01\x02\x03\x04abc'), { type: 'binary' }],
    ['Latin-1', bytes('caf\xe9 cr\xe8me\n'), { type: 'encoding' }],
    ['a zip', zip(), { type: 'binary', what: 'zip archive or Office document' }],
    ['a photo of a telephone', bytes('\0\0\0\x18ftypheic\0\0\0\0'), { type: 'binary', what: 'HEIC photo' }],
    ['a film', bytes('\0\0\0\x18ftypisom\0\0\0\0'), { type: 'binary', what: 'video' }],
    ['a tar archive', bytes(`a.txt${'\0'.repeat(252)}ustar\0`), { type: 'binary', what: 'tar archive' }],
    ['gzip', bytes('\x1f\x8b\x08\0\xff'), { type: 'binary', what: 'gzip archive' }],
    ['random bytes', bytes('\x93\x00\x17\xfe\xc0'), { type: 'binary' }],
  ])('%s', (_what, data, expected) => {
    expect(sniffFile(data)).toEqual(expected);
  });

  it.each([
    ['a PNG with a zip behind it', Buffer.concat([png(), zip()]), 'image/png'],
    ['a GIF with a script in it', Buffer.concat([gif(), bytes('<script>alert(1)</script>')]), 'image/gif'],
    ['a JPEG with a PDF behind it', Buffer.concat([jpeg(), pdf()]), 'image/jpeg'],
  ])('a polyglot goes by its first bytes: %s', (_what, data, mediaType) => {
    expect(sniffFile(data)).toMatchObject({ type: 'image', mediaType });
  });

  it.each([
    ['a PNG cut in its middle', png().subarray(0, 40), 'PNG image'],
    ['a PNG that is only its magic number', png().subarray(0, 8), 'PNG image'],
    ['a PNG without width', png(0, 2), 'PNG image'],
    ['a JPEG without its end', jpeg().subarray(0, -2), 'JPEG image'],
    ['a JPEG whose frame is missing', jpeg().subarray(0, 40), 'JPEG image'],
    ['bytes after a JPEG’s magic number', bytes('\xff\xd8\xffjunk junk junk'), 'JPEG image'],
    ['a GIF that is only its header', gif().subarray(0, 10), 'GIF image'],
    ['a WebP cut in its middle', webp().subarray(0, 31), 'WebP image'],
    ['a PDF without its trailer', pdf().subarray(0, 60), 'PDF'],
  ])('no request goes out with %s', (_what, data, what) => {
    expect(sniffFile(data)).toEqual({ type: 'damaged', what });
  });

  it('tells an encrypted PDF, and none that only speaks of it', () => {
    expect(sniffFile(pdf('/Encrypt 9 0 R'))).toEqual({ type: 'encrypted' });
    expect(sniffFile(pdf('/Title(How /Encrypt works)'))).toEqual({ type: 'pdf' });
  });

  it('takes bytes that are a part of a larger buffer', () => {
    const whole = Buffer.concat([bytes('\0\0\0'), png(5, 4), bytes('\0\0')]);
    expect(sniffFile(whole.subarray(3, -2))).toMatchObject({ width: 5, height: 4 });
  });
});
