import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import type { TurnRecord } from '../../turns/record.ts';
import { callBestEffort } from '../budget/best-effort.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import type { PlannedCall } from '../plan/plan.ts';
import type { ProgressLine } from '../record.ts';
import { findPostedBlock } from '../recovery/find-block.ts';
import { lineBlockId, planLine } from './progress-line.ts';

/** So long after a turn's end its last words are tried. */
const LAST_WORDS_MS = 60_000;

/**
 * Keeps the line that everyone sees as it should be. Its post is marked by a time without `ts`, so that one whose
 * answer was lost is looked for by its block and not made twice; what Slack refuses is given up. Best effort.
 *
 * @returns when there is more to do, where nothing new has to come for it
 */
export async function tendLine(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  turn: TurnRecord,
  successor: boolean,
): Promise<number | undefined> {
  const plan = planLine(held.record, turn, successor, deps.limits, deps.now());
  const { line } = held.record.view;
  if (!plan || !line) return undefined;
  if (plan.at > deps.now()) return plan.at;
  const tried = await tryLine(deps, held, slack, plan, line);
  if (tried === 'done') return undefined;
  const over = turn.end !== undefined && deps.now() - turn.end.at > LAST_WORDS_MS;
  if (tried === 'gone' || over) {
    changeLine(held, { ...line, gone: true });
    return undefined;
  }
  return Math.max(tried, deps.now() + deps.limits.updateIntervalMs);
}

async function tryLine(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  { method, args, after, priority }: PlannedCall,
  line: ProgressLine,
): Promise<'done' | 'gone' | number> {
  const { channel, threadTs } = held.record;
  let place: Record<string, unknown> = { thread_ts: threadTs };
  if (method === 'chat.postMessage') {
    changeLine(held, { ...line, at: deps.now() });
    await held.save();
  } else {
    const ts = line.ts ?? (await findLine(held, slack, line));
    if (ts === undefined) {
      // It was never posted: it begins anew, or is not needed any more.
      const { at: _never, ...unposted } = line;
      changeLine(held, unposted);
      return priority === 'end' ? 'gone' : 'done';
    }
    if (typeof ts === 'object') return ts.later ? deps.now() : 'gone';
    place = { ts };
  }
  const outcome = await callBestEffort<{ ts?: string }>(
    deps,
    held,
    slack,
    method as 'chat.postMessage' | 'chat.update',
    { channel, ...place, ...args },
    priority,
  );
  if (outcome.kind === 'done') {
    const ts = outcome.answer.ts ?? line.ts;
    if (after.line) changeLine(held, { ...after.line, ...(ts === undefined ? {} : { ts }) });
    return 'done';
  }
  // A post that was not answered may stand in the thread: it keeps its mark.
  if (outcome.kind === 'failed') return outcome.code === 'unknown' ? deps.now() : 'gone';
  changeLine(held, line);
  return outcome.at;
}

/** A line whose post was not answered, by the name of its block. `later`: Slack does not answer at all. */
async function findLine(
  { record }: HeldRelay,
  slack: SlackApi,
  { at = 0 }: ProgressLine,
): Promise<string | undefined | { later: boolean }> {
  const { channel, threadTs, turnId } = record;
  try {
    return await findPostedBlock(slack, { channel, threadTs }, at, lineBlockId(turnId));
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
    return { later: error.failure.kind !== 'platform' };
  }
}

function changeLine(held: HeldRelay, line: ProgressLine): void {
  held.change({ view: { ...held.record.view, line } });
}
