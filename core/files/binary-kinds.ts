/** Magic numbers of what people attach and no model reads: `[offset, bytes, what it is]`; the first that fits counts. */
const kinds: readonly [offset: number, magic: string, what: string][] = [
  [0, 'PK\x03\x04', 'zip archive or Office document'],
  [0, 'PK\x05\x06', 'zip archive'],
  [0, '\x1f\x8b', 'gzip archive'],
  [0, '7z\xbc\xaf\x27\x1c', '7-Zip archive'],
  [0, 'Rar!\x1a\x07', 'RAR archive'],
  [0, 'BZh', 'bzip2 archive'],
  [0, '\xfd7zXZ\x00', 'xz archive'],
  [0, '\x28\xb5\x2f\xfd', 'Zstandard archive'],
  [257, 'ustar', 'tar archive'],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'old Office document'],
  [4, 'ftypheic', 'HEIC photo'],
  [4, 'ftypheix', 'HEIC photo'],
  [4, 'ftypmif1', 'HEIC photo'],
  [4, 'ftypavif', 'AVIF image'],
  [4, 'ftypM4A', 'audio'],
  [4, 'ftyp', 'video'],
  [0, '\x1a\x45\xdf\xa3', 'video'],
  [8, 'AVI ', 'video'],
  [8, 'WAVE', 'audio'],
  [0, 'ID3', 'audio'],
  [0, 'OggS', 'audio'],
  [0, 'fLaC', 'audio'],
  [0, 'II*\x00', 'TIFF image'],
  [0, 'MM\x00*', 'TIFF image'],
  [0, 'BM', 'BMP image'],
  [0, '8BPS', 'Photoshop file'],
  [0, 'SQLite format 3\x00', 'SQLite database'],
  [0, '\x7fELF', 'program'],
  [0, 'MZ', 'program'],
];

/** What a file that is neither text nor picture is called, for a sentence to people; undefined where nobody knows. */
export function binaryKind(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 300)).toString('latin1');
  return kinds.find(([offset, magic]) => head.startsWith(magic, offset))?.[2];
}
