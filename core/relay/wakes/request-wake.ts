import type { Limits } from '../../settings.ts';
import { ConditionFailedError } from '../../store/errors.ts';
import { keys } from '../../store/keys.ts';
import type { Condition, Store } from '../../store/store.ts';
import type { RelayRecord } from '../record.ts';
import type { SendWake } from './wake.ts';

export interface RequestWakeDeps {
  store: Store;
  sendWake: SendWake;
  now: () => number;
  limits: Pick<Limits, 'debounceMs' | 'appendIntervalMs' | 'wakeOverdueMs'>;
}

/**
 * Sees to it that the relay looks at a turn whose log has grown: takes `wakeAt` by condition, then sends the
 * wake. Whoever finds it taken does nothing, for the wake that is queued finds his chunks as well. A wake that is
 * overdue was lost and is sent again. With less delay than the debounce the request is urgent (a pause, an end):
 * it also takes precedence over a wake that is queued for later.
 *
 * @param delayMs from now; an ordinary wake comes later where the turn's next append may not go out before
 * @returns when a wake is queued for, epoch milliseconds: a chunk stored before then needs no other request.
 * 0 when nobody will look any more
 */
export async function requestWake(deps: RequestWakeDeps, turnId: string, delayMs: number): Promise<number> {
  const { limits } = deps;
  const now = deps.now();
  const urgent = delayMs < limits.debounceMs;
  try {
    const record = await deps.store.update<RelayRecord>({
      key: keys.relay(turnId),
      set: { wakeAt: now + delayMs },
      condition: mayTake(now, now - limits.wakeOverdueMs, urgent ? now + delayMs : undefined),
    });
    const spacingMs = urgent ? 0 : (record.lastAppendAt ?? 0) + limits.appendIntervalMs - now;
    // Whole seconds, rounded down: SQS knows no others, and the relay waits out the rest itself.
    const wholeMs = Math.floor(Math.max(delayMs, spacingMs) / 1000) * 1000;
    await deps.sendWake({ v: 1, kind: 'flush', turnId }, wholeMs);
    return now + wholeMs;
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const queuedFor = error.item?.wakeAt;
    return error.item?.closedAt === undefined && typeof queuedFor === 'number' ? queuedFor : 0;
  }
}

function mayTake(now: number, overdue: number, before: number | undefined): Condition {
  const open = 'attribute_exists(#pk) AND attribute_not_exists(#closedAt)';
  const free = 'attribute_not_exists(#wakeAt) OR #wakeAt < :overdue';
  return before === undefined
    ? { expression: `${open} AND (${free})`, values: { ':overdue': overdue } }
    : {
        expression: `${open} AND (${free} OR #wakeAt > :before)`,
        values: { ':overdue': overdue, ':before': Math.max(before, now) },
      };
}
