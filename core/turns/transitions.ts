import type { Condition } from '../store/store.ts';
import type { TurnRecord, TurnState } from './record.ts';

/** Every way a turn may go; a pair that is not listed is refused by the write's condition. */
export const turnTransitions = {
  /** A run takes the turn: for the first time, after `again`, after a crash, or after a backoff. */
  begin: { from: ['starting', 'running', 'waiting'], to: 'running' },
  /** A run that goes on after a pause takes the turn and consumes the decision in one write. */
  resume: { from: ['paused'], to: 'running' },
  /** The run goes on working: a step, a renewed lease, `again`. */
  work: { from: ['running'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  backOff: { from: ['running'], to: 'waiting' },
  complete: { from: ['running'], to: 'completed' },
  /** By the run, or from outside when the state machine gave up. */
  fail: { from: ['starting', 'running', 'paused', 'waiting'], to: 'failed' },
  /** By the run that learned of the request, or by the door when no run is active. */
  stop: { from: ['starting', 'running', 'paused', 'waiting'], to: 'stopped' },
} as const satisfies Record<string, { from: readonly TurnState[]; to: TurnState }>;

export type TurnTransition = keyof typeof turnTransitions;

/** A turn in one of these states changes no more. */
export function hasEnded(turn: Pick<TurnRecord, 'state'>): boolean {
  return turn.state === 'completed' || turn.state === 'failed' || turn.state === 'stopped';
}

/** Whether the transition is listed for this state. */
export function mayTake(transition: TurnTransition, state: TurnState): boolean {
  return (turnTransitions[transition].from as readonly TurnState[]).includes(state);
}

/**
 * The condition that guards a transition's write: the state is one of those it may leave, the fence is the
 * writer's own, and whatever `extra` asks.
 */
export function transitionCondition(transition: TurnTransition, fence: number, extra?: Condition): Condition {
  const from = turnTransitions[transition].from;
  const states = from.map((_, i) => `:from${i}`).join(', ');
  return {
    expression: `#state IN (${states}) AND #fence = :fence${extra ? ` AND (${extra.expression})` : ''}`,
    values: {
      ':fence': fence,
      ...Object.fromEntries(from.map((state, i) => [`:from${i}`, state])),
      ...extra?.values,
    },
  };
}
