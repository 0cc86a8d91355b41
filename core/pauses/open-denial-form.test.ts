import { describe, expect, it } from 'vitest';
import { fakeSlack, refusal, type SlackScript } from '../../test/support/fake-slack.ts';
import { aClick, pauseWorld, start, storePause } from '../../test/support/pauses.ts';
import { keys } from '../store/keys.ts';
import { decideRequirement } from './decide-requirement.ts';
import { type DenialFormRequest, openDenialForm } from './open-denial-form.ts';
import type { PauseAuditRecord } from './record.ts';

const triggerId = '111.222.abcdef';
const never = new Promise<never>(() => {});
const opens: SlackScript = { 'views.open': { ok: true } };

async function setUp(script: SlackScript = opens, change: Parameters<typeof storePause>[1] = {}) {
  const world = pauseWorld();
  const { pauseId } = await storePause(world.store, change);
  const { slack, calls } = fakeSlack(script);
  const connected: string[] = [];
  const noted: unknown[] = [];
  const note = (...said: unknown[]) => {
    noted.push(said);
  };
  const deps = {
    ...world.deps,
    log: { info: note, warn: note, error: note },
    connect: async (appId: string, installationId: string): Promise<typeof slack | undefined> => {
      connected.push(`${appId} ${installationId}`);
      return slack;
    },
    sleep: (_: number): Promise<void> => never,
  };
  const { answer: _none, ...click } = aClick({ pauseId });
  const open = (more: Partial<DenialFormRequest> = {}) =>
    openDenialForm(deps, { ...click, triggerId, ...more });
  return { ...world, deps, pauseId, calls, connected, noted, open };
}

describe('openDenialForm', () => {
  it('G-24 opens the form with the trigger, once, as the installation of the click', async () => {
    const { open, calls, connected, pauseId, store } = await setUp();
    const before = structuredClone([...store.items]);
    expect(await open()).toMatchObject({ outcome: 'form_opened', pause: { pauseId } });
    expect(calls).toMatchObject([
      {
        method: 'views.open',
        args: { trigger_id: triggerId, view: { private_metadata: `${pauseId}:0`, type: 'modal' } },
      },
    ]);
    expect(connected).toEqual(['A1 T1']);
    expect([...store.items]).toEqual(before);
  });

  it('G-40 opens none for who may not decide, and writes the attempt down', async () => {
    const { open, calls, store, pauseId } = await setUp(opens, { policy: { who: 'requester' } });
    expect(await open()).toMatchObject({ outcome: 'refused', reason: 'not_allowed' });
    expect(calls).toEqual([]);
    expect(
      await store.query<PauseAuditRecord>({ pk: keys.pause(pauseId).pk, prefix: 'AUDIT#' }),
    ).toMatchObject([{ actor: 'U2', action: 'refused' }]);
  });

  it.each<[string, Partial<DenialFormRequest>, string]>([
    ['another workspace', { installationId: 'T2' }, 'unknown'],
    ['another app', { appId: 'A2' }, 'unknown'],
    ['a row that is not there', { row: 7 }, 'unknown'],
    ['a pause that is not there', { pauseId: `p${'f'.repeat(32)}` }, 'unknown'],
    ['a moment after expiry', { at: start + 3_600_000 }, 'refused'],
  ])('opens none for %s', async (_, change, outcome) => {
    const { open, calls } = await setUp();
    expect((await open(change)).outcome).toBe(outcome);
    expect(calls).toEqual([]);
  });

  it('opens none for a row that is decided, and tells by whom', async () => {
    const { open, calls, deps, pauseId } = await setUp();
    await decideRequirement(deps, aClick({ pauseId }, { by: 'U3' }));
    expect(await open()).toMatchObject({ outcome: 'already', decision: { by: 'U3', answer: 'approved' } });
    expect(calls).toEqual([]);
  });

  it.each<[string, SlackScript, string]>([
    ['is over', { 'views.open': refusal('expired_trigger_id') }, 'views.open: expired_trigger_id'],
    ['was used', { 'views.open': refusal('exchanged_trigger_id') }, 'views.open: exchanged_trigger_id'],
    [
      'is rate limited',
      { 'views.open': { kind: 'rate_limited', retryAfterMs: 1000 } },
      'views.open: ratelimited',
    ],
    [
      'gets no answer',
      { 'views.open': { kind: 'unknown', detail: 'TimeoutError' } },
      'views.open: TimeoutError',
    ],
  ])('G-24 a trigger that %s is tried once and is no failure of the click', async (_, script, reason) => {
    const { open, calls, noted } = await setUp(script);
    const outcome = await open();
    expect(outcome).toMatchObject({ outcome: 'form_not_opened', reason });
    expect(calls.length).toBe(1);
    expect(JSON.stringify([outcome, noted])).not.toContain(triggerId);
  });

  it('an app that is not installed any more, or whose token cannot be read, opens none', async () => {
    const { open, deps, noted } = await setUp();
    deps.connect = async () => undefined;
    expect(await open()).toMatchObject({ outcome: 'form_not_opened', reason: 'not installed' });
    deps.connect = () => Promise.reject(new Error('KMS is down'));
    expect(await open()).toMatchObject({ outcome: 'form_not_opened', reason: 'no token' });
    expect(noted.length).toBe(1);
  });

  it('G-24 waits for Slack no longer than the click can wait, the look-up of its token included', async () => {
    const { open, deps } = await setUp();
    const waited: number[] = [];
    deps.sleep = async (ms) => {
      waited.push(ms);
      for (let ticks = 0; ticks < 10; ticks++) await new Promise(setImmediate);
    };
    deps.connect = () => never;
    expect(await open()).toMatchObject({ outcome: 'form_not_opened', reason: 'no answer in time' });
    expect(waited).toEqual([1_800]);
  });

  it('what the table throws is thrown: nothing is known then', async () => {
    const { open, deps, calls } = await setUp();
    deps.store.get = () => Promise.reject(new Error('table is down'));
    deps.connect = () => Promise.reject(new Error('table is down'));
    await expect(open()).rejects.toThrow('table is down');
    expect(calls).toEqual([]);
  });
});
