import type { Installation } from '../../installations/record.ts';
import type { SessionRecord } from '../../sessions/record.ts';
import type { SlackApi } from '../../slack/api.ts';
import { keys } from '../../store/keys.ts';
import type { TurnRecord } from '../../turns/record.ts';
import { forgetSession } from '../beside/session-status.ts';
import { callBestEffort } from '../budget/best-effort.ts';
import type { RelayDeps } from '../deps.ts';
import { type Executed, settle } from '../execute-plan.ts';
import type { HeldRelay } from '../lease.ts';
import { firstSpot, type InFlight, type RelayMessageRecord, type RelayRecord } from '../record.ts';
import { type DoubtOutcome, resolveDoubt } from './in-doubt.ts';
import { messageStart } from './message-start.ts';
import { inWhole, recover } from './recover.ts';
import { comeBackAfterFailure } from './retry.ts';

/** More of them do not work within a turn's call in doubt. */
const TURNS_BEHIND = 5;

/**
 * Finds out about the call that a crash or a lost answer left in doubt, and stores which of the two candidates
 * Slack shows. Where Slack does not let us look, no second stream is opened: the answer comes whole at the end.
 */
export async function clearDoubt(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  installation: Installation,
  inFlight: InFlight,
): Promise<Executed> {
  const { turnId, view } = held.record;
  const { pk } = keys.turn(turnId);
  const messages = await deps.store.query<RelayMessageRecord>({ pk, prefix: 'SLACKMSG#' });
  // The message's own record is written before this one: a crash may have come in between.
  const known = new Set(messages.map(({ ts }) => ts));
  // The stand-in shows the same text as the stream that takes its place.
  if (view.progress?.ts !== undefined) known.add(view.progress.ts);
  if (view.line?.ts !== undefined) known.add(view.line.ts);
  const begins = inFlight.method === 'chat.startStream';
  if (begins) for (const ts of await othersStreams(deps, held.record)) known.add(ts);
  // The note of a relay that was held up in its call, and whose stream was given up meanwhile, answers nothing else.
  const opened = begins ? messages.find(({ n }) => n > view.messages) : undefined;
  const outcome: DoubtOutcome = opened
    ? { kind: 'applied', view: inFlight.after, ts: opened.ts }
    : await resolveDoubt(slack, installation, held.record, inFlight, known);
  forgetSession(held);
  deps.log.info('call in doubt looked up', { turnId, method: inFlight.method, outcome: outcome.kind });
  switch (outcome.kind) {
    case 'applied':
      return settle(deps, held, outcome.view, {
        ts: outcome.ts,
        isProgress: inFlight.method === 'chat.postMessage' && !inFlight.text,
      });
    case 'not-applied':
      held.change({ inFlight: undefined });
      return { kind: 'replan' };
    case 'gone': {
      const call = { after: inFlight.after, brings: true };
      const recovery = recover(view, 'restart', call, await messageStart(deps, held));
      held.change({ inFlight: undefined, ...('view' in recovery ? { view: recovery.view } : {}) });
      return { kind: 'replan' };
    }
    case 'unreadable':
      await giveUpDisplay(deps, held, slack, inFlight);
      return { kind: 'replan' };
    case 'later':
      if (outcome.waitMs === undefined) return comeBackAfterFailure(deps, held);
      return { kind: 'comeBack', at: deps.now() + outcome.waitMs };
  }
}

/** Streams in the same thread of the turn before and of those behind: they may be open as well after a handover. */
async function othersStreams(
  { store }: Pick<RelayDeps, 'store'>,
  { turnId, sessionId }: Pick<RelayRecord, 'turnId' | 'sessionId'>,
): Promise<string[]> {
  const session = await store.get<SessionRecord>(keys.session(sessionId));
  const own = await store.get<TurnRecord>(keys.turn(turnId));
  const others = own?.previousTurnId === undefined ? [] : [own.previousTurnId];
  let behind = session?.activeTurnId;
  for (let n = 0; n < TURNS_BEHIND && behind !== undefined && behind !== turnId; n++) {
    others.push(behind);
    behind = (await store.get<TurnRecord>(keys.turn(behind)))?.previousTurnId;
  }
  const streams = await Promise.all(
    others.map((other) => store.query<RelayMessageRecord>({ pk: keys.turn(other).pk, prefix: 'SLACKMSG#' })),
  );
  return streams.flat().map(({ ts }) => ts);
}

async function giveUpDisplay(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  { method }: InFlight,
): Promise<void> {
  const { channel, view } = held.record;
  // A post that may not be looked for is made again: twice is better than not at all.
  if (method === 'chat.postMessage') {
    held.change({ inFlight: undefined });
    return;
  }
  const { message } = view;
  const from = message ? ((await messageStart(deps, held)) ?? firstSpot) : view.spot;
  held.change({ inFlight: undefined, view: inWhole(view, from) });
  if (!message) return;
  // So that the message does not end as an error of Slack's; nothing else depends on it.
  const args = { channel, ts: message.ts, session_status: 'processing' };
  await callBestEffort(deps, held, slack, 'chat.stopStream', args, 'end');
}
