import { describe, expect, it } from 'vitest';
import { aPause, aRow, pauseWorld, start, storePause } from '../../test/support/pauses.ts';
import { TransactionRefusedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import { decideRow, withRow } from './decide.ts';
import { argsDigestOf, newPause, newPauseRecord, pauseActions } from './new-pause.ts';
import type { Decision, PauseRecord } from './record.ts';
import {
  cancelAuditActions,
  cancelPauseAction,
  consumePauseAction,
  decisionAction,
  loadPause,
  loadPauseRows,
  reserveDelivery,
  storeDelivery,
  storeTaskToken,
} from './store.ts';

const decision: Decision = { answer: 'approved', by: 'U2', at: start + 1000, cause: 'person' };

async function stored(rows = 1) {
  const world = pauseWorld();
  const asked = await storePause(world.store, { rows: Array.from({ length: rows }, (_, n) => aRow(n)) });
  const read = async (): Promise<PauseRecord> => {
    const pause = await loadPause(world.store, asked.pauseId);
    if (!pause) throw new Error('The pause is gone.');
    return pause;
  };
  return { ...world, asked, pauseId: asked.pauseId, read };
}

async function decided(world: Awaited<ReturnType<typeof stored>>): Promise<PauseRecord> {
  const before = await world.read();
  await world.store.transact([decisionAction(before, withRow(before, 0, decision), 10_000, 'in-time')]);
  return world.read();
}

describe('a new pause', () => {
  it('stands open, with its rows, found by who may decide, looked at soon until its token is there', async () => {
    const { read, store, pauseId } = await stored(2);
    expect(await read()).toMatchObject({
      state: 'open',
      version: 1,
      openCount: 2,
      gsi2pk: 'APPROVER#A1#T1#*',
      gsi3sk: new Date(start + 120_000).toISOString(),
    });
    await storeTaskToken({ store, now: () => start }, { pauseId, token: 'k' });
    expect((await read()).gsi3sk).toBe(new Date(start + 3_600_000).toISOString());
    expect((await loadPauseRows(store, pauseId)).map(({ row, title }) => [row, title])).toEqual([
      [0, 'Post announcement 0'],
      [1, 'Post announcement 1'],
    ]);
  });

  it('a repeated commit is refused: one pause per step', async () => {
    const { store } = await stored();
    await expect(store.transact(pauseActions(aPause()))).rejects.toBeInstanceOf(TransactionRefusedError);
  });

  it("is made of the step's calls, the tools' words and the agent's rules", () => {
    const asking = newPause({
      ...aPause(),
      calls: [
        { toolCallId: 'c1', toolName: 'post', input: { a: 1 } },
        { toolCallId: 'c2', toolName: 'unheard_of', input: {} },
      ],
      agent: {
        tools: [{ name: 'post', title: 'Post it', preview: () => [{ label: 'A', value: '1' }] }] as never,
        approval: {
          autonomy: 'ask_before_write',
          approvers: { who: 'requester' },
          tools: { post: { approvers: { who: 'people', people: ['U5'] } } },
        },
      },
      limits: { pauseExpiryMs: 5000 },
    });
    expect(asking.policy).toEqual({ who: 'people', people: ['U5'] });
    expect(asking.expiresAt).toBe(start + 5000);
    expect(
      asking.rows.map(({ kind, toolCallId, title, preview }) => [kind, toolCallId, title, preview]),
    ).toEqual([
      ['confirmation', 'c1', 'Post it', [{ label: 'A', value: '1' }]],
      ['confirmation', 'c2', 'unheard_of', []],
    ]);
  });

  it('knows its arguments by a digest that no order of keys changes', () => {
    expect(argsDigestOf({ a: 1, b: [{ c: 2, d: null }] })).toBe(
      argsDigestOf({ b: [{ d: null, c: 2 }], a: 1 }),
    );
    expect(argsDigestOf({ a: 1 })).not.toBe(argsDigestOf({ a: '1' }));
    expect(argsDigestOf({ a: [1, 2] })).not.toBe(argsDigestOf({ a: [2, 1] }));
    expect(argsDigestOf({ a: undefined })).toBe(argsDigestOf({}));
  });

  it('keeps META small: texts are in the rows', () => {
    const big = newPauseRecord(aPause({ rows: [{ ...aRow(0), input: { text: 'x'.repeat(100_000) } }] }));
    expect(JSON.stringify(big).length).toBeLessThan(1500);
  });
});

describe('decisionAction', () => {
  it('leaves what the relay wrote meanwhile', async () => {
    const world = await stored();
    const before = await world.read();
    await storeTaskToken(world.deps, { pauseId: world.pauseId, token: 'token-1' });
    await reserveDelivery(world.deps, world.pauseId);
    await world.store.transact([decisionAction(before, withRow(before, 0, decision), 10_000, 'in-time')]);
    const after = await world.read();
    expect(after).toMatchObject({
      state: 'decided',
      taskToken: 'token-1',
      delivery: { reservedAt: start + 1000 },
    });
    expect(after.gsi2pk).toBeUndefined();
    expect(after.gsi3sk).toBe(new Date(decision.at + 10_000).toISOString());
  });

  it.each([
    ['another version', (pause: PauseRecord) => ({ ...pause, version: pause.version + 1 })],
    ['another state', (pause: PauseRecord): PauseRecord => ({ ...pause, state: 'cancelled' })],
  ])('is refused at %s', async (_, change) => {
    const { read, store } = await stored();
    const before = change(await read());
    const action = decisionAction(before, withRow(before, 0, decision), 10_000, 'in-time');
    await expect(store.transact([action])).rejects.toBeInstanceOf(TransactionRefusedError);
  });

  it('S-23 is refused by the table itself once the pause has expired', async () => {
    const { read, store } = await stored();
    const before = await read();
    const late = withRow({ ...before, expiresAt: before.expiresAt + 10 }, 0, {
      ...decision,
      at: before.expiresAt,
    });
    await expect(store.transact([decisionAction(before, late, 10_000, 'in-time')])).rejects.toBeInstanceOf(
      TransactionRefusedError,
    );
    await store.transact([decisionAction(before, late, 10_000, 'any-time')]);
    expect((await read()).state).toBe('decided');
  });

  it('a decision on some rows leaves it due at its expiry', async () => {
    const { read, store, pauseId } = await stored(2);
    const before = await read();
    const plan = decideRow(before, {
      row: 1,
      answer: 'denied',
      by: 'U2',
      appId: 'A1',
      installationId: 'T1',
      at: start + 1,
      door: 'slack',
    });
    if (plan.kind !== 'decide') throw new Error(plan.kind);
    await store.transact([decisionAction(before, plan.after, 10_000, 'in-time')]);
    const after = await read();
    expect(after).toMatchObject({ state: 'open', openCount: 1, version: 2, pauseId });
    expect(after.gsi3sk).toBe(before.gsi3sk);
    expect(after.gsi2pk).toBe(before.gsi2pk);
  });
});

describe('consumePauseAction', () => {
  it('takes a decision once, and the token with it', async () => {
    const world = await stored();
    await storeTaskToken(world.deps, { pauseId: world.pauseId, token: 'token-1' });
    const pause = await decided(world);
    await world.store.transact([consumePauseAction(pause, start + 2000)]);
    const after = await world.read();
    expect(after).toMatchObject({ state: 'consumed', version: 3 });
    expect(after.taskToken).toBeUndefined();
    expect(after.gsi3pk).toBeUndefined();
    await expect(world.store.transact([consumePauseAction(pause, start)])).rejects.toBeInstanceOf(
      TransactionRefusedError,
    );
  });

  it('never takes an open one', async () => {
    const { read, store } = await stored();
    await expect(store.transact([consumePauseAction(await read(), start)])).rejects.toBeInstanceOf(
      TransactionRefusedError,
    );
  });
});

describe('cancelPauseAction', () => {
  it('S-9 denies what is open, keeps what was decided and the token that still waits', async () => {
    const world = await stored(3);
    await storeTaskToken(world.deps, { pauseId: world.pauseId, token: 'token-1' });
    const before = await decided(world);
    const actions = [
      cancelPauseAction(before, 'U3', 'stop', start + 3000),
      ...cancelAuditActions(before, 'U3', start + 3000),
    ];
    await world.store.transact(actions);
    const after = await world.read();
    expect(after).toMatchObject({ state: 'cancelled', openCount: 0, taskToken: 'token-1', version: 4 });
    expect(after.rows.map((row) => [row.decision?.answer, row.decision?.cause])).toEqual([
      ['approved', 'person'],
      ['denied', 'stop'],
      ['denied', 'stop'],
    ]);
    expect(await world.store.get(keys.pauseAudit(world.pauseId, 4))).toMatchObject({
      row: 2,
      action: 'cancelled',
      actor: 'U3',
    });
  });

  it('a decided one is cancelled as well, and one that was consumed is not touched', async () => {
    const world = await stored();
    const pause = await decided(world);
    await world.store.transact([cancelPauseAction(pause, 'U3', 'stop', start)]);
    expect(await world.read()).toMatchObject({ state: 'cancelled', version: 3 });
    await expect(world.store.transact([consumePauseAction(pause, start)])).rejects.toBeInstanceOf(
      TransactionRefusedError,
    );
  });
});

describe('token and delivery', () => {
  it('whoever stores the token sees a decision that came first', async () => {
    const world = await stored();
    await decided(world);
    expect(await storeTaskToken(world.deps, { pauseId: world.pauseId, token: 'token-1' })).toMatchObject({
      state: 'decided',
      taskToken: 'token-1',
    });
  });

  it("a retried state's token replaces the former", async () => {
    const { deps, pauseId, read } = await stored();
    await storeTaskToken(deps, { pauseId, token: 'token-1' });
    await storeTaskToken(deps, { pauseId, token: 'token-2' });
    expect((await read()).taskToken).toBe('token-2');
  });

  it('G-18 the card is reserved once, before it is posted', async () => {
    const { deps, pauseId } = await stored();
    const results = await Promise.all([reserveDelivery(deps, pauseId), reserveDelivery(deps, pauseId)]);
    expect(results.filter(Boolean).length).toBe(1);
  });

  it('G-18 a click between post and stored ts shows: the card is stale by its version', async () => {
    const world = await stored();
    const shown = await reserveDelivery(world.deps, world.pauseId);
    await decided(world);
    const after = await storeDelivery(world.deps, world.pauseId, '2.2', shown?.version ?? 0);
    expect(after).toMatchObject({ state: 'decided', version: 2, delivery: { ts: '2.2', shownVersion: 1 } });
  });

  it('what is not there gets neither token nor card', async () => {
    const { deps, store } = pauseWorld();
    expect(await storeTaskToken(deps, { pauseId: 'p0', token: 'token-1' })).toBeUndefined();
    expect(await reserveDelivery(deps, 'p0')).toBeUndefined();
    expect(await storeDelivery(deps, 'p0', '1.1', 1)).toBeUndefined();
    expect(store.items.size).toBe(0);
  });
});
