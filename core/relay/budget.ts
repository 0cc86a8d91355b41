import type { BudgetedMethod, Tiers } from '../settings.ts';
import { ConditionFailedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import { methodShape, nextSlot } from './budget-math.ts';

export interface BudgetDeps {
  store: Store;
  now: () => number;
  tiers: Tiers;
}

/** `BUDGET#app#installation` / method: what one app may still call in one workspace. */
export interface BudgetRecord {
  v: 1;
  /** Takes so far: a take is refused when another came in between. */
  takes?: number;
  /** The last slots that each bucket gave, oldest first, epoch milliseconds. */
  ordinary?: number[];
  reserve?: number[];
  /** Slack answered 429: no call of the method before this. */
  blockedUntil?: number;
  ttl?: number;
}

export interface BudgetPlace {
  appId: string;
  installationId: string;
}

export interface TakeOptions {
  method: BudgetedMethod;
  /** A last flush or a pause card: may take from the reserve. */
  urgent: boolean;
  /** A slot further away than this is not reserved. */
  maxWaitMs: number;
}

/** `at` is the call's time: now, or the slot that is reserved for it. `refused`: the next slot is too far away. */
export type Take = { at: number } | { refused: number };

/** Rivals of a take are other turns of the same workspace at the same moment. */
const ROUNDS = 12;
const TTL_MS = 24 * 3_600_000;

/**
 * Takes a call from the method's budget, or reserves the next free slot: first come, first served. One read and
 * one conditional write.
 */
export async function takeBudget(deps: BudgetDeps, place: BudgetPlace, options: TakeOptions): Promise<Take> {
  const key = keys.budget(place.appId, place.installationId, options.method);
  let record = await deps.store.get<BudgetRecord>(key);
  for (let round = 0; round < ROUNDS; round++) {
    const now = deps.now();
    const slot = chooseSlot(record, deps.tiers[options.method], options, now);
    if (slot.at - now > options.maxWaitMs) return { refused: slot.at };
    try {
      await deps.store.update({
        key,
        set: { v: 1, [slot.bucket]: slot.slots, ttl: Math.ceil((slot.at + TTL_MS) / 1000) },
        add: { takes: 1 },
        condition:
          record?.takes === undefined
            ? { expression: 'attribute_not_exists(#takes)' }
            : { expression: '#takes = :seen', values: { ':seen': record.takes } },
      });
      return { at: slot.at };
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      record = error.item as BudgetRecord | undefined;
    }
  }
  // So many rivals: the budget is as good as used up for this moment.
  return { refused: deps.now() + 1_000 };
}

interface Slot {
  bucket: 'ordinary' | 'reserve';
  at: number;
  slots: number[];
}

function chooseSlot(
  record: BudgetRecord | undefined,
  tier: number,
  { method, urgent }: TakeOptions,
  now: number,
): Slot {
  const shape = methodShape(method, tier);
  const from = Math.max(now, record?.blockedUntil ?? 0);
  const ordinary: Slot = { bucket: 'ordinary', ...nextSlot(record?.ordinary ?? [], shape.ordinary, from) };
  if (!urgent || !shape.reserve) return ordinary;
  const reserve: Slot = { bucket: 'reserve', ...nextSlot(record?.reserve ?? [], shape.reserve, from) };
  // The reserve is left alone while there is ordinary budget at once.
  return reserve.at < ordinary.at ? reserve : ordinary;
}

/** Until when Slack's 429 blocks a method; a slot that was reserved before it does not count during it. */
export async function blockedUntil(
  deps: BudgetDeps,
  { appId, installationId }: BudgetPlace,
  method: BudgetedMethod,
): Promise<number> {
  const record = await deps.store.get<BudgetRecord>(keys.budget(appId, installationId, method));
  return record?.blockedUntil ?? 0;
}

/** Keeps all turns of the workspace from a method until Slack takes its calls again. */
export async function blockMethod(
  deps: BudgetDeps,
  { appId, installationId }: BudgetPlace,
  method: BudgetedMethod,
  until: number,
): Promise<void> {
  try {
    await deps.store.update({
      key: keys.budget(appId, installationId, method),
      set: { v: 1, blockedUntil: until, ttl: Math.ceil((until + TTL_MS) / 1000) },
      condition: {
        expression: 'attribute_not_exists(#blockedUntil) OR #blockedUntil < :until',
        values: { ':until': until },
      },
    });
  } catch (error) {
    // A longer block stands already.
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}
