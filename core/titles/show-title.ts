import { setTimeout as sleep } from 'node:timers/promises';
import type { FindInstallation } from '../installations/record.ts';
import type { Log } from '../log.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { type ConnectSlack, SlackCallError } from '../slack/api.ts';
import { keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { TurnRecord } from '../turns/record.ts';

export interface ShowTitleDeps {
  store: Pick<Store, 'get'>;
  findInstallation: FindInstallation;
  connectSlack: ConnectSlack;
  log: Log;
  /** Waits between tries. @throws the signal's reason */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Slack has the session from the turn's first streamed message on, and a title may be there before it: the relay
 * has to start, and may be waiting for its budget.
 */
const WAITS_MS = [0, 250, 500, 1_000, 2_000, 4_000];

/**
 * Tells Slack a title that was stored for a session (agents.sessions.rename). While Slack has no session in the
 * thread it is asked again for a few seconds, as long as the title is still the session's (case K-35). A Slack that
 * refuses it changes nothing.
 *
 * @throws nothing: a title that Slack does not show is no reason to fail
 */
export async function showTitle(
  deps: ShowTitleDeps,
  { turn, title, signal }: { turn: TurnRecord; title: string; signal: AbortSignal },
): Promise<void> {
  const { wait = (ms, until) => sleep(ms, undefined, { signal: until }) } = deps;
  const { turnId, appId, installationId, channel, threadTs, sessionId } = turn;
  try {
    const installation = await deps.findInstallation(appId, installationId);
    if (!installation) return;
    const slack = deps.connectSlack(installation.botToken);
    for (const [tries, ms] of WAITS_MS.entries()) {
      if (tries > 0) {
        await wait(ms, signal);
        if ((await deps.store.get<SessionRecord>(keys.session(sessionId)))?.title !== title) return;
      }
      try {
        await slack.call('agents.sessions.rename', { channel_id: channel, thread_ts: threadTs, title });
        return;
      } catch (error) {
        if (!isWithoutSession(error) || tries === WAITS_MS.length - 1) throw error;
      }
    }
  } catch (error) {
    deps.log.info('Slack did not take the title', { turnId, error });
  }
}

function isWithoutSession(error: unknown): boolean {
  if (!(error instanceof SlackCallError)) return false;
  return error.failure.kind === 'platform' && error.failure.code === 'session_not_found';
}
