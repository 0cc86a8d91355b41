import { createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { listening, refusalOf, site, webTo } from '../../../test/support/fake-web.ts';
import { fetchPage } from './fetch-page.ts';

const text = { 'content-type': 'text/plain' };

describe('answers that are no page', () => {
  test.each([
    [401, /asks for a sign-in \(401\)/],
    [403, /does not let it be read \(403\)/],
    [404, /no such page \(404\)/],
    [410, /no such page \(410\)/],
    [429, /slow down \(429\)/],
    [500, /failure of its own \(500\)/],
    [503, /failure of its own \(503\)/],
    [304, /status 304 and no page/],
    [302, /status 302 and no page/],
  ])('status %i is told in words', async (status, words) => {
    await using served = await site((_request, response) => response.writeHead(status, text).end('no'));
    expect((await refusalOf('http://page.example/', {}, {}, served.port)).message).toMatch(words);
  });

  test.each([
    ['application/pdf', /That is application\/pdf, which cannot be read/],
    ['image/svg+xml', /image\/svg\+xml/],
    ['application/octet-stream', /octet-stream/],
    ['video/mp4', /video\/mp4/],
    ['nonsense', /does not say what kind/],
    ['', /does not say what kind/],
  ])('type “%s” is refused in words, unread', async (type, words) => {
    let closed: Promise<unknown> = Promise.resolve();
    await using served = await site((request, response) => {
      closed = new Promise((resolve) => request.socket.once('close', resolve));
      response.writeHead(200, type ? { 'content-type': type } : {}).write('x');
    });
    expect((await refusalOf('http://page.example/', {}, {}, served.port)).message).toMatch(words);
    // The body never ends; the connection does.
    await closed;
  });

  test.each([
    ['SSH-2.0-OpenSSH_9.6\r\n', /does not speak HTTP/],
    [`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`, /too large a head/],
    [
      'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 100\r\n\r\nhalf',
      /broke the connection off/,
    ],
    ['', /broke the connection off/],
    ['HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', /could not be read/],
  ])('raw answer %#: what cannot be understood is told in words', async (answer, words) => {
    await using served = await listening(
      createServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', () => socket.end(answer));
      }),
    );
    expect((await refusalOf('http://page.example/', {}, {}, served.port)).message).toMatch(words);
  });

  test.each([
    ['ENOTFOUND', /there is no site of that name/],
    ['EAI_AGAIN', /could not be looked up/],
    [undefined, /the connection failed/],
  ])('the resolver’s %s is told in words', async (code, words) => {
    const { message } = await refusalOf('http://page.example/', {
      'page.example': () => {
        throw Object.assign(new Error('queryA 10.0.0.2 failed'), { code });
      },
    });
    expect(message).toMatch(/^page\.example could not be read: /);
    expect(message).toMatch(words);
    expect(message).not.toContain('10.0.0.2');
  });

  test('a closed port is told in words', async () => {
    const served = await site((_request, response) => response.end('x'));
    await served[Symbol.asyncDispose]();
    expect((await refusalOf('http://page.example/', {}, {}, served.port)).message).toBe(
      'page.example could not be read: the site does not accept connections.',
    );
  });
});

describe('time', () => {
  test('a body that drips is left when the time is over, and its connection is closed', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    await using served = await site((request, response) => {
      closed = new Promise((resolve) => request.socket.once('close', resolve));
      response.writeHead(200, text);
      request.socket.on('error', () => {});
      const drip = setInterval(() => response.write('x'), 10);
      request.socket.once('close', () => clearInterval(drip));
    });
    const { message } = await refusalOf('http://page.example/', {}, { totalMs: 120 }, served.port);
    expect(message).toBe('The page took longer than 0.12 seconds.');
    await closed;
  });

  test('the time is for all redirects together', async () => {
    let hops = 0;
    await using served = await site((_request, response) => {
      setTimeout(() => response.writeHead(302, { location: `/${hops++}` }).end(), 60);
    });
    const { message } = await refusalOf('http://page.example/', {}, { totalMs: 100 }, served.port);
    expect(message).toMatch(/took longer/);
    expect(hops).toBeLessThan(3);
  });

  test('a name that is never resolved is waited for no longer', async () => {
    const { access } = webTo(9, {}, { totalMs: 30 });
    const never = { ...access, resolve: () => new Promise<never>(() => {}) };
    await expect(fetchPage('http://page.example/', never, new AbortController().signal)).rejects.toThrow(
      /took longer/,
    );
  });

  test.each(['resolving', 'connecting', 'waiting for the head', 'reading the body'])(
    'an abort while %s ends it with the reason given',
    async (moment) => {
      const controller = new AbortController();
      const stop = () => void setImmediate().then(() => controller.abort(new Error('stopped by a person')));
      await using served = await site((request, response) => {
        if (moment === 'reading the body') response.writeHead(200, text).write('half');
        request.socket.on('error', () => {});
        stop();
      });
      const { access } = webTo(served.port);
      const never = () => {
        stop();
        return new Promise<never>(() => {});
      };
      const page = fetchPage(
        'http://page.example/',
        {
          ...access,
          ...(moment === 'resolving' ? { resolve: never } : {}),
          ...(moment === 'connecting' ? { connect: never } : {}),
        },
        controller.signal,
      );
      await expect(page).rejects.toThrow('stopped by a person');
    },
  );

  test('what was aborted before asks nobody', async () => {
    const { access, resolved } = webTo(9);
    await expect(
      fetchPage('http://page.example/', access, AbortSignal.abort(new Error('too late'))),
    ).rejects.toThrow('too late');
    expect(resolved).toEqual([]);
  });
});
