import type { SessionRecord } from '../../sessions/record.ts';
import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import { isRefused, lacksSessions, noteRefusal } from '../../slack/refusals.ts';
import { keys } from '../../store/keys.ts';
import type { TurnRecord } from '../../turns/record.ts';
import { hasEnded } from '../../turns/transitions.ts';
import { awaitFormer } from '../await-former.ts';
import { type BestEffort, callBestEffort } from '../budget/best-effort.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import type { PlannedCall } from '../plan/plan.ts';
import type { RelayRecord, SessionStatus } from '../record.ts';
import { comeBackAfterFailure } from '../recovery/retry.ts';

type ToldTurn = Pick<TurnRecord, 'state' | 'stopRequest'>;
type ToldRecord = Pick<RelayRecord, 'view' | 'session'>;

/** Slack forgets `processing` after an hour, and only a new stream or another call renews it (agents.sessions.setStatus). */
const RENEW_MS = 30 * 60_000;
/** What the older method shows goes after two minutes (assistant.threads.setStatus). */
const OLD_RENEW_MS = 90_000;
/** Nobody comes after a turn's end to mend what may not have arrived: it is said again this often. */
const LAST_TRIES = 3;
/** Slack puts the app's name before it. */
const OLD_WORDS = 'is working on it…';

/**
 * What the thread's session is to be: `processing` from the first visit until the answer stands, across rolled
 * streams, retries and the next turn that waits; `suspended` while people are asked; `active` behind the end.
 * `suspended` has no end of its own that Slack documents, so nothing renews it.
 *
 * @returns undefined where it stays as it is: the work was asked to stop and will end in a moment (case S-6)
 */
export function wantedStatus(
  turn: ToldTurn,
  view: Pick<RelayRecord['view'], 'message' | 'finished'>,
  successor: boolean,
): SessionStatus | undefined {
  // Its stop will say what comes after it.
  if (view.message) return 'processing';
  if (hasEnded(turn)) return view.finished && !successor ? 'active' : 'processing';
  if (turn.state === 'paused') return 'suspended';
  return turn.stopRequest ? undefined : 'processing';
}

/** What Slack must be told now, if anything: it knows otherwise, or is about to forget. */
export function dueStatus(
  record: ToldRecord,
  turn: ToldTurn,
  successor: boolean,
  now: number,
  renewMs = RENEW_MS,
): SessionStatus | undefined {
  const { session, view } = record;
  const wanted = wantedStatus(turn, view, successor);
  // An open stream was the last to speak.
  const told = session ?? (view.message && { status: 'processing', at: view.message.openedAt });
  if (wanted === undefined || told?.status !== wanted) return wanted;
  return wanted === 'processing' && now - told.at >= renewMs ? wanted : undefined;
}

/** What a call that was applied has told the session on its way: a stream begins as work, its stop says the rest. */
export function noteSession(
  held: HeldRelay,
  { method, args }: Pick<PlannedCall, 'method' | 'args'>,
  now: number,
): void {
  if (method === 'chat.startStream') held.change({ session: { status: 'processing', at: now } });
  const status = args.session_status;
  if (method === 'chat.stopStream' && isStatus(status)) held.change({ session: { status, at: now } });
}

const isStatus = (status: unknown): status is SessionStatus =>
  status === 'processing' || status === 'active' || status === 'suspended';

/** Nobody knows what the session was told last: a call is in doubt, or Slack ended the stream by itself. */
export function forgetSession(held: HeldRelay): void {
  held.change({ session: undefined });
}

/**
 * Tells Slack what the thread's session is, where no stream does (capability 18, case S-8). Best effort.
 *
 * @returns when to try again, where the budget has no room, or to say again what Slack forgets, and nobody else will
 * come
 */
export async function tendSession(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  turn: TurnRecord,
  successor: boolean,
): Promise<number | undefined> {
  const { record } = held;
  const old = isRefused(deps.connectSlack, record, 'sessions', deps.now());
  const due = dueStatus(record, turn, successor, deps.now(), old ? OLD_RENEW_MS : RENEW_MS);
  if (due === undefined) return old ? renewalOf(record) : undefined;
  // Until then the session is the former turn's.
  const former = record.session ? undefined : await awaitFormer(deps, record, turn);
  if (former !== undefined) return former;
  const outcome = await tell(deps, held, slack, due);
  if (outcome.kind === 'refused') return outcome.at;
  const lost = outcome.kind === 'failed' && outcome.code === 'unknown';
  if (lost && due === 'active' && (record.retry?.attempts ?? 0) < LAST_TRIES)
    return comeBackAfterFailure(deps, held).at;
  // What failed is not tried at each visit: the next change, or the renewal, tries again.
  held.change({ session: { status: due, at: deps.now() } });
  return isRefused(deps.connectSlack, record, 'sessions', deps.now()) ? renewalOf(held.record) : undefined;
}

/** When the older method must be called again; the newer one's renewal is seen to by whoever comes within the hour. */
function renewalOf({ session }: Pick<RelayRecord, 'session'>): number | undefined {
  return session?.status === 'processing' ? session.at + OLD_RENEW_MS : undefined;
}

async function tell(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  status: SessionStatus,
): Promise<BestEffort> {
  const { record } = held;
  const place = { channel_id: record.channel, thread_ts: record.threadTs };
  if (!isRefused(deps.connectSlack, record, 'sessions', deps.now())) {
    const outcome = await callBestEffort(deps, held, slack, 'agents.sessions.setStatus', {
      ...place,
      status,
    });
    if (outcome.kind !== 'failed' || !lacksSessions(outcome.code)) return outcome;
    noteRefusal(deps.connectSlack, record, 'sessions', deps.now());
  }
  try {
    const words = status === 'processing' ? OLD_WORDS : '';
    // 600 a minute: it needs no budget.
    return {
      kind: 'done',
      answer: await slack.call('assistant.threads.setStatus', { ...place, status: words }),
    };
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
    deps.log.info('session status not set', { turnId: record.turnId, error: error.message });
    return { kind: 'failed', code: 'unknown' };
  }
}

/**
 * A relay that gives up, or whose turn is gone, leaves no session behind that seems to work or to ask. While the turn
 * itself goes on, `processing` stays, and Slack ends it in an hour.
 */
export async function leaveSession(deps: RelayDeps, held: HeldRelay, slack: SlackApi): Promise<void> {
  const { turnId, sessionId, session: told } = held.record;
  if (told?.status === 'active') return;
  const turn = await deps.store.get<TurnRecord>(keys.turn(turnId));
  const session = await deps.store.get<SessionRecord>(keys.session(sessionId));
  const isNext = session?.activeTurnId !== undefined && session.activeTurnId !== turnId;
  if ((turn && !hasEnded(turn)) || isNext) return;
  await tell(deps, held, slack, 'active');
  held.change({ session: { status: 'active', at: deps.now() } });
}
