import { describe, expect, it } from 'vitest';
import { createTurnWorld } from '../../test/support/turn-world.ts';
import { checkAt, keys } from '../store/keys.ts';
import { sweep } from './sweep.ts';

type World = ReturnType<typeof createTurnWorld>;

/** Takes the relay's record out of the sweep's sight, which is not what these tests are about. */
async function admitAlone(world: World): Promise<string> {
  const { turnId } = await world.admit();
  await world.store.update({ key: keys.relay(turnId), remove: ['gsi3pk', 'gsi3sk'] });
  return turnId;
}

describe('a record that cannot be repaired', () => {
  it('is postponed for five minutes, and the others are looked at', async () => {
    const world = createTurnWorld();
    const [bad, good] = [await admitAlone(world), await admitAlone(world)];
    const tried: string[] = [];
    const { start } = world.deps.executions;
    world.deps.executions.start = async (turnId, epoch) => {
      tried.push(turnId);
      if (turnId === bad) throw new Error('Step Functions does not like this one.');
      return start(turnId, epoch);
    };
    world.advance(world.deps.limits.startCheckMs);
    // One shard for both, the broken one first.
    for (const [turnId, at] of [[bad, world.now() - 2] as const, [good, world.now() - 1] as const])
      await world.store.update({ key: keys.turn(turnId), set: checkAt('one shard', at) });
    expect(await sweep(world.deps)).toEqual({ due: 2, failed: 1 });
    expect(await world.turn(good)).toMatchObject({ epoch: 2 });
    tried.length = 0;
    world.advance(299_000);
    await sweep(world.deps);
    expect(tried).not.toContain(bad);
    world.advance(1_000);
    expect(await sweep(world.deps)).toMatchObject({ failed: 1 });
    expect(tried).toContain(bad);
  });
});

describe('a turn that has not begun', () => {
  it('is left alone while the same start succeeds again: its execution waits for a free place', async () => {
    const world = createTurnWorld();
    const turnId = await admitAlone(world);
    const starts: string[] = [];
    world.deps.executions.start = async (id, epoch) => {
      starts.push(`${id}-${epoch}`);
      return 'started';
    };
    for (let minute = 0; minute < 60; minute++) {
      world.advance(60_000);
      await sweep(world.deps);
    }
    expect(new Set(starts)).toEqual(new Set([`${turnId}-1`]));
    expect(starts.length).toBeGreaterThan(10);
    expect(await world.turn(turnId)).toMatchObject({ state: 'starting', epoch: 1 });
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed' });
  });

  it('is started under another name once its execution is over', async () => {
    const world = createTurnWorld();
    const turnId = await admitAlone(world);
    world.advance(world.deps.limits.startCheckMs);
    await sweep(world.deps);
    expect(world.started).toEqual([`${turnId}-1`, `${turnId}-1`, `${turnId}-2`]);
  });
});
