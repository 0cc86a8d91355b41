import { checkAt } from '../store/keys.ts';
import { tendCard } from './beside/deliver-card.ts';
import { tendPresence } from './beside/presence.ts';
import { leaveSession } from './beside/session-status.ts';
import { tendUploads } from './beside/upload-files.ts';
import { returnStop, SHORT_WAIT_MS } from './budget/await-slot.ts';
import { withReadBudget } from './budget/read-budget.ts';
import { closeRelay } from './close-relay.ts';
import type { RelayDeps } from './deps.ts';
import type { HeldRelay } from './lease.ts';
import { clearDoubt } from './recovery/clear-doubt.ts';
import { comeBackAfterFailure } from './recovery/retry.ts';
import { type Shown, showTurn } from './show-turn.ts';
import { closeStandIn, streamSlotAt } from './stand-in.ts';
import { queueGuard } from './wakes/guard.ts';

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
  const slack = withReadBudget(deps, held.record, deps.connectSlack(installation.botToken));
  const { inFlight } = held.record;
  if (inFlight) {
    const cleared = await clearDoubt(deps, held, slack, installation, inFlight);
    if (cleared.kind === 'comeBack') {
      if (held.record.closedAt !== undefined) await leaveSession(deps, held, slack);
      return { ...away, comeBackAt: cleared.at };
    }
  }
  const shown = await showTurn(deps, held, slack);
  const { turn, successorId } = shown;
  if (!turn || held.record.closedAt !== undefined) {
    await leaveSession(deps, held, slack);
    closeRelay(held, deps.now());
    return shown;
  }
  if (shown.comeBackAt === undefined) await returnStop(deps, held);
  const card = await tendCard(deps, held, slack, turn);
  await closeStandIn(deps, held, slack);
  const uploads = await tendUploads(deps, held, slack, turn);
  const [cardAt, uploadsAt] = [card, uploads].map((one) => (one?.kind === 'comeBack' ? one.at : undefined));
  const comeBackAt = earliest(shown.comeBackAt, earliest(cardAt, uploadsAt));
  const done = comeBackAt === undefined && isDone(held);
  if (done) await letNextBegin(deps, held, successorId);
  const lookAt = earliest(
    await tendPresence(deps, held, slack, { turn, successorId, comeBackAt, done }),
    streamSlotAt(held.record.view, turn),
  );
  if (done && lookAt === undefined) {
    closeRelay(held, deps.now());
    return shown;
  }
  if (held.record.view.message) await queueGuard(deps, held, held.record.view.message);
  const rests = comeBackAt === undefined && lookAt === undefined;
  keepChecked(deps, held, rests && turn.state === 'paused');
  return {
    ...shown,
    ...(comeBackAt === undefined ? {} : { comeBackAt }),
    ...(lookAt === undefined ? {} : { lookAt }),
  };
}

/**
 * The sweep looks at a live relay now and then, but not at one that waits for people: with its card posted it has
 * nothing to do until somebody decides, and 10,000 waiting pauses must cost the sweep nothing.
 */
function keepChecked(deps: Pick<RelayDeps, 'now' | 'limits'>, held: HeldRelay, paused: boolean): void {
  const { record } = held;
  // It was given up on the way.
  if (record.closedAt !== undefined) return;
  const waits = paused && record.card !== undefined && record.view.message === undefined;
  if (waits && record.gsi3pk !== undefined) held.change({ gsi3pk: undefined, gsi3sk: undefined });
  if (!waits && record.gsi3pk === undefined)
    held.change(checkAt(record.turnId, deps.now() + deps.limits.relayCheckMs));
}

/** All of the turn stands in Slack: the stream of the next one may open, whatever is still to be done beside it. */
async function letNextBegin(
  deps: RelayDeps,
  held: HeldRelay,
  successorId: string | undefined,
): Promise<void> {
  if (held.record.shownAt !== undefined) return;
  held.change({ shownAt: deps.now() });
  if (successorId === undefined) return;
  await held.save();
  await deps.sendWake({ v: 1, kind: 'flush', turnId: successorId }, 0);
}

function isDone({ record: { view, card } }: HeldRelay): boolean {
  return view.finished === true && view.progress === undefined && card === undefined;
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
