import { resumePause } from '../pauses/resume.ts';
import { storeTaskToken } from '../pauses/store.ts';
import { chunkSk, keys } from '../store/keys.ts';
import { readTurnStream } from '../stream/read-log.ts';
import { postNotice } from './beside/notice.ts';
import { noteTitle, passTitleOn } from './beside/show-title.ts';
import type { RelayDeps } from './deps.ts';
import { HeldRelay, LeaseLostError, markAgain, takeLease } from './lease.ts';
import type { RelayRecord } from './record.ts';
import type { Shown } from './show-turn.ts';
import { tendTurn } from './tend-turn.ts';
import { BEHIND_LEASE_MS, passGuardOn, queueGuard } from './wakes/guard.ts';
import { keepQuiet } from './wakes/quiet.ts';
import { requestWake } from './wakes/request-wake.ts';
import { MAX_DELAY_MS, type WakeMessage } from './wakes/wake.ts';

export type { RelayDeps } from './deps.ts';

/** Wakes that come while the lease is held are answered by another look, up to this often. */
const LOOKS = 10;
/** A lease may be given back between the refusal and the mark. */
const ENTRIES = 3;

/**
 * Handles one message of the wake queue. Whatever wakes it, the relay looks at the turn's records and does what is
 * due, so a doubled or late wake does no harm.
 *
 * @throws what the store, the queue or KMS throw: the message is delivered again, and the guard comes earlier
 */
export async function handleWake(deps: RelayDeps, message: WakeMessage): Promise<void> {
  switch (message.kind) {
    case 'notice':
      return postNotice(deps, message);
    case 'pause':
      await receiveToken(deps, message);
      return visitTurn(deps, message);
    case 'guard':
    case 'flush':
      return visitTurn(deps, message);
  }
}

/** The token is stored before any card exists; if nothing is open any more, the turn goes on at once. */
async function receiveToken(deps: RelayDeps, message: WakeMessage & { kind: 'pause' }): Promise<void> {
  const { turnId, pauseId } = message;
  const pause = await storeTaskToken(deps, message);
  if (!pause) deps.log.error('task token of an unknown pause', { turnId, pauseId });
  else await resumePause(deps, pause);
}

async function visitTurn(deps: RelayDeps, message: Exclude<WakeMessage, { kind: 'notice' }>): Promise<void> {
  const held = await enter(deps, message);
  if (!held) return passTitleOn(deps, message);
  try {
    if (message.kind === 'flush' && message.title) noteTitle(held, message.title);
    // Before anything else: if this relay dies on its way, somebody must come while the lease is still its own. A
    // guard that finds no stream open is the last one.
    const { message: stream } = held.record.view;
    if (message.kind !== 'guard' || stream) await queueGuard(deps, held, stream);
    for (let look = 1; look <= LOOKS; look++) {
      const shown = await tendTurn(deps, held);
      await queueComeBack(deps, held, shown.comeBackAt);
      await queueLook(deps, held, shown.lookAt);
      keepQuiet(held, deps.now());
      const left = await held.release();
      if (left) return await lookOnce(deps, left, shown);
    }
    await queueComeBack(deps, held, deps.now() + deps.limits.debounceMs);
    await held.abandon();
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
    deps.log.warn('another relay took over', { turnId: message.turnId });
    await passTitleOn(deps, message);
  }
}

async function enter(
  deps: RelayDeps,
  message: Exclude<WakeMessage, { kind: 'notice' }>,
): Promise<HeldRelay | undefined> {
  const guardAt = message.kind === 'guard' ? await passGuardOn(deps, message.turnId) : undefined;
  for (let entry = 0; entry < ENTRIES; entry++) {
    const taken = await takeLease(deps, message.turnId);
    if (taken instanceof HeldRelay) {
      if (guardAt !== undefined) taken.change({ guardAt });
      return taken;
    }
    if (taken.refused === 'closed') return undefined;
    const behindMs = taken.until - deps.now() + BEHIND_LEASE_MS;
    if (message.kind === 'guard') {
      // Whoever holds the lease may be dead: the guard must not rely on him.
      if (guardAt === undefined) await deps.sendWake(message, behindMs);
      return undefined;
    }
    // He may have died before he queued a guard of his own.
    if ((taken.guardAt ?? 0) <= deps.now())
      await deps.sendWake(
        { v: 1, kind: 'guard', turnId: message.turnId, at: deps.now() + behindMs },
        behindMs,
      );
    if (await markAgain(deps, message.turnId, taken.owner)) return undefined;
  }
  return undefined;
}

/**
 * Queues the relay's own delayed wake and takes `wakeAt` for it, so that until then writers send none. One that is
 * queued already for that time or shortly before is enough.
 */
async function queueComeBack(deps: RelayDeps, held: HeldRelay, at: number | undefined): Promise<void> {
  const { backAt, closedAt } = held.record;
  if (at === undefined || closedAt !== undefined) return;
  const now = deps.now();
  if (backAt !== undefined && backAt > now && backAt <= at + 1_000) {
    held.change({ wakeAt: backAt });
    return;
  }
  held.change({ wakeAt: await sendBack(deps, held, at, now) });
}

/**
 * Sends the relay's own wake, in whole seconds. What is farther away than the queue delays is looked at on the way.
 *
 * @returns when it is due
 */
async function sendBack(deps: RelayDeps, held: HeldRelay, at: number, now: number): Promise<number> {
  const delayMs = Math.min(MAX_DELAY_MS, Math.max(1, Math.ceil((at - now) / 1000)) * 1000);
  await deps.sendWake({ v: 1, kind: 'flush', turnId: held.record.turnId }, delayMs);
  held.change({ backAt: now + delayMs });
  return now + delayMs;
}

/**
 * Queues a wake for what may wait, if none comes by then. `wakeAt` is left alone: whoever writes meanwhile sends his
 * own, sooner.
 */
async function queueLook(deps: RelayDeps, held: HeldRelay, at: number | undefined): Promise<void> {
  const { backAt, guardAt, closedAt } = held.record;
  if (at === undefined || closedAt !== undefined) return;
  const now = deps.now();
  if ([backAt, guardAt].some((known) => known !== undefined && known > now && known <= at + 1_000)) return;
  await sendBack(deps, held, at, now);
}

/**
 * One consistent look after the lease was given back: a chunk whose writer saw `wakeAt` taken by a wake that got
 * lost has nobody else. A queued wake makes it unnecessary.
 */
async function lookOnce(deps: RelayDeps, left: RelayRecord, { readTo }: Shown): Promise<void> {
  if (left.closedAt !== undefined || left.wakeAt !== undefined || (left.view.whole && !left.view.progress))
    return;
  const [newer] = await deps.store.query<{ fence: number }>({
    pk: keys.turn(left.turnId).pk,
    prefix: 'CHUNK#',
    from: chunkSk(readTo.fence, readTo.seq),
    limit: 1,
  });
  if (!newer) return;
  const { batches } = await readTurnStream(deps.store, left.turnId, readTo, 10);
  if (batches.length > 0) await requestWake(deps, left.turnId, deps.limits.debounceMs);
}
