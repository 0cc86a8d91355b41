import { keys } from '../../store/keys.ts';
import type { RelayDeps } from '../deps.ts';
import type { RelayMessageRecord, RelayRecord, Spot } from '../record.ts';

/** Where the open message's content begins in the log. */
export async function messageStart(
  deps: Pick<RelayDeps, 'store'>,
  { record }: { record: Pick<RelayRecord, 'turnId' | 'view'> },
): Promise<Spot | undefined> {
  const key = keys.relayMessage(record.turnId, record.view.messages);
  return (await deps.store.get<RelayMessageRecord>(key))?.from;
}
