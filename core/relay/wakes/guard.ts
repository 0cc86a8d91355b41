import { keys } from '../../store/keys.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import type { RelayRecord, StreamMessage } from '../record.ts';

type GuardDeps = Pick<RelayDeps, 'sendWake' | 'now' | 'limits'>;
type Open = Pick<StreamMessage, 'rollAt'>;

/** A guard that finds the lease held comes again when it must be over. */
export const BEHIND_LEASE_MS = 500;

/**
 * Sees to it that one guard wake is queued: before a Slack call, so that a crash during it is followed, and while
 * a stream is open, so that Slack's end of it is not missed. It comes in `guardMs`, or when the message is to be
 * rolled. The record keeps its time with its next write; a guard whose time was not kept is a wake like any other.
 */
export async function queueGuard(deps: GuardDeps, held: HeldRelay, message: Open | undefined): Promise<void> {
  const { guardAt, turnId } = held.record;
  if (guardAt !== undefined && guardAt > deps.now()) return;
  held.change({ guardAt: await sendGuard(deps, turnId, message) });
}

/**
 * A guard has come: where a stream is open the next one is queued before anything is written, so that a relay that
 * dies at its very first step is followed too. While another one has the lease it comes right behind that.
 *
 * @returns when it is due; undefined where none is needed, or one is queued already
 */
export async function passGuardOn(
  deps: GuardDeps & Pick<RelayDeps, 'store'>,
  turnId: string,
): Promise<number | undefined> {
  const record = await deps.store.get<RelayRecord>(keys.relay(turnId));
  if (!record?.view.message || record.closedAt !== undefined) return undefined;
  const now = deps.now();
  const { guardAt = 0, leaseUntil = 0 } = record;
  if (guardAt > now) return undefined;
  const behindLease = leaseUntil >= now ? leaseUntil + BEHIND_LEASE_MS : Number.POSITIVE_INFINITY;
  return sendGuard(deps, turnId, record.view.message, behindLease);
}

async function sendGuard(
  deps: GuardDeps,
  turnId: string,
  message: Open | undefined,
  notAfter = Number.POSITIVE_INFINITY,
): Promise<number> {
  const now = deps.now();
  const { rollAt = Number.POSITIVE_INFINITY } = message ?? {};
  const at = Math.max(now + 1_000, Math.min(now + deps.limits.guardMs, rollAt, notAfter));
  await deps.sendWake({ v: 1, kind: 'guard', turnId, at }, at - now);
  return at;
}
