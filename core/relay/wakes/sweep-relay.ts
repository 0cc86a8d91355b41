import type { Limits } from '../../settings.ts';
import { ConditionFailedError } from '../../store/errors.ts';
import { checkAt, keys } from '../../store/keys.ts';
import type { Store } from '../../store/store.ts';
import type { RelayRecord } from '../record.ts';
import type { SendWake } from './wake.ts';

export interface SweepRelayDeps {
  store: Store;
  sendWake: SendWake;
  now: () => number;
  limits: Pick<Limits, 'relayCheckMs'>;
}

/**
 * The second net under a turn's wakes: a relay record that is due gets one, whatever became of its others, and is
 * looked at again later. A wake that finds nothing to do costs two writes; a closed record leaves the index.
 */
export async function sweepRelay(deps: SweepRelayDeps, record: RelayRecord): Promise<void> {
  const key = keys.relay(record.turnId);
  const now = deps.now();
  if (record.gsi3sk === undefined || Date.parse(record.gsi3sk) > now) return;
  const seen = { expression: '#gsi3sk = :seen', values: { ':seen': record.gsi3sk } };
  try {
    if (record.closedAt !== undefined) {
      await deps.store.update({ key, remove: ['gsi3pk', 'gsi3sk'], condition: seen });
      return;
    }
    await deps.sendWake({ v: 1, kind: 'flush', turnId: record.turnId }, 0);
    await deps.store.update({
      key,
      set: checkAt(record.turnId, now + deps.limits.relayCheckMs),
      condition: seen,
    });
  } catch (error) {
    // Closed or looked at by another sweep in between.
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}
