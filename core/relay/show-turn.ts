import type { SlackApi } from '../slack/api.ts';
import { keys } from '../store/keys.ts';
import type { TurnRecord } from '../turns/record.ts';
import { SHORT_WAIT_MS } from './await-slot.ts';
import type { RelayDeps } from './deps.ts';
import { executeCall } from './execute-plan.ts';
import type { HeldRelay } from './lease.ts';
import { planFlush } from './plan-flush.ts';
import { type ReadStream, readStream } from './read-stream.ts';
import type { Cursor, RelayRecord } from './record.ts';

/** How a turn stands in Slack after a visit. */
export interface Shown {
  /** The turn as it was read last; undefined when it is gone. */
  turn: TurnRecord | undefined;
  successorId?: string | undefined;
  /** The place behind the last batch that was read. */
  readTo: Pick<Cursor, 'fence' | 'seq'>;
  /** There is more to show, not before this time. */
  comeBackAt?: number;
}

/** Reads of the log per visit: more than that is for the next wake. */
const READS = 20;
/** The former turn's stream is looked at this often while a new one waits for its end. */
const HANDOVER_POLL_MS = 2_000;

/** Brings what is in a turn's log into Slack, as far as intervals and budgets allow it now. */
export async function showTurn(deps: RelayDeps, held: HeldRelay, slack: SlackApi): Promise<Shown> {
  await awaitInterval(deps, held);
  let readTo: Shown['readTo'] = held.record.view.spot.cursor;
  for (let read = 0; ; read++) {
    const stream = await readStream(deps, held.record);
    if (!stream) return { turn: undefined, readTo };
    const { turn, successorId, batches, more } = stream;
    const last = batches.at(-1);
    if (last) readTo = { fence: last.fence, seq: last.seq + 1 };
    const shown = { turn, successorId, readTo };
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
  { turn, batches, successorId }: ReadStream,
): Promise<number | 'shown' | 'readAgain'> {
  const { limits } = deps;
  const rollAgeMs = limits.rollAgeMinMs + deps.random() * (limits.rollAgeMaxMs - limits.rollAgeMinMs);
  const flush = { turn, batches, successor: successorId !== undefined };
  for (;;) {
    const { calls, view } = planFlush(held.record, flush, limits, deps.now(), rollAgeMs);
    const [call] = calls;
    if (!call) {
      held.change({ view });
      return 'shown';
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
    const executed = await executeCall(deps, held, slack, call);
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

/** A turn shows itself first when the former turn's display is closed, or after a while: answers come in order. */
async function awaitFormer(
  deps: RelayDeps,
  { view }: RelayRecord,
  turn: TurnRecord,
): Promise<number | undefined> {
  const until = turn.createdAt + deps.limits.streamHandoverMs;
  const now = deps.now();
  const begun = view.messages > 0 || view.progress?.ts !== undefined;
  if (turn.previousTurnId === undefined || begun || now >= until) return undefined;
  const former = await deps.store.get<RelayRecord>(keys.relay(turn.previousTurnId));
  if (!former || former.closedAt !== undefined) return undefined;
  return Math.min(until, now + HANDOVER_POLL_MS);
}
