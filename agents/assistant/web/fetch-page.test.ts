import type { IncomingMessage, RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { PUBLIC, refusalOf, site, webTo } from '../../../test/support/fake-web.ts';
import { fetchPage } from './fetch-page.ts';

const live = () => new AbortController().signal;
const text = { 'content-type': 'text/plain' };
const says =
  (words: string): RequestListener =>
  (_request, response) =>
    response.writeHead(200, text).end(words);
const redirects =
  (location: string, status = 302): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { location }).end('moved');

/** A site that answers by path, and what it was asked. */
async function paths(listeners: Record<string, RequestListener>) {
  const asked: IncomingMessage[] = [];
  const served = await site((request, response) => {
    asked.push(request);
    (listeners[request.url ?? ''] ?? ((_, r) => r.writeHead(404).end()))(request, response);
  });
  return { ...served, asked };
}

describe('the request', () => {
  test('names the product and the host, and carries neither cookies nor credentials', async () => {
    await using served = await paths({ '/a?b=c': says('hello') });
    const { access, targets, resolved } = webTo(served.port);
    const page = await fetchPage('http://page.example/a?b=c#d', access, live());
    expect(page.bytes.toString()).toBe('hello');
    expect(page).toMatchObject({ redirects: 0, cut: false, type: { kind: 'text' } });
    expect(resolved).toEqual(['page.example']);
    expect(targets).toEqual([{ address: PUBLIC, port: 80, secure: false, hostname: 'page.example' }]);
    const [request] = served.asked;
    expect(request?.headers).toMatchObject({
      host: 'page.example',
      'user-agent': expect.stringContaining('Sluice'),
      connection: 'close',
    });
    expect(Object.keys(request?.headers ?? {})).not.toContain('cookie');
    expect(Object.keys(request?.headers ?? {})).not.toContain('authorization');
  });

  test('a cookie that a redirect sets is not sent on', async () => {
    await using served = await paths({
      '/a': (_request, response) =>
        response.writeHead(302, { location: '/b', 'set-cookie': 'session=1' }).end(),
      '/b': says('b'),
    });
    await fetchPage('http://page.example/a', webTo(served.port).access, live());
    expect(served.asked[1]?.headers.cookie).toBeUndefined();
  });

  test('the next address of a host is tried when the first does not accept', async () => {
    await using served = await paths({ '/': says('hello') });
    const { access, targets } = webTo(served.port, { 'page.example': ['2606:4700::1', PUBLIC] });
    const { connect } = access;
    const page = await fetchPage(
      'http://page.example/',
      {
        ...access,
        connect: async (target, signal) => {
          if (target.address.includes(':')) {
            targets.push(target);
            throw Object.assign(new Error('no way'), { code: 'ENETUNREACH' });
          }
          return await connect(target, signal);
        },
      },
      live(),
    );
    expect(page.bytes.toString()).toBe('hello');
    expect(targets.map(({ address }) => address)).toEqual(['2606:4700::1', PUBLIC]);
  });

  test('an address that never accepts costs its time only, then the next is tried', async () => {
    await using served = await paths({ '/': says('hello') });
    const { access } = webTo(served.port, { 'page.example': ['2606:4700::1', PUBLIC] }, { connectMs: 30 });
    const { connect } = access;
    const given: AbortSignal[] = [];
    const page = await fetchPage(
      'http://page.example/',
      {
        ...access,
        connect: (target, signal) => {
          given.push(signal);
          return target.address === PUBLIC ? connect(target, signal) : new Promise(() => {});
        },
      },
      live(),
    );
    expect(page.bytes.toString()).toBe('hello');
    expect(given.map(({ aborted }) => aborted)).toEqual([true, false]);
  });
});

describe('addresses', () => {
  test.each([
    ['http://127.0.0.1/', /127\.0\.0\.1 leads to a loopback/],
    ['http://2130706433/', /loopback/],
    ['http://0x7f.1/', /loopback/],
    ['http://0177.0.0.1/', /loopback/],
    ['http://127.1/', /loopback/],
    ['http://①②⑦.⓪.⓪.①/', /loopback/],
    ['http://169.254.169.254/latest/meta-data/', /link-local/],
    ['http://[::1]/', /loopback/],
    ['http://[::ffff:169.254.169.254]/', /IPv4 address in the form/],
    ['http://[64:ff9b::a9fe:a9fe]/', /translation/],
    ['http://[2002:a9fe:a9fe::]/', /tunnel/],
    ['http://[fd00:ec2::254]/', /private/],
    ['http://0.0.0.0/', /unspecified/],
    ['http://[::]/', /unspecified/],
  ])('%s is refused before anything is connected', async (address, words) => {
    const { message, targets } = await refusalOf(address);
    expect(message).toMatch(words);
    expect(targets).toEqual([]);
  });

  test.each([
    [['10.1.2.3']],
    [[PUBLIC, '10.1.2.3']],
    [[PUBLIC, '2606:4700::1', '::ffff:10.1.2.3']],
    [['fd00::1', PUBLIC]],
  ])('a name with the addresses %j is refused, and the inner address is not told', async (addresses) => {
    const { message, targets } = await refusalOf('https://page.example/', { 'page.example': addresses });
    expect(message).toMatch(/^page\.example leads to an? .*; only public pages can be read\.$/);
    expect(message).not.toContain('10.1.2.3');
    expect(targets).toEqual([]);
  });

  test('a name without an address is refused in words', async () => {
    expect((await refusalOf('http://page.example/', { 'page.example': [] })).message).toBe(
      'page.example has no address.',
    );
  });

  test('DNS rebinding: the connection goes to the address that was checked, the name is not resolved again', async () => {
    await using served = await paths({ '/': says('hello') });
    let answers = 0;
    const { access, targets, resolved } = webTo(served.port, {
      'page.example': () => (answers++ === 0 ? [PUBLIC] : ['127.0.0.1']),
    });
    expect((await fetchPage('http://page.example/', access, live())).bytes.toString()).toBe('hello');
    expect(targets.map(({ address }) => address)).toEqual([PUBLIC]);
    expect(resolved).toEqual(['page.example']);
  });

  test('DNS rebinding between two requests: a redirect to the same name is checked anew', async () => {
    await using served = await paths({ '/': redirects('/inner'), '/inner': says('secret') });
    let answers = 0;
    const { message, targets } = await refusalOf(
      'http://page.example/',
      { 'page.example': () => (answers++ === 0 ? [PUBLIC] : ['169.254.169.254']) },
      {},
      served.port,
    );
    expect(message).toMatch(/link-local/);
    expect(targets).toHaveLength(1);
    expect(served.asked.map(({ url }) => url)).toEqual(['/']);
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('%i is followed, over hosts', async (status) => {
    await using served = await paths({
      '/a': redirects('https://page.example/b', status),
      '/b': says('unreached'),
      '/c': redirects('//other.example/d?e=f', status),
      '/d?e=f': says('d'),
    });
    const { access, targets, resolved } = webTo(served.port);
    const page = await fetchPage('http://page.example/c#part', access, live());
    expect(page.bytes.toString()).toBe('d');
    expect(page.url.href).toBe('http://other.example/d?e=f#part');
    expect(page.redirects).toBe(1);
    expect(resolved).toEqual(['page.example', 'other.example']);
    expect(targets.map(({ hostname }) => hostname)).toEqual(['page.example', 'other.example']);
    expect(served.asked.at(-1)?.headers.host).toBe('other.example');
  });

  test.each([
    ['http://10.0.0.1/', /page\.example redirects to 10\.0\.0\.1\. 10\.0\.0\.1 leads to a private/],
    ['http://inner.example/', /page\.example redirects to inner\.example\..*private/],
    ['http://169.254.169.254/latest/', /link-local/],
    ['http://[::ffff:7f00:1]/', /IPv4 address in the form/],
    ['http://localhost/', /redirects to an address that is not read.*inner network/],
    ['http://user:pw@other.example/', /not read.*password/],
    ['http://other.example:8080/', /not read.*ports/],
    ['file:///etc/passwd', /not read.*Only http/],
    ['http://', /not read.*no web address/],
  ])('to %s is refused', async (location, words) => {
    await using served = await paths({ '/': redirects(location) });
    const { message } = await refusalOf(
      'http://page.example/',
      { 'inner.example': ['192.168.0.1'] },
      {},
      served.port,
    );
    expect(message).toMatch(words);
    expect(served.asked).toHaveLength(1);
  });

  test('five are followed, the sixth is not', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 6 }, (_, n) => [`/${n}`, redirects(`/${n + 1}`)] as const),
    );
    await using served = await paths({ ...chain, '/6': says('end') });
    const { access } = webTo(served.port);
    expect((await fetchPage('http://page.example/1', access, live())).redirects).toBe(5);
    await expect(fetchPage('http://page.example/0', access, live())).rejects.toThrow(
      'page.example redirects more than 5 times.',
    );
  });

  test('a location in UTF-8 is read as it is meant', async () => {
    await using served = await paths({
      '/': redirects(Buffer.from('/grün').toString('latin1')),
      '/gr%C3%BCn': says('green'),
    });
    const page = await fetchPage('http://page.example/', webTo(served.port).access, live());
    expect(page.bytes.toString()).toBe('green');
  });
});
