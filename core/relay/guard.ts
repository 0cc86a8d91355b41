import type { RelayDeps } from './deps.ts';
import type { HeldRelay } from './lease.ts';
import type { StreamMessage } from './record.ts';

type GuardDeps = Pick<RelayDeps, 'sendWake' | 'now' | 'limits'>;

/**
 * Sees to it that one guard wake is queued: before a Slack call, so that a crash during it is followed, and while
 * a stream is open, so that Slack's end of it is not missed. It comes in `guardMs`, or when the message is to be
 * rolled. The record keeps its time with its next write; a guard whose time was not kept is a wake like any other.
 */
export async function queueGuard(
  deps: GuardDeps,
  held: HeldRelay,
  message: Pick<StreamMessage, 'rollAt'> | undefined,
): Promise<void> {
  const now = deps.now();
  const { guardAt, turnId } = held.record;
  if (guardAt !== undefined && guardAt > now) return;
  const at = Math.max(
    now + 1_000,
    Math.min(now + deps.limits.guardMs, message?.rollAt ?? Number.POSITIVE_INFINITY),
  );
  await deps.sendWake({ v: 1, kind: 'guard', turnId, at }, at - now);
  held.change({ guardAt: at });
}
