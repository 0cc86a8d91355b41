import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ledger } from './ledger.ts';

/** Takes the effects of the deployed soak's tools: `POST /` with `{call, key}`. */
export async function startLedgerServer(ledger: Ledger): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { call, key } = JSON.parse(Buffer.concat(parts).toString()) as { call: string; key: string };
    ledger.add(call, key);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
