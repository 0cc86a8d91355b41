import { describe, expect, it } from 'vitest';
import { tryEvent, turnAttempts } from '../../test/support/turn-attempts.ts';
import type { TurnState } from './record.ts';
import {
  eventCondition,
  hasEnded,
  mayTake,
  type TurnEvent,
  transitionCondition,
  turnEvents,
} from './transitions.ts';

const states: TurnState[] = ['starting', 'running', 'paused', 'waiting', 'completed', 'failed', 'stopped'];
const live: TurnState[] = ['starting', 'running', 'paused', 'waiting'];
/** Written down a second time: a change of the table is a change of what a turn may do. */
const listed: Record<TurnEvent, { from: TurnState[]; to: TurnState | 'same' }> = {
  begin: { from: ['starting', 'running', 'waiting'], to: 'running' },
  resume: { from: ['paused'], to: 'running' },
  work: { from: ['running'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  backOff: { from: ['running'], to: 'waiting' },
  complete: { from: ['running'], to: 'completed' },
  fail: { from: live, to: 'failed' },
  stop: { from: live, to: 'stopped' },
  takeOver: { from: live, to: 'same' },
  seal: { from: live, to: 'same' },
  requestStop: { from: ['running'], to: 'same' },
  restart: { from: live, to: 'same' },
  postpone: { from: live, to: 'same' },
};
const events = Object.keys(listed) as TurnEvent[];
/** Whoever writes these owns no fence: a run takes one, and the others change nothing that a run writes. */
const anyFence: TurnEvent[] = ['begin', 'requestStop', 'postpone'];

describe('82 the table of a turn’s states and events', () => {
  it('says what it should', () => {
    expect(turnEvents).toEqual(listed);
  });

  it('leaves no way out of an ended turn', () => {
    for (const state of states.filter((state) => hasEnded({ state })))
      expect(events.filter((event) => mayTake(event, state))).toEqual([]);
  });

  it('has a writer of every event under test', () => {
    expect(new Set(turnAttempts.map(({ event }) => event))).toEqual(new Set(events));
  });

  for (const attempt of turnAttempts)
    describe(`${attempt.event} by ${attempt.by}`, () => {
      const { from, to } = listed[attempt.event];
      for (const state of states) {
        const goes = from.includes(state);
        const next = to === 'same' ? state : to;
        it(`${state} → ${goes ? next : 'refused by the write itself'}`, async () => {
          expect(await tryEvent(attempt, { state })).toBe(goes ? 'applied' : 'refused');
        });
      }
      const [state = 'running'] = from;
      const outcome = anyFence.includes(attempt.event) ? 'applied' : 'refused';
      it(`a newer fence: ${outcome}`, async () => {
        expect(await tryEvent(attempt, { state, newerFence: true })).toBe(outcome);
      });
    });
});

it('an event’s condition names its states, the fence and what else is asked', () => {
  const extra = { expression: '#epoch = :epoch', values: { ':epoch': 2 } };
  expect(eventCondition('begin', extra)).toEqual({
    expression: '#state IN (:from0, :from1, :from2) AND (#epoch = :epoch)',
    values: { ':from0': 'starting', ':from1': 'running', ':from2': 'waiting', ':epoch': 2 },
  });
  expect(transitionCondition('pause', 4, extra)).toEqual({
    expression: '#state IN (:from0) AND (#fence = :fence AND (#epoch = :epoch))',
    values: { ':from0': 'running', ':fence': 4, ':epoch': 2 },
  });
});
