import { describe, expect, it } from 'vitest';
import { headerOf, requestBytes, textOf } from './request-bytes.ts';

describe('request bytes', () => {
  it('keeps every byte of a form that comes in base64', () => {
    const bytes = Buffer.from([0x70, 0xc3, 0xa4, 0xff, 0x00]);
    const request = { body: bytes.toString('base64'), isBase64Encoded: true };
    expect(requestBytes(request).equals(bytes)).toBe(true);
  });

  it('takes plain text as UTF-8, and no body as none', () => {
    expect(requestBytes({ body: 'ä', isBase64Encoded: false }).toString('hex')).toBe('c3a4');
    expect(requestBytes({}).length).toBe(0);
  });

  it.each([
    [{ 'x-slack-signature': 'a' }, 'a'],
    [{ 'X-Slack-Signature': 'a' }, 'a'],
    [{ 'X-SLACK-SIGNATURE': 'a' }, 'a'],
    [{ 'x-slack-signature': '' }, undefined],
    [{ 'x-slack-signature-2': 'a' }, undefined],
    [undefined, undefined],
  ])('finds a header whatever its case: %j', (headers, expected) => {
    expect(headerOf(headers ? { headers } : {}, 'x-slack-signature')).toBe(expected);
  });

  it('G-27 bytes that are not UTF-8 are no text', () => {
    expect(textOf(Buffer.from('grün'))).toBe('grün');
    expect(textOf(Buffer.from([0x7b, 0xff, 0x7d]))).toBeUndefined();
  });
});
