import type { Limits } from '../settings.ts';
import { ConditionFailedError } from '../store/errors.ts';
import { checkAt, keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { Executions } from '../turns/executions.ts';
import type { TurnRecord } from '../turns/record.ts';
import type { PauseRecord } from './record.ts';
import { loadPause } from './store.ts';

export interface ResumeDeps {
  store: Store;
  executions: Executions;
  now: () => number;
  limits: Pick<Limits, 'resumeCheckMs'>;
}

/** Repeated deliveries are spread out, up to this. */
const CHECK_CAP_MS = 3_600_000;

/**
 * Hands a pause that nobody waits for any more to Step Functions through its token: a decided one goes on, a
 * cancelled one wakes only to find its turn's end. Does nothing while a row is open or no token is known: whoever
 * brings the missing half calls again. What Step Functions answers is not believed; the run that consumes the
 * pause is the proof, and until then the pause stays due for another delivery.
 */
export async function resumePause(deps: ResumeDeps, pause: PauseRecord): Promise<void> {
  if (pause.state === 'open' || !pause.taskToken) return;
  await deps.executions.resume(pause.taskToken, pause.turnId);
  await afterSending(deps, pause);
}

async function afterSending(deps: ResumeDeps, pause: PauseRecord): Promise<void> {
  const now = deps.now();
  const key = keys.pause(pause.pauseId);
  const same = { ':state': pause.state, ':token': pause.taskToken };
  const condition = { expression: '#state = :state AND #taskToken = :token', values: same };
  try {
    if (pause.state === 'decided')
      await deps.store.update({
        key,
        set: { resumeSentAt: now, ...checkAt(pause.pauseId, now + nextCheckMs(deps, pause, now)) },
        condition,
      });
    // Nobody consumes these: the token has done its work and leaves the table.
    else await deps.store.update({ key, remove: ['taskToken', 'gsi3pk', 'gsi3sk'], condition });
  } catch (error) {
    // Consumed meanwhile, or a new token came, whose bringer resumes by itself.
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}

/** As long again as the decision has waited already: soon at first, seldom later. */
function nextCheckMs(deps: ResumeDeps, pause: PauseRecord, now: number): number {
  return Math.min(CHECK_CAP_MS, Math.max(deps.limits.resumeCheckMs, now - decidedAt(pause)));
}

/** When the last row was decided, epoch milliseconds. */
function decidedAt(pause: PauseRecord): number {
  return Math.max(...pause.rows.map((row) => row.decision?.at ?? 0));
}

/** Whether a decision was made and handed over long enough ago that it should have been consumed by now. */
export function isDeliveryDue(pause: PauseRecord, now: number, resumeCheckMs: number): boolean {
  return (
    pause.state === 'decided' && now - Math.max(pause.resumeSentAt ?? 0, decidedAt(pause)) >= resumeCheckMs
  );
}

/**
 * Delivers a pause's end again, for the sweep and for late clicks: the token is read again, for a retried state
 * has a new one. What is consumed, or belongs to a turn that ended, is looked at no more.
 */
export async function redeliverPause(
  deps: ResumeDeps,
  { pauseId }: Pick<PauseRecord, 'pauseId'>,
): Promise<void> {
  const pause = await loadPause(deps.store, pauseId);
  if (!pause || pause.state === 'open') return;
  const over = pause.state !== 'decided' || (await turnHasEnded(deps, pause));
  await resumePause(deps, pause);
  if (over) await forget(deps, pause);
  // Decided, but the state machine has not come to wait yet: the token's bringer will resume.
  else if (!pause.taskToken) await lookAgain(deps, pause);
}

async function turnHasEnded(deps: ResumeDeps, pause: PauseRecord): Promise<boolean> {
  const turn = await deps.store.get<TurnRecord>(keys.turn(pause.turnId));
  return turn === undefined || turn.end !== undefined;
}

async function lookAgain(deps: ResumeDeps, pause: PauseRecord): Promise<void> {
  const now = deps.now();
  await change(deps, pause, { set: checkAt(pause.pauseId, now + nextCheckMs(deps, pause, now)) });
}

async function forget(deps: ResumeDeps, pause: PauseRecord): Promise<void> {
  await change(deps, pause, { remove: ['gsi3pk', 'gsi3sk'] });
}

async function change(
  deps: ResumeDeps,
  pause: PauseRecord,
  what: { set: Record<string, unknown> } | { remove: string[] },
): Promise<void> {
  try {
    await deps.store.update({
      key: keys.pause(pause.pauseId),
      ...what,
      condition: { expression: '#state = :state', values: { ':state': pause.state } },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
  }
}
