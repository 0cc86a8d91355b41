import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Change } from '../changes.ts';
import type { Simulator } from '../simulator.ts';
import { pageDelivery } from './page-delivery.ts';
import { pageMessage } from './page-message.ts';

/**
 * The feed of changes as server-sent events, for the page: `message`, `message_deleted`, `call`, `delivery`,
 * `session`, `world`. Each carries what it is about, so the page never has to ask again.
 */
export function feed(sim: Simulator, context: Context): Response {
  return streamSSE(context, async (stream) => {
    const queue: Change[] = [];
    let wake: (() => void) | undefined;
    const stop = sim.changes.listen((change) => {
      queue.push(change);
      wake?.();
    });
    stream.onAbort(() => {
      stop();
      wake?.();
    });
    await stream.writeSSE({ event: 'hello', data: '{}' });
    while (!stream.aborted && !stream.closed) {
      if (queue.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      for (const change of latest(queue.splice(0))) {
        await stream.writeSSE({ event: change.type, data: JSON.stringify(payload(sim, change)) });
      }
    }
    stop();
  });
}

/** Of several changes of one message only the last counts. */
function latest(changes: Change[]): Change[] {
  return changes.filter(
    (change, at) =>
      change.type !== 'message' ||
      !changes.slice(at + 1).some((later) => later.type === 'message' && later.message === change.message),
  );
}

function payload(sim: Simulator, change: Change): unknown {
  switch (change.type) {
    case 'message':
      return pageMessage(change.message);
    case 'message_deleted':
      return { channel: change.message.channel, ts: change.message.ts };
    case 'call':
      return change.call;
    case 'delivery':
      return pageDelivery(change.delivery);
    case 'session':
      return sim.sessions.get(change.channel, change.threadTs) ?? {};
    case 'world':
      return {};
  }
}
