import {
  APICallError,
  InvalidResponseDataError,
  JSONParseError,
  LoadAPIKeyError,
  LoadSettingError,
  TypeValidationError,
} from '@ai-sdk/provider';
import { again, type ErrorFixture, final } from './fixture.ts';

const url = 'https://models.example.com/v1/chat/completions?key=topsecret';
const call = (message: string, cause: unknown, rest: { statusCode?: number } = {}) =>
  new APICallError({ message, cause, url, requestBodyValues: {}, isRetryable: true, ...rest });
const withCode = (code: string, message: string) => Object.assign(new Error(message), { code });

/** Node’s `fetch failed`, unwrapped by the SDK. */
const connecting = (code: string, message: string) =>
  call(`Cannot connect to API: ${message}`, withCode(code, message));
/** A body that broke off while it was read. */
const reading = (cause: Error) => call('Failed to process successful response', cause, { statusCode: 200 });

const row = (
  name: string,
  error: unknown,
  expected: ErrorFixture['expected'],
  attempt?: number,
): ErrorFixture => ({
  name,
  error,
  expected,
  ...(attempt === undefined ? {} : { attempt }),
});

export const networkErrors: ErrorFixture[] = [
  row(
    'a refused connection',
    connecting('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5029'),
    again('network'),
  ),
  row('a reset while connecting', connecting('ECONNRESET', 'read ECONNRESET'), again('network')),
  row(
    'a host that cannot be reached',
    connecting('EHOSTUNREACH', 'connect EHOSTUNREACH 10.0.0.9:443'),
    again('network'),
  ),
  row(
    'a connection that takes too long',
    connecting('ETIMEDOUT', 'connect ETIMEDOUT 10.0.0.9:443'),
    again('network'),
  ),
  row(
    'undici’s connect timeout',
    connecting('UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error'),
    again('network'),
  ),
  row(
    'undici’s headers timeout',
    connecting('UND_ERR_HEADERS_TIMEOUT', 'Headers Timeout Error'),
    again('network'),
  ),
  row('a reset in the middle', reading(withCode('ECONNRESET', 'aborted')), again('network')),
  row(
    'the other side closed in the middle',
    reading(new TypeError('terminated', { cause: withCode('UND_ERR_SOCKET', 'other side closed') })),
    again('network'),
  ),
  row(
    'undici’s body timeout',
    reading(withCode('UND_ERR_BODY_TIMEOUT', 'Body Timeout Error')),
    again('network'),
  ),
  row('a body that ended early', new TypeError('terminated'), again('network')),
  row(
    'both families of addresses refused',
    new AggregateError([withCode('ECONNREFUSED', 'a'), withCode('ECONNREFUSED', 'b')]),
    again('network'),
  ),
  row(
    'K-28 an abort that is not ours',
    new DOMException('This operation was aborted', 'AbortError'),
    again('network'),
  ),
  row(
    'K-28 a proxy in Go whose own connection was reset',
    new Error('stream read failed: context canceled'),
    again('network'),
  ),
  // Names.
  row(
    'a resolver that is busy',
    connecting('EAI_AGAIN', 'getaddrinfo EAI_AGAIN models.example.com'),
    again('network'),
  ),
  row(
    'a name that does not resolve',
    connecting('ENOTFOUND', 'getaddrinfo ENOTFOUND models.example.com'),
    again('network'),
    1,
  ),
  row(
    'a name that does not resolve, second try',
    connecting('ENOTFOUND', 'getaddrinfo ENOTFOUND models.example.com'),
    again('network'),
    2,
  ),
  row(
    'a name that does not resolve, third try',
    connecting('ENOTFOUND', 'getaddrinfo ENOTFOUND models.example.com'),
    final('config'),
    3,
  ),
  // Certificates.
  ...(
    [
      ['CERT_HAS_EXPIRED', 'certificate has expired'],
      ['CERT_NOT_YET_VALID', 'certificate is not yet valid'],
      ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
      ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'],
      ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'],
      ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unable to get local issuer certificate'],
      ['ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames"],
      ['ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number'],
    ] as const
  ).map(([code, message]) => row(`TLS: ${code}`, connecting(code, message), final('config'))),
  row(
    'TLS: a handshake that broke',
    connecting('EPROTO', 'write EPROTO handshake failure'),
    again('network'),
    2,
  ),
  row(
    'TLS: a handshake that breaks each time',
    connecting('EPROTO', 'write EPROTO handshake failure'),
    final('config'),
    3,
  ),
  // HTTP/2 (K-CL 6).
  row(
    'HTTP/2: a refused stream',
    withCode('ERR_HTTP2_STREAM_ERROR', 'Stream closed with error code NGHTTP2_REFUSED_STREAM'),
    again('network'),
  ),
  row(
    'HTTP/2: too many requests on one connection',
    reading(withCode('ERR_HTTP2_STREAM_ERROR', 'Stream closed with error code NGHTTP2_ENHANCE_YOUR_CALM')),
    again('network'),
  ),
  row(
    'HTTP/2: undici’s reset',
    reading(withCode('UND_ERR_INFO', 'HTTP/2: "stream error" received - code 8')),
    again('network'),
  ),
  row(
    'HTTP/2: a connection that is given up',
    reading(withCode('UND_ERR_SOCKET', 'HTTP/2: "GOAWAY" frame received with code 0')),
    again('network'),
  ),
  row(
    'HTTP/2: a stream whose number looks like a status',
    new Error('stream error: stream ID 503; INTERNAL_ERROR; received from peer'),
    again('network'),
  ),
  row(
    'HTTP/2: a broken protocol',
    reading(withCode('UND_ERR_SOCKET', 'HTTP/2: "GOAWAY" frame received with code 1')),
    final('unknown'),
  ),
  row(
    'HTTP/2: a stream whose number looks like a status, and a broken protocol',
    new Error('stream error: stream ID 429; PROTOCOL_ERROR; received from peer'),
    final('unknown'),
  ),
  row(
    'HTTP/2: only HTTP/1.1 is spoken',
    withCode('ERR_HTTP2_STREAM_ERROR', 'Stream closed with error code NGHTTP2_HTTP_1_1_REQUIRED'),
    final('unknown'),
  ),
  // Ours.
  row('no key', new LoadAPIKeyError({ message: 'Anthropic API key is missing.' }), final('auth')),
  row('no region', new LoadSettingError({ message: 'AWS region setting is missing.' }), final('config')),
  row(
    'an address that is none',
    call('Failed to parse URL', withCode('ERR_INVALID_URL', 'Invalid URL')),
    final('config'),
  ),
  // An answer that cannot be read: none of its words counts (T-9).
  row(
    'T-9 a chunk of an unknown form that holds words of errors',
    new TypeValidationError({
      value: { text: 'rate limit, quota exceeded, 401 unauthorized' },
      cause: new Error('bad'),
    }),
    again('server'),
  ),
  row(
    'T-9 a chunk that is no JSON',
    new JSONParseError({ text: 'prompt is too long {', cause: new Error('bad') }),
    again('server'),
  ),
  row(
    'T-9 an event out of order that holds a tool’s error',
    new InvalidResponseDataError({
      data: { error: { message: 'quota exceeded', code: 'insufficient_quota' } },
      message: 'Received message_start while another message is open.',
    }),
    again('server'),
  ),
  row(
    'a fifth answer that cannot be read',
    new JSONParseError({ text: '<p>', cause: new Error('bad') }),
    final('config'),
    5,
  ),
  row(
    'half a frame of an event stream',
    new Error('Incomplete Amazon Bedrock event-stream frame: 12 buffered bytes remain.'),
    again('server'),
  ),
  // Numbers and words of ordinary output.
  row(
    'T-9 “0 errors found”',
    new Error('0 errors found, 3 tests failed, see file-not-found-handler.py'),
    final('unknown'),
  ),
  row(
    'T-9 a number that looks like a status',
    new Error('Could not handle item 503 of 529'),
    final('unknown'),
  ),
  row('something unforeseen', new Error('boom'), final('unknown')),
  row('nothing at all', undefined, final('unknown')),
];
