import { describe, expect, it } from 'vitest';
import type { TurnState } from './record.ts';
import {
  hasEnded,
  mayTake,
  type TurnTransition,
  transitionCondition,
  turnTransitions,
} from './transitions.ts';

const states: TurnState[] = ['starting', 'running', 'paused', 'waiting', 'completed', 'failed', 'stopped'];
const allowed: Record<TurnTransition, TurnState[]> = {
  begin: ['starting', 'running', 'waiting'],
  resume: ['paused'],
  work: ['running'],
  pause: ['running'],
  backOff: ['running'],
  complete: ['running'],
  fail: ['starting', 'running', 'paused', 'waiting'],
  stop: ['starting', 'running', 'paused', 'waiting'],
};

describe('turn transitions', () => {
  for (const [transition, from] of Object.entries(allowed) as [TurnTransition, TurnState[]][])
    for (const state of states)
      it(`${state} --${transition}--> ${from.includes(state) ? turnTransitions[transition].to : 'refused'}`, () => {
        expect(mayTake(transition, state)).toBe(from.includes(state));
      });

  it('leaves no way out of an ended turn', () => {
    for (const state of states.filter((s) => hasEnded({ state: s })))
      for (const transition of Object.keys(allowed) as TurnTransition[])
        expect(mayTake(transition, state)).toBe(false);
  });

  it('guards the write by state and fence', () => {
    const condition = transitionCondition('fail', 4, {
      expression: '#epoch = :epoch',
      values: { ':epoch': 2 },
    });
    expect(condition.expression).toBe(
      '#state IN (:from0, :from1, :from2, :from3) AND #fence = :fence AND (#epoch = :epoch)',
    );
    expect(condition.values).toMatchObject({ ':fence': 4, ':epoch': 2, ':from0': 'starting' });
  });
});
