import { ModelError } from '../../core/models/contract.ts';
import { decideRequirement } from '../../core/pauses/decide-requirement.ts';
import { keys } from '../../core/store/keys.ts';
import type { Action } from '../../core/store/store.ts';
import { beginTurn } from '../../core/turns/begin.ts';
import type { TurnState } from '../../core/turns/record.ts';
import { restartTurn } from '../../core/turns/restart.ts';
import { settleTurn } from '../../core/turns/settle.ts';
import { stopTurn } from '../../core/turns/stop.ts';
import { sweep } from '../../core/turns/sweep.ts';
import type { TurnEvent } from '../../core/turns/transitions.ts';
import { calls, createTurnWorld, type ScriptedCall, says, tool } from './turn-world.ts';
import { commitsStep, movesTurnTo } from './turn-writes.ts';

type World = ReturnType<typeof createTurnWorld>;

/** The code that writes an event, brought to the point where it does. */
export interface TurnAttempt {
  event: TurnEvent;
  /** Which writer of the event, where there are several. */
  by: string;
  /** The event's write among all that the code does. */
  isWrite: (actions: readonly Action[]) => boolean;
  world: () => World;
  /** Runs the code up to its end; what it throws is of no interest. */
  run: (world: World, turnId: string, state: TurnState) => Promise<unknown>;
}

const turnUpdate = (actions: readonly Action[]) =>
  actions.flatMap((action) =>
    'update' in action && action.update.key.pk.startsWith('TURN#') && action.update.key.sk === 'META'
      ? [action.update]
      : [],
  )[0];
const takesFence = (actions: readonly Action[]) => turnUpdate(actions)?.add?.fence === 1;
const input = (turnId: string) => ({ v: 1, turnId, epoch: 1 }) as const;

const look = tool('look', async () => 'seen');
const announce = tool('announce', async () => 'posted', { effect: 'customer_facing' });
const fails = (retryable: boolean): ScriptedCall => {
  return () => Promise.reject(new ModelError({ retryable, code: 'server', sentence: 'It failed.' }));
};
const scripted = (...script: ScriptedCall[]) => {
  return () => createTurnWorld({ script, tools: [look, announce] });
};
const runs: TurnAttempt['run'] = (world, turnId) => world.run(turnId);

/** A model call that takes until a lease was renewed meanwhile. */
function renewingWorld(): World {
  const world = createTurnWorld({
    limits: { renewAfterMs: 2 },
    script: [
      async () => {
        world.advance(3_000);
        await new Promise((resolve) => setTimeout(resolve, 30));
        return says('Done.');
      },
    ],
  });
  return world;
}

/** Every writer of a turn's record, by event. */
export const turnAttempts: readonly TurnAttempt[] = [
  {
    event: 'begin',
    by: 'a run',
    isWrite: (actions) => takesFence(actions) && turnUpdate(actions)?.set?.state === 'running',
    world: scripted(),
    run: (world, turnId) => beginTurn(world.deps, input(turnId)),
  },
  {
    event: 'resume',
    by: 'a run after a decision',
    isWrite: (actions) => actions.length > 1 && takesFence(actions),
    world: scripted(calls({ name: 'announce' })),
    run: async (world, turnId) => {
      const routed = await world.run(turnId);
      if (!('pauseId' in routed)) throw new Error('The turn did not pause.');
      await decideRequirement(world.deps, {
        pauseId: routed.pauseId,
        row: 0,
        answer: 'approved',
        by: 'U1',
        door: 'slack',
        appId: 'A1',
        installationId: 'T1',
        at: world.now(),
      });
      return beginTurn(world.deps, input(turnId));
    },
  },
  {
    event: 'work',
    by: 'a step',
    isWrite: commitsStep,
    world: scripted(calls({ name: 'look' })),
    run: runs,
  },
  {
    event: 'work',
    by: 'a renewed lease',
    isWrite: (actions) => Object.keys(turnUpdate(actions)?.set ?? {}).join() === 'leaseUntil',
    world: renewingWorld,
    run: runs,
  },
  {
    event: 'work',
    by: 'handing back',
    isWrite: (actions) => turnUpdate(actions)?.remove?.includes('leaseUntil') === true,
    world: scripted(calls({ name: 'look' })),
    run: (world, turnId) => world.run(turnId, 1, { remainingMs: () => 1_000 }),
  },
  {
    event: 'pause',
    by: 'a run',
    isWrite: (actions) => movesTurnTo(actions, 'paused'),
    world: scripted(calls({ name: 'announce' })),
    run: runs,
  },
  {
    event: 'backOff',
    by: 'a run',
    isWrite: (actions) => movesTurnTo(actions, 'waiting'),
    world: scripted(fails(true)),
    run: runs,
  },
  {
    event: 'complete',
    by: 'a run',
    isWrite: (actions) => movesTurnTo(actions, 'completed'),
    world: scripted(says('Done.')),
    run: runs,
  },
  {
    event: 'fail',
    by: 'a run',
    isWrite: (actions) => movesTurnTo(actions, 'failed'),
    world: scripted(fails(false)),
    run: runs,
  },
  {
    event: 'fail',
    by: 'settle',
    isWrite: (actions) => movesTurnTo(actions, 'failed'),
    world: scripted(),
    run: (world, turnId) => settleTurn(world.deps, { turnId, epoch: 1 }),
  },
  {
    event: 'stop',
    by: 'a run',
    isWrite: (actions) => movesTurnTo(actions, 'stopped'),
    world: scripted(async () => new Promise(() => {})),
    run: async (world, turnId) => {
      await beginTurn(world.deps, input(turnId));
      await stopTurn(world.deps, { turnId, by: 'U1' });
      world.advance(world.deps.limits.leaseMs);
      return world.run(turnId);
    },
  },
  {
    event: 'stop',
    by: 'a door',
    isWrite: (actions) => movesTurnTo(actions, 'stopped'),
    world: scripted(),
    run: (world, turnId) => stopTurn(world.deps, { turnId, by: 'U1' }),
  },
  {
    event: 'takeOver',
    by: 'a door',
    isWrite: (actions) => takesFence(actions) && turnUpdate(actions)?.set?.state === undefined,
    world: scripted(),
    run: (world, turnId) => stopTurn(world.deps, { turnId, by: 'U1' }),
  },
  {
    event: 'seal',
    by: 'the run after a crash',
    isWrite: (actions) => turnUpdate(actions)?.add?.crashes === 1,
    world: scripted(),
    run: async (world, turnId) => {
      await beginTurn(world.deps, input(turnId));
      world.advance(world.deps.limits.leaseMs);
      return beginTurn(world.deps, input(turnId));
    },
  },
  {
    event: 'requestStop',
    by: 'a door',
    isWrite: (actions) => turnUpdate(actions)?.set?.stopRequest !== undefined,
    world: scripted(),
    run: async (world, turnId) => {
      await beginTurn(world.deps, input(turnId));
      return stopTurn(world.deps, { turnId, by: 'U1' });
    },
  },
  {
    event: 'restart',
    by: 'the sweep',
    isWrite: (actions) => turnUpdate(actions)?.add?.epoch === 1,
    world: scripted(),
    // It asks for the very state that it read as well.
    run: async (world, turnId, state) => restartTurn(world.deps, { ...(await world.turn(turnId)), state }),
  },
  {
    event: 'postpone',
    by: 'the sweep',
    isWrite: (actions) => Object.keys(turnUpdate(actions)?.set ?? {}).join() === 'gsi3pk,gsi3sk',
    world: scripted(),
    run: async (world) => {
      world.deps.executions.start = async () => 'started';
      world.advance(world.deps.limits.startCheckMs);
      return sweep(world.deps);
    },
  },
];

class Probed extends Error {
  override readonly name = 'Probed';
}

/**
 * Lets the code of an event come to its write, changes the turn's record under its hands and sees what the write
 * does. No look-up before it knows of the change, so what refuses it is the write's own condition.
 *
 * @throws when the code never comes to the write
 */
export async function tryEvent(
  attempt: TurnAttempt,
  change: { state: TurnState; newerFence?: boolean },
): Promise<'applied' | 'refused'> {
  const world = attempt.world();
  const { turnId } = await world.admit();
  const { pk, sk } = keys.turn(turnId);
  let before: string | undefined;
  world.store.beforeWrite = (actions) => {
    if (before !== undefined) throw new Probed();
    if (!attempt.isWrite(actions)) return;
    const record = world.store.items.get(`${pk} ${sk}`) ?? {};
    record.state = change.state;
    if (change.newerFence) record.fence = Number(record.fence) + 1;
    before = JSON.stringify(record);
  };
  await attempt.run(world, turnId, change.state).catch(() => {});
  if (before === undefined) throw new Error(`${attempt.event} by ${attempt.by}: nothing was written.`);
  return JSON.stringify(await world.turn(turnId)) === before ? 'refused' : 'applied';
}
