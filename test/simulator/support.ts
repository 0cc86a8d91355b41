import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterEach } from 'vitest';
import type { Json, JsonObject } from '../../local/slack/json.ts';
import { SEED, type SimulatorOptions, startSlackSimulator } from '../../local/slack/server.ts';
import { SlackSimulatorClient } from '../support/slack-client.ts';

export { SEED };

export const GENERAL = SEED.channels.general;
export const REQUESTER = SEED.people.requester;
export const DM = 'D0REQUESTER';

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };
export type Reply = { status: number; body?: string; headers?: Record<string, string> } | 'never' | 'reset';

/** A simulator, its client, and an app that records what it is sent and answers as told. */
export type Scene = {
  slack: SlackSimulatorClient;
  received: Received[];
  /** Where the app listens; whatever path is asked for is recorded. */
  appUrl: string;
  /** How the app answers; the default is 200. */
  reply: (handler: (request: Received) => Reply) => void;
  /** Calls as the seeded bot. */
  api: (method: string, args?: Record<string, Json>) => Promise<JsonObject>;
  /** A stream in a thread of #general, opened by the bot. */
  openStream: (args?: Record<string, Json>) => Promise<{ channel: string; ts: string; threadTs: string }>;
};

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Starts a scene; it is closed after the test. `withApp: false` leaves the app without URLs. */
export async function scene(options: SimulatorOptions & { withApp?: boolean } = {}): Promise<Scene> {
  const { withApp = true, ...given } = options;
  const received: Received[] = [];
  let handler: (request: Received) => Reply = () => ({ status: 200 });
  const app = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body };
      received.push(one);
      const reply = handler(one);
      if (reply === 'reset') request.socket.destroy();
      else if (reply !== 'never') response.writeHead(reply.status, reply.headers).end(reply.body ?? '');
    });
  });
  await new Promise<void>((done) => app.listen(0, '127.0.0.1', done));
  const address = app.address();
  const base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const urls = withApp ? { eventsUrl: `${base}/events`, interactionsUrl: `${base}/interactions` } : {};
  const simulator = await startSlackSimulator({ port: 0, ...urls, ...given });
  closers.push(async () => {
    await simulator.close();
    app.closeAllConnections();
    await new Promise((done) => app.close(done));
  });
  const slack = new SlackSimulatorClient(simulator.url, { timeoutMs: 5_000 });
  const api = (method: string, args: Record<string, Json> = {}) => slack.api(method, SEED.botToken, args);
  return {
    slack,
    received,
    appUrl: base,
    api,
    reply: (given_) => {
      handler = given_;
    },
    openStream: async (args = {}) => {
      const post = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hello' });
      const started = await api('chat.startStream', {
        channel: GENERAL,
        thread_ts: post.ts,
        recipient_user_id: REQUESTER,
        recipient_team_id: SEED.team,
        ...args,
      });
      if (started.ok !== true) throw new Error(JSON.stringify(started));
      return { channel: GENERAL, ts: String(started.ts), threadTs: post.ts };
    },
  };
}

/** A markdown_text chunk. */
export const text = (value: string): JsonObject => ({ type: 'markdown_text', text: value });

/** A task_update chunk. */
export const task = (id: string, title: string, status: string, more: JsonObject = {}): JsonObject => ({
  type: 'task_update',
  id,
  title,
  status,
  ...more,
});

/** Messages of `response_metadata`. */
export function messagesOf(answer: JsonObject): string[] {
  const metadata = answer.response_metadata as { messages?: string[] } | undefined;
  return metadata?.messages ?? [];
}
