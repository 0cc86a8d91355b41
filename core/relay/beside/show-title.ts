import type { SessionRecord } from '../../sessions/record.ts';
import type { SlackApi } from '../../slack/api.ts';
import { isRefused, lacksSessions, noteRefusal } from '../../slack/refusals.ts';
import { keys } from '../../store/keys.ts';
import type { ChunkBatch } from '../../stream/chunks.ts';
import { type BestEffort, callBestEffort } from '../budget/best-effort.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import type { RelayRecord, TitleToTell } from '../record.ts';
import type { WakeMessage } from '../wakes/wake.ts';

type TitleDeps = Pick<RelayDeps, 'store' | 'now' | 'tiers' | 'log' | 'connectSlack'>;

/** Where Slack has no session after all, or its answer was lost: so often, the first time after two seconds. */
const TRIES = 5;
const AGAIN_MS = 2_000;
/** Whoever has the lease works for a moment. */
const BEHIND_OTHERS_MS = 2_000;

/** Keeps what the log says of the session's title, on whatever surface: it is told when there is time for it. */
export function noteTitleOf(held: HeldRelay, batches: readonly ChunkBatch[]): void {
  for (const { chunks } of batches)
    for (const chunk of chunks) if (chunk.type === 'data-title') noteTitle(held, { text: chunk.data.title });
}

/** Keeps a title that is to be told; a turn gives its session one title at most. */
export function noteTitle(held: HeldRelay, title: TitleToTell): void {
  if (held.record.title === undefined) held.change({ title });
}

/**
 * Tells Slack the title that was made beside the turn (capability 54), once Slack has the session: it is there from
 * its first status or the first streamed message on. Best effort, within the method's budget.
 *
 * @returns when to try again
 */
export async function tendTitle(
  deps: TitleDeps,
  held: HeldRelay,
  slack: SlackApi,
): Promise<number | undefined> {
  const { title, session, view } = held.record;
  if (!title || title.done || (session === undefined && view.messages === 0)) return undefined;
  if (title.at !== undefined && title.at > deps.now()) return title.at;
  const after = await tellTitle(deps, held.record, slack, title);
  held.change({ title: after });
  return after.at;
}

/**
 * A title that came by a wake whose turn cannot be visited: another relay is at work, or this turn's is done, for the
 * title was made when the answer stood already. Telling it twice is harmless, so that needs no lease.
 */
export async function passTitleOn(
  deps: TitleDeps & Pick<RelayDeps, 'findInstallation' | 'sendWake'>,
  message: WakeMessage,
): Promise<void> {
  if (message.kind !== 'flush' || message.title === undefined) return;
  const record = await deps.store.get<RelayRecord>(keys.relay(message.turnId));
  if (!record) return;
  if (record.closedAt === undefined) return deps.sendWake(message, BEHIND_OTHERS_MS);
  const installation = await deps.findInstallation(record.appId, record.installationId);
  if (!installation || record.title?.done) return;
  const slack = deps.connectSlack(installation.botToken);
  const title = await tellTitle(deps, record, slack, message.title);
  if (title.at !== undefined) await deps.sendWake({ ...message, title }, title.at - deps.now());
}

/** @returns how the title stands behind it */
async function tellTitle(
  deps: TitleDeps,
  record: RelayRecord,
  slack: SlackApi,
  { text, tries = 0 }: TitleToTell,
): Promise<TitleToTell> {
  const session = await deps.store.get<SessionRecord>(keys.session(record.sessionId));
  // A person named it meanwhile (case K-35).
  if (session?.title !== text) return { text, done: true };
  const outcome = await rename(deps, record, slack, text);
  if (outcome.kind === 'refused') return { text, tries, at: outcome.at };
  const again = outcome.kind === 'failed' && /^(session_not_found|unknown)$/.test(outcome.code);
  if (!again || tries + 1 >= TRIES) return { text, done: true };
  return { text, tries: tries + 1, at: deps.now() + AGAIN_MS * (tries + 1) };
}

/** Where there are no agent sessions yet, the thread gets its title by the method before them. */
async function rename(
  deps: TitleDeps,
  record: RelayRecord,
  slack: SlackApi,
  title: string,
): Promise<BestEffort> {
  const args = { channel_id: record.channel, thread_ts: record.threadTs, title };
  if (!isRefused(deps.connectSlack, record, 'sessions', deps.now())) {
    const outcome = await callBestEffort(deps, { record }, slack, 'agents.sessions.rename', args);
    if (outcome.kind !== 'failed' || !lacksSessions(outcome.code)) return outcome;
    noteRefusal(deps.connectSlack, record, 'sessions', deps.now());
  }
  return callBestEffort(deps, { record }, slack, 'assistant.threads.setTitle', args);
}
