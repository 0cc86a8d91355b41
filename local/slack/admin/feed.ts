import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Change } from '../changes.ts';
import type { Simulator } from '../simulator.ts';
import { pageCall } from './page-call.ts';
import { pageDelivery } from './page-delivery.ts';
import { pageMessage } from './page-message.ts';
import { pageViews } from './page-view.ts';

/** How long changes are gathered, in milliseconds: below what a person notices, and one drawing for a burst. */
const GATHER_MS = 50;

/**
 * The feed of changes as server-sent events, for the page: `hello`, then `batch`, each an array of
 * `{type, data}`. Each entry carries what it is about, so the page asks again only when the world changed.
 */
export function feed(sim: Simulator, context: Context): Response {
  return streamSSE(context, async (stream) => {
    let queue: Change[] = [];
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
        await sleep(GATHER_MS, undefined, { ref: false });
      }
      const changes = queue;
      queue = [];
      const items = latest(changes).map((change) => ({ type: change.type, data: payload(sim, change) }));
      if (items.length > 0) await stream.writeSSE({ event: 'batch', data: JSON.stringify(items) });
    }
    stop();
  });
}

/** Of several changes of one message or delivery only the last counts. */
function latest(changes: Change[]): Change[] {
  const last = new Map<unknown, Change>();
  for (const change of changes) last.set(subject(change), change);
  return changes.filter((change) => last.get(subject(change)) === change);
}

/** What a change is about; two changes with the same subject are one. */
function subject(change: Change): unknown {
  if (change.type === 'message') return change.message;
  if (change.type === 'delivery') return change.delivery;
  return change;
}

function payload(sim: Simulator, change: Change): unknown {
  switch (change.type) {
    case 'message':
      return pageMessage(change.message);
    case 'message_deleted':
      return { channel: change.message.channel, ts: change.message.ts };
    case 'call':
      return pageCall(change.call);
    case 'delivery':
      return pageDelivery(change.delivery);
    case 'session':
      return sim.sessions.get(change.channel, change.threadTs) ?? {};
    case 'faults':
      return sim.faults.all();
    case 'view':
      return pageViews(sim, change.user);
    default:
      return {};
  }
}
