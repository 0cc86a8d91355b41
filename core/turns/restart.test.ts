import { describe, expect, it } from 'vitest';
import { driveTurn } from '../../test/support/drive-turn.ts';
import { createPausedWorld } from '../../test/support/paused-world.ts';
import { loadPause, storeTaskToken } from '../pauses/store.ts';
import { sweep } from './sweep.ts';

type Paused = Awaited<ReturnType<typeof createPausedWorld>>;

/** The executions that were started, each once, in order. */
const startsOf = ({ world, turnId }: Paused) =>
  [...new Set(world.started)].filter((name) => name.startsWith(turnId));

/** A sweep every minute, as the schedule has it. */
async function sweepFor({ world }: Paused, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    world.advance(60_000);
    await sweep(world.deps);
  }
}

describe('a pause whose token never came', () => {
  it('is left alone for two minutes, then the turn is started under a higher epoch', async () => {
    const paused = await createPausedWorld();
    const { turnId } = paused;
    paused.world.advance(119_000);
    await sweep(paused.world.deps);
    expect(startsOf(paused)).toEqual([`${turnId}-1`]);
    paused.world.advance(1_000);
    await sweep(paused.world.deps);
    expect(startsOf(paused)).toEqual([`${turnId}-1`, `${turnId}-2`]);
  });

  it('still open: the new execution comes back to the same pause, and the old one leaves', async () => {
    const paused = await createPausedWorld();
    const { world, turnId, pauseId, decide, ran } = paused;
    await sweepFor(paused, 2);
    expect(await world.run(turnId, 2)).toMatchObject({ route: 'pause', pauseId });
    expect(await world.run(turnId, 1)).toMatchObject({ route: 'done' });
    expect(await world.turn(turnId)).toMatchObject({ state: 'paused', epoch: 2 });
    await storeTaskToken(world.deps, { pauseId, token: 'token-2' });
    // With its token it is looked at when it expires and not before.
    await sweepFor(paused, 30);
    expect(startsOf(paused)).toHaveLength(2);
    await decide('approved');
    expect(world.started).toContain('resume token-2');
    expect(await driveTurn(world, turnId, 2)).toMatchObject({ route: 'done' });
    expect(ran()).toBe(1);
  });

  it('decided meanwhile: the new execution goes on', async () => {
    const paused = await createPausedWorld();
    const { world, turnId, decide, ran } = paused;
    await decide('approved');
    await sweepFor(paused, 3);
    expect(startsOf(paused)).toEqual([`${turnId}-1`, `${turnId}-2`]);
    expect(await driveTurn(world, turnId, 2)).toMatchObject({ route: 'done' });
    expect(ran()).toBe(1);
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed', epoch: 2 });
  });

  it('is started five times at most; then the turn ends with a sentence and nobody is asked any more', async () => {
    const paused = await createPausedWorld();
    const { world, turnId, sessionId, pauseId } = paused;
    // Each start is given twice the time of the one before it: 2, 4, 8, 16 and 32 minutes.
    await sweepFor(paused, 20);
    expect(startsOf(paused).length).toBeLessThan(5);
    await sweepFor(paused, 60);
    expect(startsOf(paused)).toEqual([1, 2, 3, 4, 5].map((epoch) => `${turnId}-${epoch}`));
    expect(await world.turn(turnId)).toMatchObject({
      state: 'failed',
      end: { reason: expect.stringMatching(/ask again/) },
    });
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle' });
    expect(await loadPause(world.store, pauseId)).toMatchObject({ state: 'cancelled' });
  });

  it('is not started again where the token came, but not the word that the pause is healthy', async () => {
    const paused = await createPausedWorld();
    const { world, pauseId } = paused;
    let writes = 0;
    world.store.beforeWrite = () => {
      if (++writes === 2) throw new Error('The function was ended.');
    };
    await expect(storeTaskToken(world.deps, { pauseId, token: 'token-1' })).rejects.toThrow('ended');
    delete world.store.beforeWrite;
    await sweepFor(paused, 30);
    expect(startsOf(paused)).toHaveLength(1);
    expect(await loadPause(world.store, pauseId)).toMatchObject({ state: 'open', taskToken: 'token-1' });
  });
});

describe('a pause whose token is dead', () => {
  /** An older token that came later than the one the state machine waits with. */
  async function deadToken() {
    const paused = await createPausedWorld({ token: 'token-1' });
    const sent: string[] = [];
    paused.world.deps.executions.resume = async (token) => {
      sent.push(token);
      return 'gone';
    };
    return { ...paused, sent };
  }

  it('is sent the decision again first, and started again two minutes after it', async () => {
    const paused = await deadToken();
    const { turnId, decide, sent } = paused;
    await decide('approved');
    await sweepFor(paused, 1);
    expect(sent.length).toBeGreaterThan(1);
    expect(startsOf(paused)).toEqual([`${turnId}-1`]);
    await sweepFor(paused, 2);
    expect(startsOf(paused)).toEqual([`${turnId}-1`, `${turnId}-2`]);
  });

  it('goes on with the decision, once, whatever wakes the old execution later', async () => {
    const paused = await deadToken();
    const { world, turnId, decide, ran } = paused;
    await decide('approved');
    await sweepFor(paused, 3);
    expect(await world.run(turnId, 1)).toMatchObject({ route: 'done' });
    expect(await world.turn(turnId)).toMatchObject({ state: 'paused' });
    expect(await driveTurn(world, turnId, 2)).toMatchObject({ route: 'done' });
    expect(await world.run(turnId, 1)).toMatchObject({ route: 'done' });
    expect(ran()).toBe(1);
  });

  it('is started five times at most', async () => {
    const paused = await deadToken();
    await paused.decide('approved');
    await sweepFor(paused, 12 * 60);
    expect(startsOf(paused)).toHaveLength(5);
    expect(await paused.world.turn(paused.turnId)).toMatchObject({ state: 'failed' });
    expect(paused.ran()).toBe(0);
  });
});
