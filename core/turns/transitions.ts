import type { Condition } from '../store/store.ts';
import type { TurnRecord, TurnState } from './record.ts';

const live = ['starting', 'running', 'paused', 'waiting'] as const satisfies readonly TurnState[];

/**
 * Every event that may come to a turn, from which states on, and where it leads; `same` changes the record and leaves
 * the state. It is the one table: each write of a turn's record has its event's condition in it, so a pair that is
 * not listed is refused by the write itself. docs/turn-states.md is made of it.
 */
export const turnEvents = {
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
  fail: { from: live, to: 'failed' },
  /** By the run that learned of the request, or by the door when no run is active. */
  stop: { from: live, to: 'stopped' },
  /** Somebody who will end the turn from outside takes the next fence: the run before can write no more. */
  takeOver: { from: live, to: 'same' },
  /** Whoever took a fence writes down where the log of the one before ended. */
  seal: { from: live, to: 'same' },
  /** A person's stop while a run works: the run ends the turn. */
  requestStop: { from: ['running'], to: 'same' },
  /** A turn that should run and does not gets a new execution, under the next epoch. */
  restart: { from: live, to: 'same' },
  /** The sweep looks at the turn again later. */
  postpone: { from: live, to: 'same' },
} as const satisfies Record<string, { from: readonly TurnState[]; to: TurnState | 'same' }>;

export type TurnEvent = keyof typeof turnEvents;

/** The events that bring the turn into a state of their own. */
export type TurnTransition = {
  [E in TurnEvent]: (typeof turnEvents)[E]['to'] extends 'same' ? never : E;
}[TurnEvent];

/** A turn in one of these states changes no more. */
export function hasEnded(turn: Pick<TurnRecord, 'state'>): boolean {
  return turn.state === 'completed' || turn.state === 'failed' || turn.state === 'stopped';
}

/** Whether the event is listed for this state. */
export function mayTake(event: TurnEvent, state: TurnState): boolean {
  return (turnEvents[event].from as readonly TurnState[]).includes(state);
}

/**
 * The condition that every write of an event carries: the turn is in one of the states that the event may come in,
 * and whatever `extra` asks.
 */
export function eventCondition(event: TurnEvent, extra?: Condition): Condition {
  const { from } = turnEvents[event];
  const states = from.map((_, i) => `:from${i}`).join(', ');
  return {
    expression: `#state IN (${states})${extra ? ` AND (${extra.expression})` : ''}`,
    values: { ...Object.fromEntries(from.map((state, i) => [`:from${i}`, state])), ...extra?.values },
  };
}

/** An event's condition for a writer that owns the turn: its fence is the turn's own as well. */
export function transitionCondition(event: TurnEvent, fence: number, extra?: Condition): Condition {
  return eventCondition(event, {
    expression: `#fence = :fence${extra ? ` AND (${extra.expression})` : ''}`,
    values: { ':fence': fence, ...extra?.values },
  });
}
