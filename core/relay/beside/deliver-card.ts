import { type Card, decidedCard, openCard } from '../../pauses/card.ts';
import { withWholeReasons } from '../../pauses/reason.ts';
import type { PauseRecord } from '../../pauses/record.ts';
import { loadPause, loadPauseRows, reserveDelivery, storeDelivery } from '../../pauses/store.ts';
import type { BudgetedMethod } from '../../settings.ts';
import { type SlackApi, SlackCallError } from '../../slack/api.ts';
import type { TurnRecord } from '../../turns/record.ts';
import { awaitSlot } from '../budget/await-slot.ts';
import { blockMethod } from '../budget/budget.ts';
import type { RelayDeps } from '../deps.ts';
import type { Executed } from '../execute-plan.ts';
import type { HeldRelay } from '../lease.ts';
import { nextAfter } from '../recovery/failures.ts';
import { findPostedBlock } from '../recovery/find-block.ts';
import { comeBackAfterFailure } from '../recovery/retry.ts';

/** The card was deleted, or may not be changed any more. */
const GONE = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
]);
const UNKNOWN_VERSION = -1;
/** An outcome that Slack refuses this often stays untold on the card. */
const UPDATES = 8;

/**
 * Keeps the card of the turn's pause as it should be: posted once its token is stored and the stream is closed,
 * replaced by its outcome once it is decided (case G-18). What is stored in the pause tells what is to be done, so
 * a card whose post failed or got lost is simply still due (case P-21).
 *
 * @returns when to come back, where Slack or its budget do not allow it now
 */
export async function tendCard(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  turn: Pick<TurnRecord, 'state' | 'pauseId'>,
): Promise<Executed | undefined> {
  const present = turn.state === 'paused' ? turn.pauseId : undefined;
  const former = held.record.card?.pauseId;
  if (former === undefined || former === present) return tendPause(deps, held, slack, present);
  // The turn has paused again while the outcome of the pause before was still to be told.
  const executed = await tendPause(deps, held, slack, former);
  if (executed || held.record.card) return executed;
  return tendPause(deps, held, slack, present);
}

async function tendPause(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  pauseId: string | undefined,
): Promise<Executed | undefined> {
  if (pauseId === undefined) return undefined;
  const pause = await loadPause(deps.store, pauseId);
  const isKnown = held.record.card?.pauseId === pauseId;
  if (!pause || (pause.state !== 'open' && !isKnown && !pause.delivery)) {
    held.change({ card: undefined });
    return undefined;
  }
  try {
    if (pause.delivery?.ts !== undefined)
      return await showOutcome(deps, held, slack, pause, pause.delivery.ts);
    // A stream whose stop must wait for its slot does not keep people from being asked.
    const { message } = held.record.view;
    if ((message && message.stopsAt === undefined) || (pause.state === 'open' && !pause.taskToken))
      return undefined;
    return await deliver(deps, held, slack, pause);
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error;
    return afterFailure(deps, held, pauseId, error);
  }
}

async function deliver(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  pause: PauseRecord,
): Promise<Executed | undefined> {
  const posted = pause.delivery ? await findCard(slack, pause, pause.delivery.reservedAt) : undefined;
  // Which of the pause's states it shows is not known.
  if (posted !== undefined) return shown(deps, held, slack, pause, posted, UNKNOWN_VERSION);
  if (pause.state !== 'open') {
    // Decided before anybody saw a card: there is nothing to replace.
    held.change({ card: undefined });
    return undefined;
  }
  const wait = await awaitBudget(deps, held, 'chat.postMessage');
  if (wait) return wait;
  held.change({ card: { pauseId: pause.pauseId } });
  await held.save();
  if (!pause.delivery) await reserveDelivery(deps, pause.pauseId);
  const card = openCard(pause, await loadPauseRows(deps.store, pause.pauseId));
  const { ts } = await slack.call<{ ts: string }>('chat.postMessage', {
    channel: pause.channel,
    thread_ts: pause.threadTs,
    ...cardArguments(card),
  });
  return shown(deps, held, slack, pause, ts, pause.version);
}

/** The card stands in the thread; it may have been decided while it was posted. */
async function shown(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  { pauseId }: PauseRecord,
  ts: string,
  version: number,
): Promise<Executed | undefined> {
  held.change({ card: { pauseId }, retry: undefined });
  const after = await storeDelivery(deps, pauseId, ts, version);
  return after ? showOutcome(deps, held, slack, after, ts) : undefined;
}

async function showOutcome(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  pause: PauseRecord,
  ts: string,
): Promise<Executed | undefined> {
  if (pause.state === 'open') return undefined;
  if (pause.delivery?.shownVersion === pause.version) {
    held.change({ card: undefined });
    return undefined;
  }
  const wait = await awaitBudget(deps, held, 'chat.update');
  if (wait) return wait;
  const whole = await withWholeReasons(deps.store, pause);
  const card = decidedCard(whole, await loadPauseRows(deps.store, pause.pauseId));
  await slack.call('chat.update', { channel: pause.channel, ts, ...cardArguments(card) });
  held.change({ card: undefined, retry: undefined });
  await storeDelivery(deps, pause.pauseId, ts, pause.version);
  return undefined;
}

function cardArguments({ text, blocks }: Card): Record<string, unknown> {
  return { text, blocks, unfurl_links: false, unfurl_media: false };
}

/** A card that was reserved and whose ts is not known was perhaps posted; where we may not look it is posted again. */
async function findCard(
  slack: SlackApi,
  pause: PauseRecord,
  reservedAt: number,
): Promise<string | undefined> {
  const { channel, threadTs, pauseId } = pause;
  try {
    return await findPostedBlock(slack, { channel, threadTs }, reservedAt, pauseId);
  } catch (error) {
    if (error instanceof SlackCallError && error.failure.kind === 'platform') return undefined;
    throw error;
  }
}

async function awaitBudget(
  deps: RelayDeps,
  held: HeldRelay,
  method: BudgetedMethod,
): Promise<Executed | undefined> {
  const slot = await awaitSlot(deps, held, { method, priority: 'end' });
  if (slot.kind !== 'granted') return { kind: 'comeBack', at: slot.at };
  return undefined;
}

async function afterFailure(
  deps: RelayDeps,
  held: HeldRelay,
  pauseId: string,
  { method, failure, message }: SlackCallError,
): Promise<Executed | undefined> {
  const { turnId } = held.record;
  deps.log.warn('pause card could not be shown', { turnId, pauseId, error: message });
  const attempts = held.record.retry?.attempts ?? 0;
  const gone = failure.kind === 'platform' && (GONE.has(failure.code) || attempts >= UPDATES);
  if (method === 'chat.update' && gone) {
    // Its outcome has no place to stand, and the turn's stream tells it anyway.
    held.change({ card: undefined, retry: undefined });
    return undefined;
  }
  if (failure.kind === 'rate_limited') {
    const at = deps.now() + failure.retryAfterMs;
    if (method === 'chat.update' || method === 'chat.postMessage')
      await blockMethod(deps, held.record, method, at, held.record.channel);
    return { kind: 'comeBack', at };
  }
  const posting = method === 'chat.update' ? 'chat.update' : 'chat.postMessage';
  const rarely = ['slow', 'person'].includes(nextAfter(posting, failure));
  return comeBackAfterFailure(deps, held, rarely ? 'rarely' : 'later');
}
