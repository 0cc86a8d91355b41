import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over HTTP. */
export interface WireRequest<Body> {
  headers: IncomingHttpHeaders;
  body: Body;
  /** The body as it was sent, for questions of single bytes. */
  text: string;
}

/** What the server answers: an error as JSON, or a stream of server-sent events. */
export type WireReply =
  | { status: number; headers?: Record<string, string>; json: unknown }
  | { events: readonly { event?: string; data: unknown }[] };

export interface WireServer<Body> extends AsyncDisposable {
  baseUrl: string;
  /** All requests so far. */
  requests: readonly WireRequest<Body>[];
  close(): Promise<void>;
}

/**
 * A server on loopback that answers `POST <path>` as it is scripted and anything else with 404.
 *
 * @param script is told how many requests came before
 */
export async function startWireServer<Body>(
  path: string,
  script: (request: WireRequest<Body>, index: number) => WireReply,
): Promise<WireServer<Body>> {
  const requests: WireRequest<Body>[] = [];
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST' || request.url !== path) {
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end('{"error":{"message":"not found"}}');
      return;
    }
    const text = await textOf(request);
    const received = { headers: request.headers, body: JSON.parse(text) as Body, text };
    answer(response, script(received, requests.push(received) - 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { baseUrl: `http://127.0.0.1:${port}`, requests, close, [Symbol.asyncDispose]: close };
}

function answer(response: ServerResponse, reply: WireReply): void {
  if ('json' in reply) {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify(reply.json));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const { event, data } of reply.events)
    response.write(`${event ? `event: ${event}\n` : ''}data: ${JSON.stringify(data)}\n\n`);
  response.end();
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
