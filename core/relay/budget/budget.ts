import type { BudgetedMethod, Tiers } from '../../settings.ts';
import { ConditionFailedError } from '../../store/errors.ts';
import { keys } from '../../store/keys.ts';
import type { Store } from '../../store/store.ts';
import { isOver } from './budget-math.ts';
import { chooseSlot, countsChannels, type GivenSlot } from './budget-shares.ts';
import type { Priority } from './priority.ts';

export interface BudgetDeps {
  store: Store;
  now: () => number;
  tiers: Tiers;
}

/** `BUDGET#app#installation` / method: what one app may still call in one workspace. */
export interface BudgetRecord {
  v: 1;
  /** Changes of `given` so far: one is refused when another came in between. */
  takes?: number;
  /** The calls of the last minute, and the slots that are reserved for later, oldest first. */
  given?: GivenSlot[];
  /** The same as former versions wrote it, in two buckets. */
  ordinary?: number[];
  reserve?: number[];
  /** Slack answered 429: no call of the method before this. */
  blockedUntil?: number;
  /** Slack answered 429 to a post in this channel. */
  blockedChannel?: { id: string; until: number };
  ttl?: number;
}

export interface BudgetPlace {
  appId: string;
  installationId: string;
}

export interface TakeOptions {
  method: BudgetedMethod;
  priority: Priority;
  /** Where it goes; matters for posts. */
  channel: string;
  /** A slot further away than this is not reserved. */
  maxWaitMs: number;
}

/** `at` is the call's time: now, or the slot that is reserved for it. `refused`: the next slot is too far away. */
export type Take = { at: number } | { refused: number };

/** Rivals are other turns of the workspace at the same moment; in each round one of them is done. */
const ROUNDS = 100;
/** More rivals than rounds: none of them has a slot, and each comes back. */
const CROWDED_MS = 2_000;
const TTL_MS = 24 * 3_600_000;

/**
 * Takes a call from the method's budget, or reserves the next free slot: first come, first served among equals. One
 * read and one conditional write.
 */
export async function takeBudget(deps: BudgetDeps, place: BudgetPlace, options: TakeOptions): Promise<Take> {
  const { method, priority, channel, maxWaitMs } = options;
  let taken: Take | undefined;
  const settled = await changeBudget(deps, place, method, (record) => {
    const now = deps.now();
    const given = givenOf(record, now);
    const from = Math.max(now, blockOf(record, channel));
    const at = chooseSlot(method, deps.tiers[method], given, options, from);
    taken = at - now > maxWaitMs ? { refused: at } : { at };
    if ('refused' in taken) return undefined;
    const slot: GivenSlot = { at, for: priority, ...(countsChannels(method) ? { channel } : {}) };
    return { given: [...given, slot].sort((a, b) => a.at - b.at) };
  });
  return settled && taken ? taken : { refused: deps.now() + CROWDED_MS };
}

/** Gives a slot back that is not needed any more, for whoever asks next. */
export async function returnSlot(
  deps: BudgetDeps,
  place: BudgetPlace,
  method: BudgetedMethod,
  at: number,
): Promise<void> {
  await changeBudget(deps, place, method, (record) => {
    const given = givenOf(record, deps.now());
    const index = given.findIndex((slot) => slot.at === at);
    return index < 0 ? undefined : { given: given.toSpliced(index, 1) };
  });
}

/** Until when Slack's 429 blocks a method; a slot that was reserved before it does not count during it. */
export async function blockedUntil(
  deps: BudgetDeps,
  { appId, installationId }: BudgetPlace,
  method: BudgetedMethod,
  channel: string,
): Promise<number> {
  return blockOf(await deps.store.get<BudgetRecord>(keys.budget(appId, installationId, method)), channel);
}

/**
 * Keeps all turns of the workspace from a method until Slack takes its calls again. Slack does not say which of its
 * two limits for posts was meant; the channel's is by far the tighter one, so only the channel is blocked, unless
 * another one is blocked as well.
 */
export async function blockMethod(
  deps: BudgetDeps,
  place: BudgetPlace,
  method: BudgetedMethod,
  until: number,
  channel?: string,
): Promise<void> {
  await changeBudget(deps, place, method, (record) => {
    const standing = record?.blockedChannel;
    const alone = standing === undefined || standing.id === channel || standing.until <= deps.now();
    if (channel !== undefined && countsChannels(method) && alone)
      return (standing?.id === channel ? standing.until : 0) < until
        ? { blockedChannel: { id: channel, until } }
        : undefined;
    return (record?.blockedUntil ?? 0) < until ? { blockedUntil: until } : undefined;
  });
}

/**
 * Reads the record once and writes the change, if there is one, on the condition that nobody came in between.
 *
 * @returns false when it could not be written for all the rivals
 */
async function changeBudget(
  deps: BudgetDeps,
  { appId, installationId }: BudgetPlace,
  method: BudgetedMethod,
  change: (record: BudgetRecord | undefined) => Partial<BudgetRecord> | undefined,
): Promise<boolean> {
  const key = keys.budget(appId, installationId, method);
  let record = await deps.store.get<BudgetRecord>(key);
  for (let round = 0; round < ROUNDS; round++) {
    const set = change(record);
    if (!set) return true;
    const last = Math.max(deps.now(), set.blockedUntil ?? 0, set.given?.at(-1)?.at ?? 0);
    try {
      await deps.store.update({
        key,
        set: { v: 1, ...set, ttl: Math.ceil((last + TTL_MS) / 1000) },
        add: { takes: 1 },
        condition:
          record?.takes === undefined
            ? { expression: 'attribute_not_exists(#takes)' }
            : { expression: '#takes = :seen', values: { ':seen': record.takes } },
      });
      return true;
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      record = error.item as BudgetRecord | undefined;
    }
  }
  return false;
}

function givenOf(record: BudgetRecord | undefined, now: number): GivenSlot[] {
  const former = [
    ...(record?.ordinary ?? []).map((at): GivenSlot => ({ at, for: 'text' })),
    ...(record?.reserve ?? []).map((at): GivenSlot => ({ at, for: 'end' })),
  ].sort((a, b) => a.at - b.at);
  return (record?.given ?? former).filter(({ at }) => !isOver(at, now));
}

const blockOf = (record: BudgetRecord | undefined, channel: string): number =>
  Math.max(
    record?.blockedUntil ?? 0,
    record?.blockedChannel?.id === channel ? record.blockedChannel.until : 0,
  );
