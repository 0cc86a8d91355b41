import { describe, expect, it } from 'vitest';
import { driveTurn } from '../../test/support/drive-turn.ts';
import { calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { commitsStep, movesTurnTo } from '../../test/support/turn-writes.ts';
import { TransactionRefusedError } from '../store/errors.ts';
import type { Action } from '../store/store.ts';

type World = ReturnType<typeof createTurnWorld>;

/** Refuses one write: another one held its first item, and the condition of its second did not hold. */
function collideOnce(world: World, meets: (actions: readonly Action[]) => boolean): () => boolean {
  let met = false;
  world.store.beforeWrite = (actions) => {
    if (met || !meets(actions)) return;
    met = true;
    throw new TransactionRefusedError(
      actions.map((_, n) => ({ code: ['TransactionConflict', 'ConditionalCheckFailed'][n] ?? 'None' })),
    );
  };
  return () => met;
}

describe('a collision beside a condition that failed', () => {
  it('says nothing about the item that another write held', () => {
    const error = new TransactionRefusedError([
      { code: 'TransactionConflict' },
      { code: 'ConditionalCheckFailed' },
      { code: 'None' },
    ]);
    expect([0, 1, 2, 3].map((index) => error.failedAt(index))).toEqual([false, true, false, false]);
  });

  it('at the end of a turn is no lost turn: the end is tried again', async () => {
    const world = createTurnWorld({ script: [says('Hello.')] });
    const { turnId, sessionId } = await world.admit();
    const met = collideOnce(world, (actions) => movesTurnTo(actions, 'completed'));
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(met()).toBe(true);
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed', fence: 1 });
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle' });
  });

  it('at a step’s commit is no lost turn: the run breaks, and the state machine’s next one goes on', async () => {
    const look = tool('look', async () => 'seen');
    const world = createTurnWorld({
      script: [calls({ name: 'look' }), calls({ name: 'look' }), says('Hello.')],
      tools: [look],
    });
    const { turnId } = await world.admit();
    const met = collideOnce(world, commitsStep);
    expect(await driveTurn(world, turnId)).toMatchObject({ route: 'done', broken: 1 });
    expect(met()).toBe(true);
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed', step: 2 });
  });
});
