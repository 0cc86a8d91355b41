export type ImageType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

/** Pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/**
 * Reads an image's size and looks whether its end is there. A provider refuses a request for one image that it cannot
 * decode, and the image would be in every later request too.
 *
 * @param bytes what begins with the magic number of `mediaType`
 * @returns undefined for an image that is damaged or cut
 */
export function readImageSize(bytes: Uint8Array, mediaType: ImageType): ImageSize | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = readers[mediaType](buffer);
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

const readers: Record<ImageType, (bytes: Buffer) => ImageSize | undefined> = {
  /** The first chunk is IHDR, the last IEND (PNG specification, 5.6). */
  'image/png': (bytes) => {
    if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
    if (bytes.lastIndexOf('IEND', undefined, 'latin1') < 24) return undefined;
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  },
  'image/gif': (bytes) => {
    if (bytes.length < 14) return undefined;
    return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  },
  'image/jpeg': readJpegSize,
  'image/webp': readWebpSize,
};

/** Walks the segments to the frame header (ITU-T T.81, B.1.1.3 and B.2.2). */
function readJpegSize(bytes: Buffer): ImageSize | undefined {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    // A marker may be preceded by fill bytes; a few have no segment.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (bytes.lastIndexOf(Buffer.of(0xff, 0xd9)) < at) return undefined;
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    } else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** A RIFF file whose first chunk says how it is coded (RFC 9649). */
function readWebpSize(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 30 || bytes.readUInt32LE(4) + 8 > bytes.length) return undefined;
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}
