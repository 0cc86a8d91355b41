import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../test/support/memory-store.ts';
import { defaultLimits } from '../../settings.ts';
import { checkAt, keys } from '../../store/keys.ts';
import { HeldRelay, LeaseLostError, markAgain, takeLease } from '../lease.ts';
import type { RelayRecord } from '../record.ts';
import { requestWake } from './request-wake.ts';
import { sweepRelay } from './sweep-relay.ts';
import type { WakeMessage } from './wake.ts';

const turnId = `t${'5'.repeat(32)}`;
const key = keys.relay(turnId);

async function aRelay(attributes: Partial<RelayRecord> = {}) {
  const clock = { now: 1_800_000_000_000 };
  const store = createMemoryStore();
  const sent: [WakeMessage['kind'], number][] = [];
  const deps = {
    store,
    now: () => clock.now,
    limits: defaultLimits,
    sendWake: async (message: WakeMessage, delayMs: number) => {
      sent.push([message.kind, delayMs]);
    },
  };
  await store.put({ ...key, v: 1, turnId, ...attributes });
  const record = async () => (await store.get<RelayRecord>(key)) ?? ({} as RelayRecord);
  return { clock, store, deps, sent, record };
}

async function held(deps: Parameters<typeof takeLease>[0]): Promise<HeldRelay> {
  const taken = await takeLease(deps, turnId);
  if (!(taken instanceof HeldRelay)) throw new Error('The lease was refused.');
  return taken;
}

describe('requestWake', () => {
  it('sends one wake, however many writers ask', async () => {
    const { deps, sent, clock } = await aRelay();
    const queued = await Promise.all(Array.from({ length: 8 }, () => requestWake(deps, turnId, 1_000)));
    expect(sent).toEqual([['flush', 1_000]]);
    expect(queued).toEqual(Array.from({ length: 8 }, () => clock.now + 1_000));
  });

  it('takes over a wake that is overdue, for it was lost', async () => {
    const { deps, sent, clock } = await aRelay({ wakeAt: 1_800_000_000_000 });
    clock.now += 2_900;
    await requestWake(deps, turnId, 1_000);
    expect(sent).toEqual([]);
    clock.now += 200;
    await requestWake(deps, turnId, 1_000);
    expect(sent).toEqual([['flush', 1_000]]);
  });

  it('an urgent wake does not wait for one that is queued for later', async () => {
    const { deps, sent } = await aRelay({ wakeAt: 1_800_000_020_000 });
    await requestWake(deps, turnId, 1_000);
    expect(sent).toEqual([]);
    await requestWake(deps, turnId, 0);
    expect(sent).toEqual([['flush', 0]]);
  });

  it('comes when the next append may go out, in whole seconds and not late', async () => {
    const { deps, sent } = await aRelay({ lastAppendAt: 1_800_000_000_000 - 200 });
    await requestWake(deps, turnId, 1_000);
    expect(sent).toEqual([['flush', 1_000]]);
    const later = await aRelay({ lastAppendAt: 1_800_000_000_000 });
    await requestWake(later.deps, turnId, 1_000);
    expect(later.sent).toEqual([['flush', 2_000]]);
  });

  it('sends nothing for a turn that is done, or not there', async () => {
    const { deps, sent, store } = await aRelay({ closedAt: 1 });
    expect(await requestWake(deps, turnId, 0)).toBe(0);
    store.items.clear();
    expect(await requestWake(deps, turnId, 0)).toBe(0);
    expect(sent).toEqual([]);
  });
});

describe('the lease', () => {
  it('is given to one of many', async () => {
    const { deps } = await aRelay();
    const taken = await Promise.all(Array.from({ length: 8 }, () => takeLease(deps, turnId)));
    expect(taken.filter((one) => one instanceof HeldRelay)).toHaveLength(1);
  });

  it('clears wakeAt with the write that takes it, so that later writers send their own', async () => {
    const { deps, sent, record } = await aRelay({ wakeAt: 1_800_000_001_000 });
    await held(deps);
    expect((await record()).wakeAt).toBeUndefined();
    await requestWake(deps, turnId, 1_000);
    expect(sent).toHaveLength(1);
  });

  it('is not given back while somebody marked: the holder looks again', async () => {
    const { deps, record } = await aRelay();
    const mine = await held(deps);
    const refused = await takeLease(deps, turnId);
    if (refused instanceof HeldRelay || refused.refused !== 'held')
      throw new Error('The lease was given twice.');
    expect(await markAgain(deps, turnId, refused.owner)).toBe(true);
    mine.change({ lastAppendAt: 5 });
    expect(await mine.release()).toBeUndefined();
    expect(await record()).toMatchObject({ lastAppendAt: 5, leaseOwner: refused.owner });
    expect((await record()).again).toBeUndefined();
    expect(await mine.release()).toBeDefined();
    expect((await record()).leaseOwner).toBeUndefined();
    expect(await markAgain(deps, turnId, refused.owner)).toBe(false);
  });

  it('is taken over when it is over, and the late holder writes no more', async () => {
    const { deps, clock } = await aRelay();
    const late = await held(deps);
    clock.now += defaultLimits.relayLeaseMs + 1;
    const next = await held(deps);
    late.change({ lastAppendAt: 1 });
    await expect(late.save()).rejects.toThrow(LeaseLostError);
    await expect(late.release()).rejects.toThrow(LeaseLostError);
    next.change({ lastAppendAt: 2 });
    await next.save();
    expect(next.record.lastAppendAt).toBe(2);
  });
});

describe('sweepRelay', () => {
  const due = { ...checkAt(turnId, 1_800_000_000_000 - 1) };

  it('wakes a relay that is due, and looks again later', async () => {
    const { deps, sent, record } = await aRelay(due);
    await sweepRelay(deps, await record());
    expect(sent).toEqual([['flush', 0]]);
    expect((await record()).gsi3sk).toBe(
      new Date(1_800_000_000_000 + defaultLimits.relayCheckMs).toISOString(),
    );
    await sweepRelay(deps, await record());
    expect(sent).toHaveLength(1);
  });

  it('forgets a relay that is done', async () => {
    const { deps, sent, record } = await aRelay({ ...due, closedAt: 1 });
    await sweepRelay(deps, await record());
    expect(sent).toEqual([]);
    expect((await record()).gsi3pk).toBeUndefined();
  });
});
