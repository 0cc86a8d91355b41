import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createDownload } from './download.ts';
import { SlackFileError } from './file-error.ts';

const token = 'xoxb-very-secret';
const options = { maxBytes: 1_000, timeoutMs: 5_000, signal: new AbortController().signal };
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A server that answers as told and remembers what it was asked, and with which token. */
async function aServer(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: [path: string | undefined, authorization: string | undefined][] = [];
  const server = createServer((request, response) => {
    asked.push([request.url, request.headers.authorization]);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const address = server.address();
  return { asked, url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` };
}

async function failing(promise: Promise<unknown>): Promise<SlackFileError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SlackFileError);
  expect(JSON.stringify([error, String(error)])).not.toMatch(/xoxb|secret/);
  return error as SlackFileError;
}

describe('a download', () => {
  it('brings the bytes, and the token', async () => {
    const server = await aServer((_request, response) =>
      response.setHeader('content-type', 'Image/PNG; x=1').end(Buffer.of(1, 0, 255)),
    );
    const download = createDownload({ token, slackApiUrl: `${server.url}/api/` });
    const { bytes, contentType } = await download(`${server.url}/files/a`, options);
    expect([[...bytes], contentType]).toEqual([[1, 0, 255], 'image/png']);
    expect(server.asked).toEqual([['/files/a', `Bearer ${token}`]]);
  });

  it('follows a redirect on the same host', async () => {
    const server = await aServer(({ url }, response) =>
      url === '/b' ? response.end('ok') : response.writeHead(302, { location: '/b' }).end(),
    );
    const download = createDownload({ token, slackApiUrl: server.url });
    expect(Buffer.from((await download(`${server.url}/a`, options)).bytes).toString()).toBe('ok');
  });

  it('85 takes the token to no other host', async () => {
    const other = await aServer((_request, response) => response.end('mine now'));
    const server = await aServer((_request, response) =>
      response.writeHead(302, { location: `${other.url}/steal` }).end(),
    );
    const download = createDownload({ token, slackApiUrl: server.url });
    expect((await failing(download(`${server.url}/a`, options))).kind).toBe('forbidden');
    expect(other.asked).toEqual([]);
  });

  it('gives up on redirects that lead in a circle', async () => {
    const server = await aServer((_request, response) => response.writeHead(307, { location: '/a' }).end());
    const download = createDownload({ token, slackApiUrl: server.url });
    expect((await failing(download(`${server.url}/a`, options))).message).toContain('circle');
    expect(server.asked.length).toBeLessThan(6);
  });

  it.each([
    ['https://files.slack.com/files-pri/T1-F1/download/a.png?t=secret', true],
    ['https://acme.slack.com/files/a', true],
    ['http://files.slack.com/a', false],
    ['https://files.slack.com:8443/a', false],
    ['https://somebody:secret@files.slack.com/a', false],
    ['https://files.slack.com.evil.example/a', false],
    ['https://evilslack.com/a', false],
    ['https://evil.example/files.slack.com', false],
    ['http://169.254.169.254/latest/meta-data', false],
    ['file:///etc/passwd', false],
    ['nothing', false],
  ])('asks %s: %s', async (url, asks) => {
    const asked: string[] = [];
    const fetch = async (address: string | URL | Request) => {
      asked.push(String(address));
      return new Response('ok');
    };
    const download = createDownload({ token, slackApiUrl: 'https://slack.com/api/', fetch });
    if (asks) await download(url, options);
    else expect((await failing(download(url, options))).kind).toBe('forbidden');
    expect(asked).toEqual(asks ? [url] : []);
  });

  it.each([
    [401, {}, 'forbidden', 0],
    [403, {}, 'forbidden', 0],
    [404, {}, 'gone', 0],
    [410, {}, 'gone', 0],
    [429, { 'retry-after': '3' }, 'network', 3_000],
    [429, {}, 'network', 0],
    [500, {}, 'network', 0],
    [503, {}, 'network', 0],
  ])('HTTP %i %o is %s', async (status, headers, kind, retryAfterMs) => {
    const server = await aServer((_request, response) => response.writeHead(status, headers).end('no'));
    const download = createDownload({ token, slackApiUrl: server.url });
    expect(await failing(download(`${server.url}/a`, options))).toMatchObject({ kind, retryAfterMs });
  });

  it('reads no more than the limit, whatever length was announced', async () => {
    const download = (url: string) => createDownload({ token, slackApiUrl: url })(`${url}/a`, options);
    const honest = await aServer((_request, response) => response.end(Buffer.alloc(1_001)));
    expect((await failing(download(honest.url))).kind).toBe('too_large');
    let sent = 0;
    const endless = await aServer((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(500))) sent += 500;
      };
      response.on('drain', more);
      more();
    });
    expect((await failing(download(endless.url))).kind).toBe('too_large');
    expect(sent).toBeLessThan(50_000_000);
    const fits = await aServer((_request, response) => response.end(Buffer.alloc(1_000)));
    expect((await download(fits.url)).bytes).toHaveLength(1_000);
  });

  it('ends by itself when nothing comes, and when the body stops', async () => {
    const silent = await aServer(() => {});
    const halting = await aServer((_request, response) => void response.write('a'));
    for (const { url } of [silent, halting]) {
      const download = createDownload({ token, slackApiUrl: url });
      const error = await failing(download(`${url}/a`, { ...options, timeoutMs: 50 }));
      expect(error.message).toBe('network: timeout');
    }
  });

  it('a connection that breaks is worth another try', async () => {
    const server = await aServer(({ socket }) => socket.destroy());
    const download = createDownload({ token, slackApiUrl: server.url });
    expect((await failing(download(`${server.url}/a`, options))).kind).toBe('network');
  });

  it('is aborted at once, with the reason of who aborted it', async () => {
    const abort = new AbortController();
    const server = await aServer((_request, response) => {
      response.write('a');
      abort.abort(new Error('stopped'));
    });
    const download = createDownload({ token, slackApiUrl: server.url });
    await expect(download(`${server.url}/a`, { ...options, signal: abort.signal })).rejects.toThrow(
      'stopped',
    );
  });
});
