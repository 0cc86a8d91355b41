import { describe, expect, it } from 'vitest';
import { aClick, aRow, pauseWorld, start, storePause } from '../../test/support/pauses.ts';
import { keys } from '../store/keys.ts';
import { type DecideOutcome, decideRequirement, examineRequirement } from './decide-requirement.ts';
import { withWholeReasons } from './reason.ts';
import type { PauseAuditRecord } from './record.ts';
import { loadPause, storeTaskToken } from './store.ts';
import { expirePause } from './sweep-pause.ts';

async function setUp(change: Parameters<typeof storePause>[1] = {}) {
  const world = pauseWorld();
  const { pauseId } = await storePause(world.store, change);
  await storeTaskToken(world.deps, { pauseId, token: 'token-1' });
  const click = (more: Record<string, unknown> = {}) =>
    decideRequirement(world.deps, aClick({ pauseId }, more));
  const read = () => loadPause(world.store, pauseId);
  const audit = () => world.store.query<PauseAuditRecord>({ pk: keys.pause(pauseId).pk, prefix: 'AUDIT#' });
  return { ...world, pauseId, click, read, audit };
}

describe('decideRequirement', () => {
  it('decides, writes down who did what, resumes and wakes the relay', async () => {
    const { click, read, audit, resumed, wakes } = await setUp();
    expect(await click()).toMatchObject({ outcome: 'decided', decision: { answer: 'approved', by: 'U2' } });
    expect(await read()).toMatchObject({ state: 'decided', openCount: 0, version: 2 });
    expect(await audit()).toMatchObject([
      {
        version: 2,
        row: 0,
        actor: 'U2',
        action: 'approved',
        door: 'slack',
        installationId: 'T1',
        at: start + 1000,
      },
    ]);
    expect(resumed).toEqual(['token-1']);
    expect(wakes).toEqual([{ v: 1, kind: 'flush', turnId: expect.stringMatching(/^t/) }]);
  });

  it('resumes before it wakes, so that the card shows what goes on', async () => {
    const { click, deps, wakes, resumed } = await setUp();
    deps.sendWake = async (message) => {
      expect(resumed).toEqual(['token-1']);
      wakes.push(message);
    };
    await click();
    expect(wakes.length).toBe(1);
  });

  it('keeps a reason whole in the audit record and its beginning in META, and gives it back whole', async () => {
    const { click, read, audit, store } = await setUp({ rows: [aRow(0), aRow(1), aRow(2)] });
    const long = 'w'.repeat(1000);
    await click({ answer: 'denied', reason: long });
    await click({ row: 1, answer: 'denied', reason: ' short ' });
    await click({ row: 2, answer: 'denied' });
    const audits = await audit();
    expect(audits.map(({ reason }) => reason)).toEqual([long, 'short', undefined]);
    expect(audits[2]).not.toHaveProperty('reason');
    const pause = await read();
    if (!pause) throw new Error('no pause');
    const reasons = (of: typeof pause) => of.rows.map(({ decision }) => decision?.reason);
    expect(reasons(pause)).toEqual(['w'.repeat(150), 'short', undefined]);
    const whole = await withWholeReasons(store, pause);
    expect(reasons(whole)).toEqual([long, 'short', undefined]);
    expect(JSON.stringify(whole)).not.toContain('reasonOmitted');
  });

  it('G-38 two denials with different reasons: one reason counts', async () => {
    const { click, audit, resumed } = await setUp();
    const outcomes = await Promise.all([
      click({ answer: 'denied', reason: 'one' }),
      click({ answer: 'denied', reason: 'two' }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['already', 'decided']);
    expect((await audit()).length).toBe(1);
    const told = outcomes.map((outcome) => ('decision' in outcome ? outcome.decision.reason : '-'));
    expect(new Set(told)).toEqual(new Set([(await audit())[0]?.reason]));
    expect(resumed).toEqual(['token-1']);
  });

  it('waits for the last row before it resumes', async () => {
    const { click, resumed, wakes, read } = await setUp({ rows: [aRow(0), aRow(1)] });
    await click({ row: 1, answer: 'denied' });
    expect(resumed).toEqual([]);
    expect(wakes.length).toBe(1);
    expect(await read()).toMatchObject({ state: 'open', openCount: 1 });
    await click({ row: 0 });
    expect(resumed).toEqual(['token-1']);
  });

  it('G-14 two doors, two answers: one stands, the other hears of it, and the turn goes on once', async () => {
    const { click, resumed, audit } = await setUp();
    const outcomes = await Promise.all([click(), click({ by: 'U3', answer: 'denied', door: 'api' })]);
    const kinds = outcomes.map(({ outcome }) => outcome).sort();
    expect(kinds).toEqual(['already', 'decided']);
    const [winner, loser] = [...outcomes].sort((a) => (a.outcome === 'decided' ? -1 : 1));
    expect(loser && 'decision' in loser && loser.decision).toEqual(
      winner && 'decision' in winner && winner.decision,
    );
    expect(resumed).toEqual(['token-1']);
    expect((await audit()).length).toBe(1);
  });

  it('G-38 a double click decides once and resumes once', async () => {
    const { click, resumed, audit } = await setUp();
    const outcomes = await Promise.all([click(), click(), click()]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['already', 'already', 'decided']);
    expect(resumed).toEqual(['token-1']);
    expect((await audit()).length).toBe(1);
  });

  it('G-40 who may not decide changes nothing, and the attempt is written down once', async () => {
    const { click, read, audit, resumed, wakes } = await setUp({ policy: { who: 'requester' } });
    const before = await read();
    expect(await click()).toMatchObject({ outcome: 'refused', reason: 'not_allowed' });
    expect(await click({ answer: 'denied' })).toMatchObject({ outcome: 'refused' });
    expect(await read()).toEqual(before);
    expect(await audit()).toMatchObject([
      { actor: 'U2', action: 'refused', row: 0, version: 1, installationId: 'T1' },
    ]);
    expect([resumed, wakes]).toEqual([[], []]);
    expect(await click({ by: 'U1' })).toMatchObject({ outcome: 'decided' });
  });

  it.each([
    ['another workspace', { installationId: 'T2' }, 'unknown'],
    ['another app', { appId: 'A2' }, 'unknown'],
    ['a row that is not there', { row: 7 }, 'unknown'],
    ['a pause that is not there', { pauseId: `p${'f'.repeat(32)}` }, 'unknown'],
    ['a moment after expiry', { at: start + 3_600_000 }, 'refused'],
  ])('%s stores nothing', async (_, change, outcome) => {
    const { click, store } = await setUp();
    const before = structuredClone([...store.items]);
    expect((await click(change)).outcome).toBe(outcome);
    expect([...store.items]).toEqual(before);
  });

  it('the decision stands when it cannot be delivered at once: the sweep comes by', async () => {
    const { click, deps, read, logged } = await setUp();
    deps.executions.resume = () => Promise.reject(new Error('throttled'));
    deps.sendWake = () => Promise.reject(new Error('queue is down'));
    expect(await click()).toMatchObject({ outcome: 'decided' });
    expect(await read()).toMatchObject({ state: 'decided', gsi3sk: new Date(start + 11_000).toISOString() });
    expect(logged).toEqual(['decision not delivered', 'relay not woken']);
  });

  it('a table that is down is no decision', async () => {
    const { click, store, read } = await setUp();
    store.beforeWrite = () => {
      throw new Error('table is down');
    };
    await expect(click()).rejects.toThrow('table is down');
    expect(await read()).toMatchObject({ state: 'open' });
  });

  it('a late click delivers a decision that did not arrive', async () => {
    const { click, clock, resumed } = await setUp();
    await click();
    clock.now += 5_000;
    await click({ by: 'U3' });
    expect(resumed.length).toBe(1);
    clock.now += 5_000;
    expect(await click({ by: 'U3' })).toMatchObject({ outcome: 'already', decision: { by: 'U2' } });
    expect(resumed).toEqual(['token-1', 'token-1']);
  });

  it('many rows decided at once: none is lost, whoever had no turn is told to press again', async () => {
    const rows = Array.from({ length: 20 }, (_, n) => aRow(n));
    const { click, read, resumed, audit } = await setUp({ rows });
    let open = rows.map((_, row) => row);
    for (let rounds = 0; open.length > 0 && rounds < 20; rounds++) {
      const outcomes = await Promise.all(open.map((row) => click({ row })));
      open = open.filter((_, n) => outcomes[n]?.outcome === 'busy');
    }
    expect(await read()).toMatchObject({ state: 'decided', openCount: 0, version: 21 });
    expect(new Set((await audit()).map(({ row }) => row)).size).toBe(20);
    expect(resumed).toEqual(['token-1']);
  });
});

describe('examineRequirement', () => {
  it.each([
    ['who may decide', {}, { outcome: 'open' }],
    ['another workspace', { installationId: 'T2' }, { outcome: 'unknown' }],
    ['a row that is not there', { row: 7 }, { outcome: 'unknown' }],
    ['a pause that is not there', { pauseId: `p${'f'.repeat(32)}` }, { outcome: 'unknown' }],
    ['a moment after expiry', { at: start + 3_600_000 }, { outcome: 'refused', reason: 'expired' }],
  ])('%s: tells whether it is open and stores nothing', async (_, change, expected) => {
    const { deps, pauseId, store } = await setUp();
    const before = structuredClone([...store.items]);
    expect(await examineRequirement(deps, aClick({ pauseId }, change))).toMatchObject(expected);
    expect([...store.items]).toEqual(before);
  });

  it('tells the answer that stands', async () => {
    const { click, deps, pauseId } = await setUp();
    await click();
    expect(await examineRequirement(deps, aClick({ pauseId }, { by: 'U3' }))).toMatchObject({
      outcome: 'already',
      decision: { answer: 'approved', by: 'U2' },
    });
  });

  it('G-40 the attempt of somebody outside the policy is written down', async () => {
    const { deps, pauseId, audit } = await setUp({ policy: { who: 'requester' } });
    const outcome = await examineRequirement(deps, aClick({ pauseId }));
    expect(outcome).toMatchObject({ outcome: 'refused', reason: 'not_allowed' });
    expect(await audit()).toMatchObject([{ actor: 'U2', action: 'refused' }]);
  });
});

describe('expirePause', () => {
  it('S-23 denies what nobody decided, row by row in the audit, and resumes', async () => {
    const { deps, clock, pauseId, read, audit, resumed, click } = await setUp({
      rows: [aRow(0), aRow(1), aRow(2)],
    });
    await click({ row: 1 });
    clock.now = start + 3_600_000;
    expect(await expirePause(deps, { pauseId })).toBe(true);
    const after = await read();
    expect(after?.rows.map((row) => [row.decision?.answer, row.decision?.cause])).toEqual([
      ['denied', 'expiry'],
      ['approved', 'person'],
      ['denied', 'expiry'],
    ]);
    expect((await audit()).map(({ row, action, door }) => [row, action, door])).toEqual([
      [1, 'approved', 'slack'],
      [0, 'expired', 'sweep'],
      [2, 'expired', 'sweep'],
    ]);
    expect(resumed).toEqual(['token-1']);
  });

  it('comes not before its time, and not twice', async () => {
    const { deps, clock, pauseId, read } = await setUp();
    expect(await expirePause(deps, { pauseId })).toBe(false);
    expect(await read()).toMatchObject({ state: 'open' });
    clock.now = start + 3_600_000;
    expect(await expirePause(deps, { pauseId })).toBe(true);
    expect(await expirePause(deps, { pauseId })).toBe(false);
    expect(await expirePause(deps, { pauseId: 'p0' })).toBe(false);
  });

  it('S-23 a click in the last moment and the expiry: one of them has it', async () => {
    const { deps, clock, pauseId, click, audit, resumed } = await setUp();
    clock.now = start + 3_600_000;
    const [outcome, expired] = await Promise.all([
      click({ at: start + 3_599_999 }),
      expirePause(deps, { pauseId }),
    ]);
    expect([outcome.outcome === 'decided', expired].filter(Boolean).length).toBe(1);
    expect((await audit()).length).toBe(1);
    expect(resumed).toEqual(['token-1']);
  });
});

describe('contested decisions', () => {
  it('one winner in 1,000 of 1,000 rounds, whatever the mix of doors, and all losers hear the same', async () => {
    const doors = ['slack', 'api', 'cli', 'slack'] as const;
    for (let round = 0; round < 1000; round++) {
      const { deps, clock, click, pauseId, audit, resumed } = await setUp();
      const expiring = round % 5 === 0;
      if (expiring) clock.now = start + 3_600_000;
      const rivals = doors.map((door, n) => async (): Promise<DecideOutcome> => {
        // The rivals set out a few ticks apart, differently in each round.
        for (let ticks = (round * 7 + n * 3) % 5; ticks > 0; ticks--) await new Promise(setImmediate);
        return click({ by: `U${n + 2}`, answer: (round + n) % 2 ? 'approved' : 'denied', door });
      });
      const [expired, ...outcomes] = await Promise.all([
        expiring ? expirePause(deps, { pauseId }) : false,
        ...rivals.map((rival) => rival()),
      ]);
      const winners = outcomes.filter(({ outcome }) => outcome === 'decided').length + (expired ? 1 : 0);
      expect(winners).toBe(1);
      const told = new Set(
        outcomes.map((outcome) => ('decision' in outcome ? JSON.stringify(outcome.decision) : '-')),
      );
      expect(told.size).toBe(1);
      expect((await audit()).length).toBe(1);
      expect(resumed.length).toBe(1);
    }
  });
});
