import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Server as NetServer } from 'node:net';
import { connect, type Target } from '../../agents/assistant/web/connect.ts';
import { fetchPage, type WebAccess } from '../../agents/assistant/web/fetch-page.ts';
import { type WebLimits, webLimits } from '../../agents/assistant/web/limits.ts';

/** A public address, as sites have it; where it leads is `webTo`'s matter. */
export const PUBLIC = '93.184.215.14';

type Names = Record<string, readonly string[] | (() => readonly string[])>;

/** Listens on a free port of this machine until it is disposed of. */
export async function listening<S extends NetServer | Server>(server: S) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async [Symbol.asyncDispose]() {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function site(listener: RequestListener) {
  return listening(createServer(listener));
}

/**
 * A web in which names lead to the given addresses (all others to `PUBLIC`) and every connection, whatever address it
 * is for, to one port of this machine. The checks are the product's own.
 */
export function webTo(port: number, names: Names = {}, limits: Partial<WebLimits> = {}) {
  const resolved: string[] = [];
  const targets: Target[] = [];
  const access: WebAccess = {
    async resolve(hostname) {
      resolved.push(hostname);
      const found = names[hostname] ?? [PUBLIC];
      return typeof found === 'function' ? found() : found;
    },
    connect(target, signal) {
      targets.push(target);
      return connect({ ...target, address: '127.0.0.1', port }, signal);
    },
    limits: { ...webLimits, ...limits },
  };
  return { access, resolved, targets };
}

/** What `fetchPage` says when it does not read a page, and what it did before. */
export async function refusalOf(
  address: string,
  names: Names = {},
  limits: Partial<WebLimits> = {},
  port = 9,
) {
  const web = webTo(port, names, limits);
  const error = await fetchPage(address, web.access, new AbortController().signal).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { message: error instanceof Error ? error.message : undefined, ...web };
}
