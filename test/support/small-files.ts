import { crc32, deflateSync } from 'node:zlib';

/** Little files of the kinds that people attach, made of their parts. */

/** A PNG of one colour. */
export function png(width = 3, height = 2): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits per channel, true colour.
  header.set([8, 2], 8);
  const row = Buffer.alloc(1 + Math.min(width, 100) * 3);
  const rows = deflateSync(Buffer.concat(Array.from({ length: Math.min(height, 100) }, () => row)));
  const parts = [pngChunk('IHDR', header), pngChunk('IDAT', rows), pngChunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The segments of a JPEG: an application's, the frame header, the scan and the end. */
export function jpeg(width = 3, height = 2): Buffer {
  const segment = (marker: number, data: Buffer) => {
    const head = Buffer.of(0xff, marker, 0, 0);
    head.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([head, data]);
  };
  const frame = Buffer.of(8, 0, 0, 0, 0, 1, 1, 0x11, 0);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  return Buffer.concat([
    Buffer.of(0xff, 0xd8),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, frame),
    segment(0xda, Buffer.of(1, 1, 0, 0, 63, 0)),
    Buffer.of(0x12, 0x34, 0xff, 0xd9),
  ]);
}

/** One transparent pixel. */
export const gif = (): Buffer =>
  Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** One pixel, lossless. */
export const webp = (): Buffer => Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');

/** One empty page. */
export function pdf(trailer = ''): Buffer {
  const objects = [
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj',
  ];
  const body = `%PDF-1.4\n${objects.join('\n')}\n`;
  return Buffer.from(`${body}trailer<</Root 1 0 R/Size 4${trailer}>>\nstartxref\n${body.length}\n%%EOF\n`);
}

/** The beginning and the end of an empty zip archive with a NUL or two, as all archives have them. */
export const zip = (): Buffer =>
  Buffer.from(`PK\x03\x04\x14${'\0'.repeat(30)}PK\x05\x06${'\0'.repeat(18)}`, 'latin1');
