import type { Action } from '../../core/store/store.ts';
import type { TurnState } from '../../core/turns/record.ts';
import { mayTake, type TurnEvent, turnEvents } from '../../core/turns/transitions.ts';
import { holds } from '../support/condition.ts';
import type { MemoryStore } from '../support/memory-store.ts';

const events = Object.keys(turnEvents) as TurnEvent[];

/** Whether some event of the table leads from one state to the other. */
function isListed(from: TurnState, to: TurnState): boolean {
  return events.some((event) => {
    const next = turnEvents[event].to;
    return mayTake(event, from) && (next === 'same' ? from : next) === to;
  });
}

/**
 * Looks at a write before it is made: what it does to turns' records must be an event of the table, and must be
 * asked for by a condition on the turn's state.
 */
export function wrongsOfWrite(store: MemoryStore, actions: readonly Action[]): string[] {
  return actions.flatMap((action) => {
    if (!('update' in action)) return [];
    const { key, set = {}, condition } = action.update;
    if (!key.pk.startsWith('TURN#') || key.sk !== 'META') return [];
    const record = store.items.get(`${key.pk} ${key.sk}`);
    if (!condition?.expression.includes('#state'))
      return [`${key.pk} is written without a look at its state: ${JSON.stringify(action.update)}`];
    if (!holds(condition, record)) return [];
    const from = record?.state as TurnState;
    const to = (set.state ?? from) as TurnState;
    return isListed(from, to) ? [] : [`${key.pk} goes from ${from} to ${to}`];
  });
}
