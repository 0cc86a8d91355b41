import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { WebLimits } from './limits.ts';

const headers = {
  'user-agent': 'Sluice (assistant in Slack, reading a page for a person)',
  accept:
    'text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,application/json;q=0.9,application/xml;q=0.8',
  'accept-encoding': 'gzip, br',
  'accept-language': 'en;q=0.8,*;q=0.5',
  connection: 'close',
};

/**
 * Asks for a page over a connection that is already open: so nothing can be resolved or connected anew. No cookies,
 * no credentials, no pool.
 *
 * @returns the answer's head, its body still to be read @throws the connection's or the HTTP parser's error
 */
export function requestOver(
  socket: Socket,
  url: URL,
  limits: Pick<WebLimits, 'headerBytes'>,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, ...headers },
      setHost: false,
      createConnection: () => socket,
      maxHeaderSize: limits.headerBytes,
    });
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
    // Without an error: an answer that changes the protocol.
    outgoing.once('close', () => reject(new Error('closed without an answer')));
    outgoing.end();
  });
}
