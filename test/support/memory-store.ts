import {
  ConditionFailedError,
  type RefusedAction,
  TransactionRefusedError,
} from '../../core/store/errors.ts';
import type { Key } from '../../core/store/keys.ts';
import type { Action, Condition, Store, Update } from '../../core/store/store.ts';
import { holds } from './condition.ts';

type Item = Record<string, unknown>;

export interface MemoryStore extends Store {
  /** All items as they stand, by `pk sk`. */
  items: Map<string, Item>;
  /** Called before each write is applied: throw to make it fail, or do something in between. */
  beforeWrite?: (actions: readonly Action[]) => void | Promise<void>;
}

/**
 * A store in memory with DynamoDB's semantics as our code uses them: conditions are evaluated on the item as it
 * stands, transactions are all or nothing and touch an item once, values are copied in and out. Every call lets
 * others go first, so that rivals meet as they would over the network.
 */
export function createMemoryStore(): MemoryStore {
  const items = new Map<string, Item>();
  const idOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
  const copy = <T>(value: T): T => structuredClone(value);
  const others = () => new Promise<void>((resolve) => setImmediate(resolve));

  const keyOf = (action: Action): Key => {
    if ('put' in action) return action.put;
    if ('update' in action) return action.update.key;
    return 'delete' in action ? action.delete : action.check;
  };
  const conditionOf = (action: Action): Condition | undefined =>
    'update' in action ? action.update.condition : action.condition;
  const apply = (action: Action) => {
    const id = idOf(keyOf(action));
    if ('put' in action) items.set(id, storable(withoutUndefined({ ...copy(action.put) })));
    else if ('update' in action) items.set(id, storable(updated(items.get(id), copy(action.update))));
    else if ('delete' in action) items.delete(id);
  };
  const fits = (action: Action) => {
    const condition = conditionOf(action);
    return !condition || holds(condition, items.get(idOf(keyOf(action))));
  };

  const store: MemoryStore = {
    items,
    async get<T>(key: Key) {
      await others();
      return copy(items.get(idOf(key))) as T | undefined;
    },
    async query<T>({ pk, prefix, from, to, limit, reverse }: Parameters<Store['query']>[0]) {
      await others();
      const low = from ?? prefix ?? '';
      const high = to ?? `${prefix ?? ''}\uffff`;
      const found = [...items.values()]
        .filter((item) => item.pk === pk && String(item.sk) >= low && String(item.sk) <= high)
        .sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));
      if (reverse) found.reverse();
      return copy(found.slice(0, limit)) as T[];
    },
    async queryIndex<T>(
      index: 'gsi1' | 'gsi2' | 'gsi3',
      pk: string,
      to?: string,
      limit?: number,
      reverse?: boolean,
    ) {
      await others();
      const sortKey = `${index}sk`;
      const found = [...items.values()]
        .filter((item) => item[`${index}pk`] === pk && (to === undefined || String(item[sortKey]) <= to))
        .sort((a, b) => (String(a[sortKey]) < String(b[sortKey]) ? -1 : 1));
      if (reverse) found.reverse();
      return copy(found.slice(0, limit)) as T[];
    },
    async put(item, condition) {
      await one({ put: item, ...(condition ? { condition } : {}) });
    },
    async update<T>(update: Update) {
      await one({ update });
      return copy(items.get(idOf(update.key))) as T;
    },
    async transact(actions) {
      await others();
      await store.beforeWrite?.(actions);
      if (actions.length > 100) throw new Error('A transaction holds at most 100 actions.');
      if (new Set(actions.map((action) => idOf(keyOf(action)))).size < actions.length)
        throw new Error('A transaction touches each item once.');
      const refusals = actions.map((action): RefusedAction => {
        if (fits(action)) return { code: 'None' };
        const item = items.get(idOf(keyOf(action)));
        return { code: 'ConditionalCheckFailed', ...(item ? { item: copy(item) } : {}) };
      });
      if (refusals.some(({ code }) => code !== 'None')) throw new TransactionRefusedError(refusals);
      actions.forEach(apply);
    },
  };

  async function one(action: Action): Promise<void> {
    await others();
    await store.beforeWrite?.([action]);
    if (!fits(action)) throw new ConditionFailedError(copy(items.get(idOf(keyOf(action)))));
    apply(action);
  }

  return store;
}

function updated(before: Item | undefined, { key, set = {}, remove = [], add = {} }: Update): Item {
  const item: Item = { ...before, pk: key.pk, sk: key.sk, ...withoutUndefined(set) };
  for (const name of remove) delete item[name];
  for (const [name, amount] of Object.entries(add)) item[name] = Number(before?.[name] ?? 0) + amount;
  return item;
}

function withoutUndefined(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}

/** @throws for a text that is no valid Unicode, such as half an emoji: it cannot be sent as UTF-8 */
function storable(item: Item): Item {
  JSON.stringify(item, (name, value: unknown) => {
    if (typeof value === 'string' && !value.isWellFormed())
      throw new Error(`The text of \`${name}\` ends inside a character: ${JSON.stringify(value.slice(-20))}`);
    return value;
  });
  return item;
}
