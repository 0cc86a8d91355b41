import { describe, expect, it } from 'vitest';
import { aClick, aPause, aRow, start } from '../../test/support/pauses.ts';
import { type DecisionRequest, decideRow, hasExpired, openRows, withOpenRows, withRow } from './decide.ts';
import { newPauseRecord } from './new-pause.ts';
import { isReasonOf } from './reason.ts';
import type { Decision, PauseRecord } from './record.ts';

const pause = newPauseRecord(aPause());
const three = newPauseRecord(aPause({ rows: [aRow(0), aRow(1), aRow(2)] }));
const click: DecisionRequest = aClick(pause);
const decision: Decision = { answer: 'approved', by: 'U2', at: start + 1000, cause: 'person' };

describe('decideRow', () => {
  it('decides the last open row and with it the pause', () => {
    expect(decideRow(pause, click)).toEqual({
      kind: 'decide',
      decision,
      after: {
        ...pause,
        state: 'decided',
        openCount: 0,
        version: 2,
        updatedAt: start + 1000,
        rows: [{ ...pause.rows[0], decision }],
      },
    });
  });

  it('P-32 decides one of several rows and leaves the others as they are', () => {
    const plan = decideRow(three, { ...click, row: 1, answer: 'denied', reason: 'no' });
    if (plan.kind !== 'decide') throw new Error(plan.kind);
    expect(plan.after).toMatchObject({ state: 'open', openCount: 2, version: 2 });
    expect(plan.after.rows[0]).toEqual(three.rows[0]);
    expect(plan.after.rows[2]).toEqual(three.rows[2]);
    expect(plan.decision).toEqual({ ...decision, answer: 'denied', reason: 'no' });
  });

  const decided = withRow(pause, 0, decision);
  const cases: [string, PauseRecord, Partial<DecisionRequest>, unknown][] = [
    ['G-14 a decided row tells its answer', decided, {}, { kind: 'already', decision }],
    ['G-14 also to whoever says the opposite', decided, { answer: 'denied' }, { kind: 'already', decision }],
    ['a consumed one does too', { ...decided, state: 'consumed' }, {}, { kind: 'already', decision }],
    [
      'G-40 somebody outside the policy',
      { ...pause, policy: { who: 'requester' } },
      {},
      { kind: 'refused', reason: 'not_allowed' },
    ],
    [
      'a workspace that is not its own',
      pause,
      { installationId: 'T2' },
      { kind: 'refused', reason: 'unknown' },
    ],
    ['an app that is not its own', pause, { appId: 'A2' }, { kind: 'refused', reason: 'unknown' }],
    [
      'another workspace learns no answer',
      decided,
      { installationId: 'T2' },
      { kind: 'refused', reason: 'unknown' },
    ],
    ['a row that is not there', pause, { row: 1 }, { kind: 'refused', reason: 'unknown' }],
    ['a row that cannot be', pause, { row: -1 }, { kind: 'refused', reason: 'unknown' }],
    ['a moment too late', pause, { at: pause.expiresAt }, { kind: 'refused', reason: 'expired' }],
    [
      'a cancelled pause with an open row',
      { ...three, state: 'cancelled' },
      {},
      { kind: 'refused', reason: 'closed' },
    ],
  ];
  it.each(cases)('%s', (_, state, change, expected) => {
    expect(decideRow(state, { ...click, ...change })).toEqual(expected);
  });

  it('the last moment before expiry counts', () => {
    expect(decideRow(pause, { ...click, at: pause.expiresAt - 1 }).kind).toBe('decide');
  });

  it('changes nothing of what it was given', () => {
    const before = structuredClone(three);
    decideRow(three, click);
    withOpenRows(three, decision);
    expect(three).toEqual(before);
  });

  it("keeps a row's decision within 300 bytes", () => {
    const plan = decideRow(pause, { ...click, reason: 'r'.repeat(5000) });
    if (plan.kind !== 'decide') throw new Error(plan.kind);
    expect(JSON.stringify(plan.decision).length).toBeLessThanOrEqual(300);
  });

  it.each([
    ['short', 'Zu früh', { reason: 'Zu früh' }],
    ['with blanks around it', '  no\n', { reason: 'no' }],
    ['empty', ' \n', {}],
    ['of half a character', 'no \ud83d', { reason: 'no \ufffd' }],
    ['of 150 bytes', 'r'.repeat(150), { reason: 'r'.repeat(150) }],
    ['of 151 bytes', 'r'.repeat(151), { reason: 'r'.repeat(150), reasonOmitted: 1 }],
    ['of wide characters', '😀'.repeat(40), { reason: '😀'.repeat(37), reasonOmitted: 3 }],
    ['beyond the limit', 'r'.repeat(2001), { reason: 'r'.repeat(150), reasonOmitted: 1850 }],
  ])('keeps the beginning of a reason %s', (_, reason, expected) => {
    const plan = decideRow(pause, { ...click, reason });
    if (plan.kind !== 'decide') throw new Error(plan.kind);
    expect(plan.decision).toEqual({ ...decision, ...expected });
    expect(isReasonOf(plan.decision, reason)).toBe(true);
    expect(isReasonOf(plan.decision, `${reason}?`)).toBe(reason.length > 2000);
  });
});

describe('aggregates', () => {
  it('G-22 nothing decided is open', () => {
    expect(pause).toMatchObject({ state: 'open', openCount: 1 });
    expect(openRows(three)).toEqual([0, 1, 2]);
  });

  it('G-6 one row undecided keeps it open, whatever the others are', () => {
    const after = withRow(withRow(three, 0, decision), 2, { ...decision, answer: 'denied' });
    expect(after).toMatchObject({ state: 'open', openCount: 1 });
    expect(openRows(after)).toEqual([1]);
  });

  it('closing the rest leaves what was decided', () => {
    const after = withOpenRows(withRow(three, 1, decision), {
      ...decision,
      answer: 'denied',
      cause: 'expiry',
    });
    expect(after.rows.map((row) => row.decision?.answer)).toEqual(['denied', 'approved', 'denied']);
    expect(after).toMatchObject({ state: 'decided', openCount: 0, version: 4 });
  });

  it.each([
    [pause, pause.expiresAt, true],
    [pause, pause.expiresAt - 1, false],
    [{ ...pause, state: 'decided' as const }, pause.expiresAt, false],
  ])('expires when it is still open at its time', (state, now, expected) => {
    expect(hasExpired(state, now)).toBe(expected);
  });
});
