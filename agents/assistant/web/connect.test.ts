import { createServer } from 'node:https';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { listening, webTo } from '../../../test/support/fake-web.ts';
import { pageExampleCertificate, pageExampleKey } from '../../../test/support/tls-fixture.ts';
import { fetchPage } from './fetch-page.ts';

const trusted = getCACertificates('default');
afterEach(() => setDefaultCACertificates(trusted));

/** A site with TLS and the names that it was asked for in the handshake. */
async function secureSite() {
  const names: unknown[] = [];
  const server = createServer({ cert: pageExampleCertificate, key: pageExampleKey }, (request, response) => {
    names.push((request.socket as TLSSocket).servername);
    response.writeHead(200, { 'content-type': 'text/plain' }).end(`for ${request.headers.host}`);
  });
  server.on('tlsClientError', () => {});
  return { ...(await listening(server)), names };
}

const read = (port: number, address: string) =>
  fetchPage(address, webTo(port).access, new AbortController().signal);

test('TLS asks for the page’s own name though the connection goes to a number', async () => {
  setDefaultCACertificates([pageExampleCertificate]);
  await using served = await secureSite();
  expect((await read(served.port, 'https://page.example/')).bytes.toString()).toBe('for page.example');
  expect((await read(served.port, 'https://page.example./')).bytes.toString()).toBe('for page.example.');
  expect(served.names).toEqual(['page.example', 'page.example']);
});

test('a certificate that nobody signed is refused in words, and nothing is sent', async () => {
  await using served = await secureSite();
  await expect(read(served.port, 'https://page.example/')).rejects.toThrow(
    'page.example could not be read: the site’s certificate is not to be trusted.',
  );
  expect(served.names).toEqual([]);
});

test.each(['https://other.example/', 'https://93.184.215.14/'])(
  'a certificate for another name than %s is refused in words',
  async (address) => {
    setDefaultCACertificates([pageExampleCertificate]);
    await using served = await secureSite();
    await expect(read(served.port, address)).rejects.toThrow(/certificate is for another name/);
    expect(served.names).toEqual([]);
  },
);

test('a site without TLS behind https is told in words', async () => {
  await using served = await listening(
    (await import('node:http')).createServer((_request, response) => response.end('plain')),
  );
  await expect(read(served.port, 'https://page.example/')).rejects.toThrow(/no secure connection/);
});
