import { describe, expect, it } from 'vitest';
import { fakeSlack, refusal, type SlackScript } from '../../../test/support/fake-slack.ts';
import { createMemoryStore } from '../../../test/support/memory-store.ts';
import { defaultTiers } from '../../settings.ts';
import { firstSpot, type RelayRecord } from '../record.ts';
import { callBestEffort } from './best-effort.ts';
import { type BudgetDeps, takeBudget } from './budget.ts';

const T0 = 1_800_000_000_000;
const record: RelayRecord = {
  v: 1,
  turnId: 't1',
  sessionId: 's1',
  appId: 'A1',
  installationId: 'T1',
  channel: 'C1',
  threadTs: '1.1',
  messageTs: '1.1',
  requester: { userId: 'U1', teamId: 'T1' },
  view: { spot: firstSpot, messages: 0 },
};

function bestEffort(script: SlackScript) {
  const { slack, calls } = fakeSlack(script);
  const logged: string[] = [];
  const log = (message: string) => logged.push(message);
  const deps: BudgetDeps = { store: createMemoryStore(), now: () => T0, tiers: defaultTiers };
  const react = () =>
    callBestEffort(
      { ...deps, log: { info: log, warn: log, error: log } },
      { record },
      slack,
      'reactions.add',
      {
        name: 'eyes',
      },
    );
  return { react, calls, deps, logged };
}

describe('callBestEffort', () => {
  it('makes the call and hands on the answer', async () => {
    const { react, calls } = bestEffort({ 'reactions.add': { ok: true } });
    expect(await react()).toEqual({ kind: 'done', answer: { ok: true } });
    expect(calls).toEqual([{ method: 'reactions.add', args: { name: 'eyes' } }]);
  });

  it('is skipped where there is no budget, and reserves none', async () => {
    const { react, calls, deps } = bestEffort({ 'reactions.add': { ok: true } });
    for (let n = 0; n < 50; n++) await react();
    expect(await react()).toEqual({ kind: 'refused', at: T0 + 65_001 });
    expect(calls).toHaveLength(50);
    const options = { method: 'reactions.add', priority: 'extra', channel: 'C1', maxWaitMs: 70_000 } as const;
    expect(await takeBudget(deps, record, options)).toEqual({ at: T0 + 65_001 });
  });

  it('blocks the method after a 429', async () => {
    const { react, calls } = bestEffort({ 'reactions.add': { kind: 'rate_limited', retryAfterMs: 9_000 } });
    expect([await react(), await react()]).toEqual([
      { kind: 'refused', at: T0 + 9_000 },
      { kind: 'refused', at: T0 + 9_000 },
    ]);
    expect(calls).toHaveLength(1);
  });

  it.each([
    [refusal('already_reacted'), 'already_reacted'],
    [{ kind: 'unknown', detail: 'timeout' } as const, 'unknown'],
  ])('tells of %j and throws nothing', async (failure, code) => {
    const { react, logged } = bestEffort({ 'reactions.add': failure });
    expect(await react()).toEqual({ kind: 'failed', code });
    expect(logged).toHaveLength(1);
  });
});
