import type { IncomingMessage } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip } from 'node:zlib';
import type { WebLimits } from './limits.ts';
import { WebRefusal } from './web-refusal.ts';

export interface Body {
  bytes: Buffer;
  /** There is more than was read. */
  cut: boolean;
}

/**
 * Reads and decompresses a body up to the limit and no further: it counts both what comes in and what
 * decompression makes of it, while it streams, so a small body that unpacks to gigabytes costs no more than the
 * limit.
 *
 * @throws WebRefusal for a compression that was not asked for; the connection's or the decompressor's error
 */
export async function readBody(
  response: IncomingMessage,
  { bodyBytes }: Pick<WebLimits, 'bodyBytes'>,
): Promise<Body> {
  const unpack = decompressorFor(response.headers['content-encoding']);
  const wire = new Counted(response, bodyBytes);
  const plain = unpack
    ? // Errors reach the loop below, which destroys the whole chain when it leaves.
      new Counted(
        pipeline(Readable.from(wire.chunks()), unpack, () => {}),
        bodyBytes,
      )
    : wire;
  const chunks: Buffer[] = [];
  for await (const chunk of plain.chunks()) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), cut: wire.cut || plain.cut };
}

/** The first `limit` bytes of a stream; it is destroyed when there are more. */
class Counted {
  cut = false;
  readonly #source: AsyncIterable<Buffer>;
  readonly #limit: number;
  constructor(source: AsyncIterable<Buffer>, limit: number) {
    this.#source = source;
    this.#limit = limit;
  }
  async *chunks(): AsyncGenerator<Buffer> {
    let left = this.#limit;
    for await (const chunk of this.#source) {
      this.cut = chunk.length > left;
      yield this.cut ? chunk.subarray(0, left) : chunk;
      left -= chunk.length;
      if (this.cut) return;
    }
  }
}

/** Both give what they have when the body ends too early, as browsers do. */
function decompressorFor(encoding: string | undefined) {
  switch (encoding?.trim().toLowerCase() || 'identity') {
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    case 'br':
      return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
    default:
      throw new WebRefusal('The page is compressed in a way that cannot be read.');
  }
}
