import { pauseIdOf } from '../../core/ids.ts';
import type { DecideDeps } from '../../core/pauses/after-decision.ts';
import { type NewPause, pauseActions } from '../../core/pauses/new-pause.ts';
import type { PauseRecord } from '../../core/pauses/record.ts';
import type { WakeMessage } from '../../core/relay/wakes/wake.ts';
import { defaultLimits } from '../../core/settings.ts';
import { keys } from '../../core/store/keys.ts';
import type { Store } from '../../core/store/store.ts';
import { createMemoryStore } from './memory-store.ts';

export const start = 1_700_000_000_000;

/** A pause of one row that anyone may decide, as a run asks for it. */
export function aPause(change: Partial<NewPause> = {}): NewPause {
  const turn = {
    turnId: `t${'1'.repeat(32)}`,
    sessionId: 's1',
    appId: 'A1',
    installationId: 'T1',
    channel: 'C1',
    threadTs: '1.0',
    requester: { userId: 'U1', teamId: 'T1' },
  };
  return {
    pauseId: pauseIdOf(turn.turnId, 0),
    turn,
    step: 0,
    rows: [aRow(0)],
    policy: { who: 'anyone' },
    now: start,
    expiresAt: start + 3_600_000,
    ...change,
  };
}

export function aRow(n: number): NewPause['rows'][number] {
  return {
    kind: 'confirmation',
    toolCallId: `call-${n}`,
    toolName: 'post_announcement',
    title: `Post announcement ${n}`,
    input: { channel: 'C2', text: `text ${n}` },
    preview: [{ label: 'Text', value: `text ${n}` }],
  };
}

/** Stores a pause as the run's transaction does, with the turn and the relay's record that stand beside it. */
export async function storePause(store: Store, change: Partial<NewPause> = {}): Promise<NewPause> {
  const pause = aPause(change);
  const { turnId } = pause.turn;
  await store.transact([
    ...pauseActions(pause),
    { put: { ...keys.turn(turnId), v: 1, turnId, state: 'paused' } },
    { put: { ...keys.relay(turnId), v: 1, turnId } },
  ]);
  return pause;
}

/** What deciding works with, in memory: what is sent is kept, a token works once as with Step Functions. */
export function pauseWorld() {
  const store = createMemoryStore();
  const clock = { now: start + 1000 };
  const resumed: string[] = [];
  const wakes: WakeMessage[] = [];
  const logged: string[] = [];
  const log = (message: string) => {
    logged.push(message);
  };
  const deps: DecideDeps = {
    store,
    now: () => clock.now,
    limits: defaultLimits,
    log: { info: log, warn: log, error: log },
    sendWake: async (message) => {
      wakes.push(message);
    },
    executions: {
      start: async () => 'started',
      resume: async (token) => {
        const answer = resumed.includes(token) ? 'gone' : 'sent';
        resumed.push(token);
        return answer;
      },
    },
  };
  return { store, deps, clock, resumed, wakes, logged };
}

/** A click of U2 on the first row, from the pause's own workspace. */
export function aClick(pause: Pick<PauseRecord, 'pauseId'>, change: Record<string, unknown> = {}) {
  return {
    pauseId: pause.pauseId,
    row: 0,
    answer: 'approved' as const,
    by: 'U2',
    appId: 'A1',
    installationId: 'T1',
    at: start + 1000,
    door: 'slack' as const,
    ...change,
  };
}
