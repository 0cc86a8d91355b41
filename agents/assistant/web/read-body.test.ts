import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { site, webTo } from '../../../test/support/fake-web.ts';
import { fetchPage } from './fetch-page.ts';
import type { WebLimits } from './limits.ts';

async function fetched(
  body: Buffer | string,
  encoding?: string,
  limits: Partial<WebLimits> = {},
  headers: Record<string, string> = {},
) {
  await using served = await site((_request, response) => {
    response
      .writeHead(200, {
        'content-type': 'text/plain',
        ...(encoding ? { 'content-encoding': encoding } : {}),
        ...headers,
      })
      .end(body);
  });
  return await fetchPage(
    'http://page.example/',
    webTo(served.port, {}, limits).access,
    new AbortController().signal,
  );
}

const poem = 'The same procedure as every year. '.repeat(1_000);

test.each([
  ['identity', poem],
  ['', poem],
  ['gzip', gzipSync(poem)],
  ['x-gzip', gzipSync(poem)],
  ['GZIP', gzipSync(poem)],
  ['br', brotliCompressSync(poem)],
])('encoding “%s” is unpacked', async (encoding, body) => {
  const { bytes, cut } = await fetched(body, encoding);
  expect(bytes.toString()).toBe(poem);
  expect(cut).toBe(false);
});

test.each([
  ['deflate', deflateSync(poem)],
  ['gzip, gzip', gzipSync(gzipSync(poem))],
  ['gzip', 'this is no gzip at all'],
  ['br', 'this is no brotli at all'],
])('encoding “%s” that was not asked for or is broken is refused in words (%#)', async (encoding, body) => {
  await expect(fetched(body, encoding)).rejects.toThrow(/compressed in a way that cannot be read/);
});

test.each([
  ['gzip', gzipSync(poem).subarray(0, -20)],
  [
    'br',
    brotliCompressSync(Buffer.from(poem), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }).subarray(
      0,
      -3,
    ),
  ],
])('%s that ends too early gives what was there', async (encoding, body) => {
  const { bytes } = await fetched(body, encoding);
  expect(poem.startsWith(bytes.toString())).toBe(true);
});

test.each([
  [999, false],
  [1_000, false],
  [1_001, true],
])('of a limit of 1000 bytes a body of %i is cut: %s', async (length, cut) => {
  const page = await fetched('x'.repeat(length), undefined, { bodyBytes: 1_000 });
  expect(page.cut).toBe(cut);
  expect(page.bytes).toHaveLength(Math.min(length, 1_000));
});

const zeros = Buffer.alloc(64 * 1024 * 1024);

test.each([
  ['gzip', gzipSync(zeros)],
  ['br', brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })],
])('a bomb in %s is unpacked to the limit and no further', async (encoding, bomb) => {
  expect(bomb.length).toBeLessThan(100_000);
  const before = process.memoryUsage().arrayBuffers;
  const { bytes, cut } = await fetched(bomb, encoding, { bodyBytes: 1_000_000 });
  expect(bytes).toHaveLength(1_000_000);
  expect(cut).toBe(true);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
});

test('a body without end is left at the limit, and its connection is closed', async () => {
  let sent = 0;
  let closed: Promise<unknown> = Promise.resolve();
  await using served = await site((request, response) => {
    closed = new Promise((resolve) => request.socket.once('close', resolve));
    request.socket.on('error', () => {});
    response.writeHead(200, { 'content-type': 'text/plain' });
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(16_384))) sent += 16_384;
    };
    response.on('drain', more);
    more();
  });
  const { bytes, cut } = await fetchPage(
    'http://page.example/',
    webTo(served.port, {}, { bodyBytes: 100_000 }).access,
    new AbortController().signal,
  );
  expect(bytes).toHaveLength(100_000);
  expect(cut).toBe(true);
  await closed;
  expect(sent).toBeLessThan(50_000_000);
});
