import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../test/support/memory-store.ts';
import { type BudgetedMethod, defaultTiers } from '../settings.ts';
import { type BudgetDeps, blockMethod, takeBudget } from './budget.ts';
import { methodShape, nextSlot, SLOT_GRACE_MS } from './budget-math.ts';

const methods = Object.keys(defaultTiers) as BudgetedMethod[];
const place = { appId: 'A1', installationId: 'T1' };

function mostInAMinute(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(
    0,
    ...sorted.map((start) => sorted.filter((at) => at >= start && at - start <= 60_000).length),
  );
}

describe('budget math', () => {
  it('gives no more than the tier in any minute, with slots used late and the reserve used up', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...methods),
        fc.integer({ min: 1, max: 120 }),
        fc.array(
          fc.record({
            wait: fc.integer({ min: 0, max: 3_000 }),
            urgent: fc.boolean(),
            late: fc.integer({ min: 0, max: SLOT_GRACE_MS }),
          }),
          {
            minLength: 50,
            maxLength: 300,
          },
        ),
        (method, tier, asked) => {
          const shape = methodShape(method, tier);
          let now = 1_000_000;
          let ordinary: number[] = [];
          let reserve: number[] = [];
          const used: number[] = [];
          for (const { wait, urgent, late } of asked) {
            now += wait;
            const bucket = urgent && shape.reserve ? shape.reserve : shape.ordinary;
            const taken = nextSlot(bucket === shape.reserve ? reserve : ordinary, bucket, now);
            if (bucket === shape.reserve) reserve = taken.slots;
            else ordinary = taken.slots;
            used.push(taken.at + late);
          }
          expect(mostInAMinute(used)).toBeLessThanOrEqual(tier);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives slots in the order in which they are asked for', () => {
    const { ordinary } = methodShape('chat.appendStream', 50);
    let slots: number[] = [];
    const given = Array.from({ length: 100 }, () => {
      const taken = nextSlot(slots, ordinary, 5_000);
      slots = taken.slots;
      return taken.at;
    });
    expect(given).toEqual([...given].sort((a, b) => a - b));
  });

  it.each([
    ['chat.startStream', 20, 16],
    ['chat.appendStream', 50, 4],
    ['chat.postMessage', 60, 1],
  ] as const)('%s at %i a minute lets %i go out at once', (method, tier, calls) => {
    expect(methodShape(method, tier).ordinary.calls).toBe(calls);
  });
});

function aBudget(tiers: Partial<typeof defaultTiers> = {}) {
  const clock = { now: 1_800_000_000_000 };
  const deps: BudgetDeps = {
    store: createMemoryStore(),
    now: () => clock.now,
    tiers: { ...defaultTiers, ...tiers },
  };
  const take = (urgent = false, maxWaitMs = Number.MAX_SAFE_INTEGER) =>
    takeBudget(deps, place, { method: 'chat.startStream', urgent, maxWaitMs });
  return { clock, deps, take };
}

describe('takeBudget', () => {
  it('gives each of many rivals a slot of its own', async () => {
    const { take, clock } = aBudget();
    const taken = await Promise.all(Array.from({ length: 10 }, () => take()));
    expect(taken.every((one) => 'at' in one && one.at === clock.now)).toBe(true);
    const more = [];
    for (let n = 0; n < 8; n++) more.push(await take());
    const waits = more.map((one) => ('at' in one ? one.at - clock.now : -1));
    expect(waits.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(waits[6]).toBeGreaterThan(60_000);
  });

  it('keeps a fifth for last flushes and pause cards', async () => {
    const { take, clock } = aBudget();
    for (let n = 0; n < 16; n++) await take();
    expect(await take(true)).toEqual({ at: clock.now });
  });

  it('reserves nothing beyond what the caller would wait', async () => {
    const { take, clock } = aBudget();
    for (let n = 0; n < 16; n++) await take();
    const refused = await take(false, 10_000);
    expect(refused).toEqual({ refused: expect.any(Number) });
    clock.now += 65_002;
    expect(await take()).toEqual({ at: clock.now });
  });

  it('waits for the end of a block', async () => {
    const { take, deps, clock } = aBudget();
    await blockMethod(deps, place, 'chat.startStream', clock.now + 7_000);
    await blockMethod(deps, place, 'chat.startStream', clock.now + 3_000);
    expect(await take()).toEqual({ at: clock.now + 7_000 });
  });
});
