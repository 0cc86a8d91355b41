/** Error codes of HTTP/2 by their numbers (RFC 9113, section 7). */
const codes = [
  'no_error',
  'protocol_error',
  'internal_error',
  'flow_control_error',
  'settings_timeout',
  'stream_closed',
  'frame_size_error',
  'refused_stream',
  'cancel',
  'compression_error',
  'connect_error',
  'enhance_your_calm',
  'inadequate_security',
  'http_1_1_required',
] as const;

const named = new RegExp(`\\b(?:nghttp2_)?(${codes.join('|')})\\b`);

/**
 * The HTTP/2 code with which a peer ended a stream or a connection, as Node (`Stream closed with error code
 * NGHTTP2_CANCEL`), undici (`HTTP/2: "GOAWAY" frame received with code 11`) and proxies in Go (`stream error: stream
 * ID 503; REFUSED_STREAM`) tell of it. A stream's number is none (K-CL 6).
 *
 * @param text in lower case
 * @returns the code's name in lower case
 */
export function http2Code(text: string): (typeof codes)[number] | undefined {
  if (!/\bhttp\/?2\b|\bnghttp2_|\bstream error: stream id\b/.test(text)) return undefined;
  const number = /^http\/2: "[a-z ]+" (?:frame )?received (?:with|-) code (\d+)$/m.exec(text)?.[1];
  if (number !== undefined) return codes[Number(number)];
  const name = named.exec(text)?.[1];
  return codes.find((code) => code === name);
}
