import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../test/support/memory-store.ts';
import { type BudgetedMethod, defaultTiers, type Tiers } from '../../settings.ts';
import { keys } from '../../store/keys.ts';
import { type BudgetDeps, type BudgetRecord, blockMethod, returnSlot, takeBudget } from './budget.ts';
import { isOver, SLOT_GRACE_MS } from './budget-math.ts';
import { chooseSlot, type GivenSlot } from './budget-shares.ts';
import type { Priority } from './priority.ts';

const methods = Object.keys(defaultTiers) as BudgetedMethod[];
const priorities: Priority[] = ['extra', 'text', 'begin', 'end'];
const place = { appId: 'A1', installationId: 'T1' };
const T0 = 1_800_000_000_000;

function mostInAMinute(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(
    0,
    ...sorted.map((start) => sorted.filter((at) => at >= start && at - start <= 60_000).length),
  );
}

/** Takes that come one after the other, as the budget's record keeps them. */
function takes(method: BudgetedMethod, tier: number) {
  let given: GivenSlot[] = [];
  return (now: number, priority: Priority, channel = 'C1'): number => {
    given = given.filter(({ at }) => !isOver(at, now));
    const at = chooseSlot(method, tier, given, { priority, channel }, now);
    given = [...given, { at, for: priority, channel }].sort((a, b) => a.at - b.at);
    return at;
  };
}

describe('which slot a call gets', () => {
  const asked = fc.array(
    fc.record({
      wait: fc.integer({ min: 0, max: 3_000 }),
      priority: fc.constantFrom(...priorities),
      channel: fc.constantFrom('C1', 'C2'),
      late: fc.integer({ min: 0, max: SLOT_GRACE_MS }),
    }),
    { minLength: 50, maxLength: 300 },
  );

  it('keeps within the tier in any minute, with slots used late and whatever goes first', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...methods),
        fc.integer({ min: 1, max: 120 }),
        asked,
        (method, tier, all) => {
          const take = takes(method, tier);
          const used: { at: number; channel: string }[] = [];
          let now = T0;
          for (const { wait, priority, channel, late } of all) {
            now += wait;
            used.push({ at: take(now, priority, channel) + late, channel });
          }
          expect(mostInAMinute(used.map(({ at }) => at))).toBeLessThanOrEqual(tier);
          if (method !== 'chat.postMessage') return;
          const inChannel = used.filter(({ channel }) => channel === 'C1').map(({ at }) => at);
          expect(mostInAMinute(inChannel)).toBeLessThanOrEqual(60);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('gives equals their slots in the order in which they ask', () => {
    fc.assert(
      fc.property(fc.constantFrom(...methods), fc.constantFrom(...priorities), asked, (method, mine, all) => {
        const take = takes(method, 20);
        let now = T0;
        let last = 0;
        for (const { wait, priority } of all) {
          now += wait;
          const at = take(now, priority);
          if (priority !== mine) continue;
          expect(at).toBeGreaterThanOrEqual(Math.min(last, at));
          last = Math.max(last, at);
        }
      }),
      { numRuns: 50 },
    );
    const take = takes('chat.appendStream', 50);
    const given = Array.from({ length: 100 }, () => take(T0, 'text'));
    expect(given).toEqual([...given].sort((a, b) => a - b));
  });

  it.each([
    ['chat.startStream', 'text', 18],
    ['chat.startStream', 'begin', 20],
    ['chat.stopStream', 'text', 18],
    ['chat.stopStream', 'end', 20],
    ['chat.appendStream', 'text', 5],
    ['chat.update', 'extra', 2],
    ['chat.update', 'text', 4],
    ['chat.update', 'end', 5],
    ['chat.postMessage', 'text', 1],
    ['chat.postMessage', 'begin', 3],
    ['chat.postMessage', 'end', 4],
    ['reactions.add', 'extra', 50],
  ] as const)('%s for %s lets %i go out at once', (method, priority, calls) => {
    const take = takes(method, defaultTiers[method]);
    const given = Array.from({ length: calls + 1 }, () => take(T0, priority));
    expect(given.filter((at) => at === T0)).toHaveLength(calls);
  });

  it('spends the whole tier of appends on text', () => {
    const take = takes('chat.appendStream', 50);
    const given = Array.from({ length: 200 }, () => take(T0, 'text'));
    // Four minutes and the grace of each.
    expect(Math.max(...given) - T0).toBeLessThan(4 * (60_000 + SLOT_GRACE_MS));
  });

  it.each([
    ['chat.startStream', 'text', 'begin'],
    ['chat.stopStream', 'text', 'end'],
    ['chat.postMessage', 'begin', 'end'],
    ['chat.update', 'text', 'end'],
  ] as const)('%s: whoever asks for %s in any number leaves room for %s', (method, low, high) => {
    const take = takes(method, defaultTiers[method]);
    for (let n = 0; n < 60; n++) take(T0, low);
    expect(take(T0 + 1, high)).toBeLessThan(T0 + 2_000);
  });

  it('opens twenty streams at once; who rolls over or comes after them waits', () => {
    const take = takes('chat.startStream', 20);
    const first = Array.from({ length: 20 }, () => take(T0, 'begin'));
    expect(first.every((at) => at === T0)).toBe(true);
    expect(take(T0, 'text')).toBe(T0 + 60_000 + SLOT_GRACE_MS + 1);
    expect(take(T0, 'begin')).toBe(T0 + 60_000 + SLOT_GRACE_MS + 1);
  });

  it('counts posts by channel: those in other channels do not wait', () => {
    const take = takes('chat.postMessage', 240);
    const given = Array.from({ length: 20 }, (_, n) => take(T0, 'begin', `C${n}`));
    expect(given.filter((at) => at === T0)).toHaveLength(19);
    const crowded = Array.from({ length: 10 }, () => take(T0, 'text', 'C99'));
    expect(new Set(crowded).size).toBe(10);
  });
});

function aBudget(tiers: Partial<Tiers> = {}) {
  const clock = { now: T0 };
  const store = createMemoryStore();
  const deps: BudgetDeps = { store, now: () => clock.now, tiers: { ...defaultTiers, ...tiers } };
  const take = (
    priority: Priority = 'text',
    over: { method?: BudgetedMethod; maxWaitMs?: number; channel?: string } = {},
  ) =>
    takeBudget(deps, place, {
      ...{ method: 'chat.startStream', priority, channel: 'C1', maxWaitMs: Number.MAX_SAFE_INTEGER },
      ...over,
    });
  const record = (method: BudgetedMethod) => store.get<BudgetRecord>(keys.budget('A1', 'T1', method));
  return { clock, deps, store, take, record };
}

describe('takeBudget', () => {
  it('refuses none of many rivals at the same moment, and gives each a slot of its own', async () => {
    const { take } = aBudget();
    const taken = await Promise.all(
      Array.from({ length: 40 }, () => take('text', { method: 'chat.appendStream' })),
    );
    const times = taken.flatMap((one) => ('at' in one ? [one.at] : []));
    expect(times).toHaveLength(40);
    expect(mostInAMinute(times)).toBeLessThanOrEqual(50);
    expect(times.filter((at) => at === Math.min(...times))).toHaveLength(5);
  });

  it('costs one read and one write', async () => {
    const { take, store } = aBudget();
    await take();
    const requests: string[] = [];
    const get = store.get.bind(store);
    store.get = (key) => {
      requests.push('read');
      return get(key);
    };
    store.beforeWrite = (actions) => {
      requests.push(...actions.map(() => 'write'));
    };
    await take();
    expect(requests).toEqual(['read', 'write']);
  });

  it('reserves nothing beyond what the caller would wait', async () => {
    const { take, clock, record } = aBudget();
    for (let n = 0; n < 20; n++) await take('begin');
    const before = await record('chat.startStream');
    expect(await take('extra', { maxWaitMs: 0 })).toEqual({ refused: T0 + 65_001 });
    expect(await record('chat.startStream')).toEqual(before);
    clock.now += 65_001;
    expect(await take()).toEqual({ at: clock.now });
  });

  it('gives a slot that was given back to whoever asks next', async () => {
    const { take, deps } = aBudget({ 'chat.startStream': 1 });
    await take();
    const reserved = await take();
    const later = await take();
    await returnSlot(deps, place, 'chat.startStream', 'at' in reserved ? reserved.at : 0);
    expect(await take()).toEqual(reserved);
    expect(await take()).not.toEqual(later);
  });

  it('waits for the end of a block', async () => {
    const { take, deps } = aBudget();
    await blockMethod(deps, place, 'chat.startStream', T0 + 7_000);
    await blockMethod(deps, place, 'chat.startStream', T0 + 3_000);
    expect(await take()).toEqual({ at: T0 + 7_000 });
  });

  it('a 429 for a post blocks its channel, and the workspace once another channel is blocked as well', async () => {
    const { take, deps } = aBudget();
    const post = (channel: string) => take('end', { method: 'chat.postMessage', channel });
    await blockMethod(deps, place, 'chat.postMessage', T0 + 7_000, 'C1');
    expect([await post('C1'), await post('C2')]).toEqual([{ at: T0 + 7_000 }, { at: T0 }]);
    await blockMethod(deps, place, 'chat.postMessage', T0 + 9_000, 'C1');
    expect([await post('C1'), await post('C2')]).toEqual([{ at: T0 + 9_000 }, { at: T0 }]);
    await blockMethod(deps, place, 'chat.postMessage', T0 + 8_000, 'C3');
    expect(await post('C4')).toEqual({ at: T0 + 8_000 });
  });

  it('counts what a former version gave', async () => {
    const { take, store } = aBudget();
    const former = { ordinary: Array.from({ length: 16 }, () => T0 - 1_000), reserve: [T0 - 500], takes: 17 };
    await store.put({ ...keys.budget('A1', 'T1', 'chat.startStream'), v: 1, ...former });
    const taken = [await take('begin'), await take('begin'), await take('begin'), await take('begin')];
    expect(taken).toEqual([{ at: T0 }, { at: T0 }, { at: T0 }, { at: T0 + 64_001 }]);
  });
});
