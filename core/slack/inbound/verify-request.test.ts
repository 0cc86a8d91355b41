import { describe, expect, it } from 'vitest';
import { type SignedRequest, signatureOf, type Verification, verifyRequest } from './verify-request.ts';

// The vector of Slack's documentation on signed requests.
const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const timestamp = '1531420618';
const body = Buffer.from(
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
);
const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
const now = Number(timestamp) * 1000;
const good: SignedRequest = { timestamp, signature, body };

describe('verifyRequest', () => {
  it("knows the vector of Slack's documentation", () => {
    expect(signatureOf(secret, timestamp, body)).toBe(signature);
    expect(verifyRequest(good, secret, now)).toBe('valid');
  });

  it('accepts bytes that are not UTF-8 when they are signed as they are', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    const signed = { timestamp, body: bytes, signature: signatureOf(secret, timestamp, bytes) };
    expect(verifyRequest(signed, secret, now)).toBe('valid');
    const replaced = Buffer.from(bytes.toString('utf8'));
    expect(verifyRequest({ ...signed, body: replaced }, secret, now)).toBe('bad_signature');
  });

  const cases: [string, Partial<SignedRequest>, Verification][] = [
    ['no signature', { signature: undefined }, 'missing_headers'],
    ['no timestamp', { timestamp: undefined }, 'missing_headers'],
    ['empty headers', { timestamp: '', signature: '' }, 'missing_headers'],
    ['a timestamp with letters', { timestamp: '1531420618x' }, 'bad_timestamp'],
    ['a negative timestamp', { timestamp: '-1531420618' }, 'bad_timestamp'],
    ['a fractional timestamp', { timestamp: '1531420618.5' }, 'bad_timestamp'],
    ['a timestamp in hex', { timestamp: '0x5b479f4a' }, 'bad_timestamp'],
    ['a repeated timestamp', { timestamp: `${timestamp},${timestamp}` }, 'bad_timestamp'],
    ['a repeated signature', { signature: `${signature},${signature}` }, 'bad_signature'],
    ['another version', { signature: signature.replace('v0', 'v1') }, 'bad_signature'],
    ['no version', { signature: signature.slice(3) }, 'bad_signature'],
    ['a cut signature', { signature: signature.slice(0, -1) }, 'bad_signature'],
    ['a signature of the same length', { signature: `v0=${'0'.repeat(64)}` }, 'bad_signature'],
    ['upper-case hex', { signature: `v0=${signature.slice(3).toUpperCase()}` }, 'bad_signature'],
    ['another body', { body: Buffer.concat([body, Buffer.from('&')]) }, 'bad_signature'],
    ['an empty body', { body: Buffer.alloc(0) }, 'bad_signature'],
  ];
  it.each(cases)('G-27 %s', (_, change, expected) => {
    expect(verifyRequest({ ...good, ...change }, secret, now)).toBe(expected);
  });

  it.each([
    ['300 s old', 300, 'valid'],
    ['301 s old', 301, 'stale'],
    ['300 s ahead', -300, 'valid'],
    ['301 s ahead', -301, 'stale'],
  ] as const)('G-27 a request %s', (_, seconds, expected) => {
    expect(verifyRequest(good, secret, now + seconds * 1000)).toBe(expected);
    expect(verifyRequest(good, secret, now + seconds * 1000 + 999)).toBe(expected);
  });

  it.each([undefined, ''])('G-27 no secret (%j) is an error of ours, never a match', (none) => {
    expect(verifyRequest(good, none, now)).toBe('no_secret');
    expect(verifyRequest({ ...good, signature: signatureOf('', timestamp, body) }, none, now)).toBe(
      'no_secret',
    );
  });

  it('another secret does not match', () => {
    expect(verifyRequest(good, `${secret}0`, now)).toBe('bad_signature');
  });
});
