import type { Action } from '../../core/store/store.ts';
import type { TurnState } from '../../core/turns/record.ts';

/** Whether a write touches items of a turn whose sort key begins so: `CHUNK#`, `CALL#`, `STEP#`. */
export function touches(actions: readonly Action[], prefix: string): boolean {
  return actions.some((action) => keyOf(action).sk.startsWith(prefix));
}

/** Whether a write brings a turn into this state. */
export function movesTurnTo(actions: readonly Action[], state: TurnState): boolean {
  return actions.some(
    (action) =>
      'update' in action && action.update.key.pk.startsWith('TURN#') && action.update.set?.state === state,
  );
}

/** Whether a write commits a step. */
export const commitsStep = (actions: readonly Action[]): boolean => touches(actions, 'STEP#');

function keyOf(action: Action) {
  if ('put' in action) return action.put;
  if ('update' in action) return action.update.key;
  return 'delete' in action ? action.delete : action.check;
}
