import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { adminRoutes } from './admin/routes.ts';
import { type Answer, handleCall } from './api/handle.ts';
import { handleDownload, handleUpload } from './files/transfer.ts';
import { handleResponseUrl } from './interactions/respond.ts';
import { resolveOptions, type SimulatorOptions } from './options.ts';
import { Simulator } from './simulator.ts';
import { pageFile } from './static.ts';

export type { SimulatorOptions } from './options.ts';
export { SEED } from './world/seed.ts';

/** A running simulator. */
export type SlackSimulator = {
  /** E.g. `http://127.0.0.1:3780`; the Web API is below `/api/`. */
  url: string;
  close(): Promise<void>;
};

type Bindings = { Bindings: HttpBindings };

/**
 * Starts a Slack simulator on 127.0.0.1: Web API below `/api`, admin API below `/_admin`, page at `/`.
 *
 * @throws Error with what to do when the port is taken
 */
export async function startSlackSimulator(options: SimulatorOptions = {}): Promise<SlackSimulator> {
  const resolved = resolveOptions(options);
  const sim = new Simulator(resolved);
  const app = new Hono<Bindings>();
  app.route('/_admin', adminRoutes(sim));
  app.all('/api/*', async (context) =>
    answer(context, await handleCall(sim, context.req.path.slice('/api/'.length), context.req.raw)),
  );
  // response_urls of clicks, of message shortcuts and modals, of slash commands (§5).
  for (const path of ['/actions/*', '/app/*', '/commands/*']) {
    app.post(path, async (context) =>
      answer(context, await handleResponseUrl(sim, context.req.path, context.req.raw)),
    );
  }
  app.post('/upload/v1/:token', async (context) =>
    answer(context, await handleUpload(sim, context.req.path, context.req.raw)),
  );
  app.get('/files-pri/:key/:name', async (context) =>
    answer(
      context,
      await handleDownload(sim, { key: context.req.param('key'), download: false }, context.req.raw),
    ),
  );
  app.get('/files-pri/:key/download/:name', async (context) =>
    answer(
      context,
      await handleDownload(sim, { key: context.req.param('key'), download: true }, context.req.raw),
    ),
  );
  app.get('*', async (context) => (await pageFile(context.req.path)) ?? context.notFound());
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  const port = await listen(server, resolved.port);
  sim.url = `http://127.0.0.1:${port}`;
  return {
    url: sim.url,
    close: () =>
      new Promise((resolve) => {
        sim.streams.clear();
        sim.files.clear();
        sim.scheduled.clear();
        sim.sessions.clear();
        sim.deliverer.clear();
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** Sends an answer, or ends the connection as a broken network would. */
function answer(context: Context<Bindings>, given: Answer): Response {
  if (given instanceof Response) return given;
  const { socket } = context.env.incoming;
  if (given === 'reset' && 'resetAndDestroy' in socket) socket.resetAndDestroy();
  else socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

function listen(server: ReturnType<typeof createAdaptorServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} on 127.0.0.1 is taken: end what uses it, or choose another with --port.`;
      reject(error.code === 'EADDRINUSE' ? new Error(taken) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
