import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Action } from '../../core/store/store.ts';
import type { MemoryStore } from './memory-store.ts';

const ITEM_BYTES = 400 * 1024;
const TRANSACTION_BYTES = 4 * 1024 * 1024;
const LEVELS = 32;

/**
 * Lets a store in memory refuse what DynamoDB refuses: values that cannot be marshalled, items and transactions
 * that are too large, documents that are nested too deeply.
 *
 * @returns the largest item that was written so far, by the beginning of its sort key, in bytes
 */
export function enforceTableLimits(store: MemoryStore): Map<string, number> {
  const largest = new Map<string, number>();
  store.beforeWrite = (actions) => {
    let total = 0;
    for (const action of actions) {
      const item = itemAfter(store, action);
      if (!item) continue;
      // The options of functions/shared/table.ts.
      const attributes: AttributeValue = { M: marshall(item, { removeUndefinedValues: true }) };
      const bytes = bytesOf(attributes);
      total += bytes;
      if (bytes > ITEM_BYTES) throw refused(`Item size has exceeded the maximum allowed size: ${bytes}`);
      if (levelsOf(attributes) - 1 > LEVELS) throw refused('Nesting levels have exceeded supported limits');
      const kind = String(item.sk).split('#')[0] ?? '';
      largest.set(kind, Math.max(largest.get(kind) ?? 0, bytes));
    }
    if (actions.length > 1 && total > TRANSACTION_BYTES)
      throw refused(`Transaction size has exceeded the maximum allowed size: ${total}`);
  };
  return largest;
}

function refused(message: string): Error {
  return Object.assign(new Error(message), { name: 'ValidationException' });
}

function itemAfter(store: MemoryStore, action: Action): Record<string, unknown> | undefined {
  if ('put' in action) return { ...action.put };
  if (!('update' in action)) return undefined;
  const { key, set } = action.update;
  return { ...store.items.get(`${key.pk} ${key.sk}`), ...key, ...set };
}

/** As DynamoDB counts: names and values in UTF-8, a few bytes for each document. */
function bytesOf(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return value.N.length;
  if (value.L !== undefined) return value.L.reduce((sum, entry) => sum + 1 + bytesOf(entry), 3);
  if (value.M !== undefined)
    return Object.entries(value.M).reduce(
      (sum, [name, entry]) => sum + 1 + Buffer.byteLength(name) + bytesOf(entry),
      3,
    );
  return 1;
}

function levelsOf(value: AttributeValue): number {
  const inner = value.L ?? (value.M ? Object.values(value.M) : undefined);
  return inner ? 1 + Math.max(0, ...inner.map(levelsOf)) : 0;
}
