import { type SlackApi, SlackCallError } from '../slack/api.ts';
import { checkAt } from '../store/keys.ts';
import { SHORT_WAIT_MS } from './await-slot.ts';
import { clearDoubt } from './clear-doubt.ts';
import { closeRelay } from './close-relay.ts';
import { tendCard } from './deliver-card.ts';
import type { RelayDeps } from './deps.ts';
import { queueGuard } from './guard.ts';
import type { HeldRelay } from './lease.ts';
import { comeBackAfterFailure } from './retry.ts';
import { type Shown, showTurn } from './show-turn.ts';

/**
 * One visit to a turn under its lease: find out about a call in doubt, bring the log into Slack, keep the pause's
 * card as it should be, and close the record when all is shown.
 */
export async function tendTurn(deps: RelayDeps, held: HeldRelay): Promise<Shown> {
  const { appId, installationId, retry, view } = held.record;
  const away = { turn: undefined, readTo: view.spot.cursor };
  if (retry && retry.at > deps.now() + SHORT_WAIT_MS) return { ...away, comeBackAt: retry.at };
  const installation = await deps.findInstallation(appId, installationId);
  // The app was removed: no token, not even an old one, is used (case T-67).
  if (!installation) return { ...away, comeBackAt: comeBackAfterFailure(deps, held, 'rarely').at };
  const slack = deps.connectSlack(installation.botToken);
  const { inFlight } = held.record;
  if (inFlight) {
    const cleared = await clearDoubt(deps, held, slack, installation, inFlight);
    if (cleared.kind === 'comeBack') return { ...away, comeBackAt: cleared.at };
  }
  const shown = await showTurn(deps, held, slack);
  const { turn, successorId } = shown;
  if (!turn) {
    closeRelay(held, deps.now());
    return shown;
  }
  const card = await tendCard(deps, held, slack, turn);
  const comeBackAt = earliest(shown.comeBackAt, card?.kind === 'comeBack' ? card.at : undefined);
  if (comeBackAt === undefined && isDone(held)) {
    if (held.record.view.whole) await freeSession(deps, held, slack, successorId);
    closeRelay(held, deps.now());
    // Its stream may open now.
    if (successorId !== undefined) await deps.sendWake({ v: 1, kind: 'flush', turnId: successorId }, 0);
    return shown;
  }
  if (held.record.view.message) await queueGuard(deps, held, held.record.view.message);
  keepChecked(deps, held, comeBackAt === undefined && turn.state === 'paused');
  return { ...shown, ...(comeBackAt === undefined ? {} : { comeBackAt }) };
}

/**
 * The sweep looks at a live relay now and then, but not at one that waits for people: with its card posted it has
 * nothing to do until somebody decides, and 10,000 waiting pauses must cost the sweep nothing.
 */
function keepChecked(deps: Pick<RelayDeps, 'now' | 'limits'>, held: HeldRelay, paused: boolean): void {
  const { record } = held;
  const waits = paused && record.card !== undefined && record.view.message === undefined;
  if (waits && record.gsi3pk !== undefined) held.change({ gsi3pk: undefined, gsi3sk: undefined });
  if (!waits && record.gsi3pk === undefined)
    held.change(checkAt(record.turnId, deps.now() + deps.limits.relayCheckMs));
}

function isDone({ record: { view, card } }: HeldRelay): boolean {
  return view.finished === true && view.progress === undefined && card === undefined;
}

/** Without a last stopStream nothing else tells Slack that the work is over. Best effort. */
async function freeSession(
  deps: RelayDeps,
  { record }: HeldRelay,
  slack: SlackApi,
  successorId: string | undefined,
): Promise<void> {
  if (successorId !== undefined) return;
  const { channel, threadTs, turnId } = record;
  try {
    await slack.call('agents.sessions.setStatus', {
      status: 'active',
      channel_id: channel,
      thread_ts: threadTs,
    });
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
    deps.log.info('session status not set', { turnId, error: error.message });
  }
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
