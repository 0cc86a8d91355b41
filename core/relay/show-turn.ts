import type { SlackApi } from '../slack/api.ts';
import type { TurnRecord } from '../turns/record.ts';
import { awaitFormer } from './await-former.ts';
import { noteTitleOf } from './beside/show-title.ts';
import { SHORT_WAIT_MS } from './budget/await-slot.ts';
import { measureText } from './budget/text-latency.ts';
import type { RelayDeps } from './deps.ts';
import { executeCall } from './execute-plan.ts';
import type { HeldRelay } from './lease.ts';
import { planFlush } from './plan/plan-flush.ts';
import { type ReadStream, readStream } from './read-stream.ts';
import type { Cursor } from './record.ts';
import { leaveStandIn } from './stand-in.ts';

/** How a turn stands in Slack after a visit. */
export interface Shown {
  /** The turn as it was read last; undefined when it is gone. */
  turn: TurnRecord | undefined;
  successorId?: string | undefined;
  /** The place behind the last batch that was read. */
  readTo: Pick<Cursor, 'fence' | 'seq'>;
  /** There is more to show, not before this time. */
  comeBackAt?: number;
  /** Something beside the text is due then; what is written meanwhile wakes the relay as ever. */
  lookAt?: number;
}

/** Reads of the log per visit: more than that is for the next wake. */
const READS = 20;

/** Brings what is in a turn's log into Slack, as far as intervals and budgets allow it now. */
export async function showTurn(deps: RelayDeps, held: HeldRelay, slack: SlackApi): Promise<Shown> {
  await awaitInterval(deps, held);
  let readTo: Shown['readTo'] = held.record.view.spot.cursor;
  for (let read = 0; ; read++) {
    const stream = await readStream(deps, held.record);
    if (!stream) return { turn: undefined, readTo };
    const { turn, successorId, batches, more } = stream;
    noteTitleOf(held, batches);
    const last = batches.at(-1);
    if (last) readTo = { fence: last.fence, seq: last.seq + 1 };
    const shown = { turn, successorId, readTo };
    if (leaveStandIn(deps, held, turn)) continue;
    const outcome = await showStream(deps, held, slack, stream);
    if (typeof outcome === 'number') return { ...shown, comeBackAt: outcome };
    if (outcome === 'shown' && !more) return shown;
    if (read >= READS) return { ...shown, comeBackAt: deps.now() + deps.limits.debounceMs };
  }
}

/** @returns a time to come back at, or whether the log must be read again */
async function showStream(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  { turn, batches, charts, successorId }: ReadStream,
): Promise<number | 'shown' | 'readAgain'> {
  const { limits } = deps;
  const rollAgeMs = limits.rollAgeMinMs + deps.random() * (limits.rollAgeMaxMs - limits.rollAgeMinMs);
  const flush = { turn, batches, charts, successor: successorId !== undefined };
  for (;;) {
    const { calls, view, unread } = planFlush(held.record, flush, limits, deps.now(), rollAgeMs);
    const [call] = calls;
    if (!call) {
      held.change({ view });
      return unread ? 'readAgain' : 'shown';
    }
    const waitMs = call.at - deps.now();
    if (waitMs > SHORT_WAIT_MS) return call.at;
    if (waitMs > 0) {
      // What comes meanwhile goes into the same call.
      await deps.sleep(waitMs);
      return 'readAgain';
    }
    const begins = call.method === 'chat.startStream' || call.method === 'chat.postMessage';
    const handover = begins ? await awaitFormer(deps, held.record, turn) : undefined;
    if (handover !== undefined) return handover;
    const before = held.record.view;
    const executed = await executeCall(deps, held, slack, call);
    if (executed.kind === 'done') measureText(deps, batches, before, call);
    if (executed.kind === 'comeBack') return executed.at;
    if (executed.kind === 'replan') return 'readAgain';
  }
}

/** The queue counts whole seconds: the rest of the interval between two appends is waited out before reading. */
async function awaitInterval({ now, sleep, limits }: RelayDeps, { record }: HeldRelay): Promise<void> {
  if (!record.view.message || record.lastAppendAt === undefined) return;
  const waitMs = record.lastAppendAt + limits.appendIntervalMs - now();
  if (waitMs > 0 && waitMs <= SHORT_WAIT_MS) await sleep(waitMs);
}
