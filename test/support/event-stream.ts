import { crc32 } from 'node:zlib';

/**
 * One frame of AWS's binary event stream (application/vnd.amazon.eventstream): lengths, headers, JSON payload and
 * two checksums.
 *
 * @param type the event's name, or the exception's where `exception` is set
 */
export function eventStreamFrame(type: string, payload: unknown, exception = false): Buffer {
  const headers = Buffer.concat([
    stringHeader(':message-type', exception ? 'exception' : 'event'),
    stringHeader(exception ? ':exception-type' : ':event-type', type),
    stringHeader(':content-type', 'application/json'),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + headers.length + body.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const checked = Buffer.concat([prelude, checksum(prelude), headers, body]);
  return Buffer.concat([checked, checksum(checked)]);
}

function stringHeader(name: string, value: string): Buffer {
  const length = Buffer.alloc(3);
  length.writeUInt8(7, 0);
  length.writeUInt16BE(Buffer.byteLength(value), 1);
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    length,
    Buffer.from(value),
  ]);
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes), 0);
  return sum;
}
