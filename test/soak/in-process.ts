import { setImmediate as others } from 'node:timers/promises';
import { defineAgent } from '../../core/agents/define-agent.ts';
import { createCallModel } from '../../core/models/call-model.ts';
import { decideRequirement } from '../../core/pauses/decide-requirement.ts';
import { loadPause, storeTaskToken } from '../../core/pauses/store.ts';
import type { Action } from '../../core/store/store.ts';
import type { RunRoute } from '../../core/turns/record.ts';
import { settleTurn } from '../../core/turns/settle.ts';
import { stopTurn } from '../../core/turns/stop.ts';
import { sweep } from '../../core/turns/sweep.ts';
import { hasEnded } from '../../core/turns/transitions.ts';
import { aPost, createTurnWorld, tool } from '../support/turn-world.ts';
import { type AskedTurn, checkSession, checkTurn } from './check-session.ts';
import type { Ledger } from './ledger.ts';
import { type Fate, type MortalStore, mortalStore } from './mortal-store.ts';
import { type Random, randomFrom } from './random.ts';
import { lastSentence, planTurn, requestOf } from './turn-plan.ts';
import { wrongsOfWrite } from './watch-turns.ts';

export interface SceneOptions {
  seed: number;
  scene: number;
  /** Where the soak's model answers. */
  modelUrl: string;
  ledger: Ledger;
  /** Told of each fault that was injected. */
  count: (fault: string) => void;
}

export interface SceneReport {
  /** How each turn ended. */
  ends: string[];
  violations: string[];
}

/** The retrier of the state machine's Run state. */
const RETRIES = 7;
/** Runs of one execution, and rounds of a whole scene, after which it is taken to go on for ever. */
const MOST = 300;
/** The longest time that nothing comes from the model, in real time: the soak must not wait long. */
const SILENCE_MS = 60;
/** Text is stored while it flows, so that a kill finds it shown. */
const BATCH_MS = 5;

/**
 * One thread with a few turns on a store in memory: posts come while others run, runs die or stall at any write, the
 * model fails, tools throw, people stop, approve and deny. The state machine, the queue of executions and the sweep
 * are played; everything else is what is deployed.
 */
export async function playScene({
  seed,
  scene,
  modelUrl,
  ledger,
  count,
}: SceneOptions): Promise<SceneReport> {
  const random = randomFrom(seed, 'scene', scene);
  const violations: string[] = [];
  const world = createTurnWorld({ limits: { silenceMs: SILENCE_MS, batchMs: BATCH_MS } });
  const { store } = world;
  const agent = defineAgent({
    name: 'assistant',
    instructions: 'Do what the plan says.',
    tools: soakTools(ledger),
    approval: { autonomy: 'full_auto' },
  });
  const callModel = createCallModel({
    now: world.now,
    secrets: async () => ({}),
    baseUrls: { 'openai-compatible': modelUrl },
  });

  /** Executions that were started and have not been worked on. */
  const executions: { turnId: string; epoch: number }[] = [];
  const names = new Set<string>();
  world.deps.executions.start = async (turnId, epoch) => {
    const name = `${turnId}-${epoch}`;
    if (names.has(name)) return 'exists';
    names.add(name);
    executions.push({ turnId, epoch });
    return 'started';
  };

  // What happens at a write of the scene, by its number: posts and stops come while runs are at work.
  const besides: Promise<unknown>[] = [];
  const due = new Map<number, (() => Promise<unknown>)[]>();
  const at = (write: number, act: () => Promise<unknown>) => due.set(write, [...(due.get(write) ?? []), act]);
  let writes = 0;
  store.beforeWrite = (actions: readonly Action[]) => {
    violations.push(...wrongsOfWrite(store, actions));
    const acts = due.get(++writes) ?? [];
    due.delete(writes);
    for (const act of acts) besides.push(act());
  };

  const asked: AskedTurn[] = [];
  let posted = 0;
  const threadTs = `1800.${scene}`;
  const admit = async (id: string) => {
    const plan = planTurn(randomFrom(seed, 'plan', id), id, true);
    const messageTs = `${1_800_000_000 + posted++}.${String(scene).padStart(6, '0')}`;
    const admission = await world.admit(aPost({ threadTs, messageTs, text: requestOf(plan) }));
    asked.push({ id, turnId: admission.turnId, answer: lastSentence(id) });
    if (random.chance(0.15)) at(writes + random.between(1, 40), () => stop(admission.turnId, 'stop'));
    return admission;
  };
  const stop = async (turnId: string, fault: string) => {
    const outcome = await stopTurn(world.deps, { turnId, by: 'U1' });
    if (outcome !== 'nothing_to_stop') count(fault);
  };

  const turns = random.between(2, 6);
  const { sessionId } = await admit(`${scene}x0`);
  for (let n = 1; n < turns; n++) at(writes + random.between(1, 60), () => admit(`${scene}x${n}`));

  const stalled: { mortal: MortalStore; run: Promise<unknown> }[] = [];
  /** One invocation, which may be the victim of the scene's faults. */
  const invoke = async (turnId: string, epoch: number): Promise<RunRoute | 'broken'> => {
    const fate: Fate | undefined = random.chance(0.3)
      ? { write: random.between(1, 24), kind: random.pick(['before', 'after', 'after', 'stall']) }
      : undefined;
    const mortal = mortalStore(store, fate);
    const short = random.chance(0.15);
    const { executions: started, sendWake } = world.deps;
    const run = world.run(turnId, epoch, {
      store: mortal.store,
      agents: [agent],
      callModel,
      model: 'openai-compatible/soak',
      remainingMs: () => (short ? world.deps.limits.saveReserveMs + 30_000 : 900_000),
      sendWake: async (message, delayMs) => {
        mortal.assertAlive();
        await sendWake(message, delayMs);
      },
      executions: {
        ...started,
        start: async (...args) => {
          mortal.assertAlive();
          return started.start(...args);
        },
      },
    });
    const outcome = await Promise.race([
      run.catch(() => 'broken' as const),
      mortal.stalled.then(() => 'stalled' as const),
    ]);
    if (mortal.met && fate) count(fate.kind === 'stall' ? 'run stalled' : 'run killed');
    if (outcome !== 'stalled') return outcome;
    stalled.push({ mortal, run: run.catch(() => {}) });
    world.advance(world.deps.limits.leaseMs);
    return 'broken';
  };
  /** Those that were taken for dead go on, while others do. */
  const wake = async () => {
    for (const { mortal, run } of stalled.splice(0)) {
      for (let n = random.between(0, 30); n > 0; n--) await others();
      mortal.goOn();
      besides.push(run);
    }
  };

  const drive = async (turnId: string, epoch: number): Promise<void> => {
    let tries = 0;
    for (let runs = 0; runs < MOST; runs++) {
      const waking = stalled.length > 0 && random.chance(0.7) ? wake() : undefined;
      const routed = await invoke(turnId, epoch);
      await waking;
      if (routed === 'broken') {
        if (++tries <= RETRIES) {
          world.advance(1_000);
          continue;
        }
        await settleTurn(world.deps, { turnId, epoch });
        return;
      }
      tries = 0;
      if (routed.route === 'again') continue;
      if (routed.route === 'backoff') {
        if (random.chance(0.05)) await stop(turnId, 'stop while waiting');
        world.advance(routed.waitSeconds * 1_000);
      } else if (routed.route === 'pause') {
        if (random.chance(0.1)) await stop(turnId, 'stop while paused');
        await decide(world, random, routed.pauseId, count);
      } else return;
    }
    violations.push(`turn ${turnId} went on after ${MOST} runs`);
  };

  for (let round = 0; round < MOST; round++) {
    const next = executions.shift();
    if (next) await drive(next.turnId, next.epoch);
    await settled(besides);
    if (executions.length > 0) continue;
    if (asked.length < turns) {
      // The scene is too quiet for what was to come beside it.
      for (const [write, acts] of due) {
        due.delete(write);
        for (const act of acts) await act();
      }
      continue;
    }
    if ((await world.session(sessionId)).state === 'idle') break;
    // Nothing runs, and something should: the sweep's business.
    world.advance(60_000);
    await sweep(world.deps);
  }
  await wake();
  await settled(besides);

  const order = (await world.messages(sessionId))
    .filter(({ role }) => role === 'user')
    .map(({ turnId }) => turnId);
  const turnsInOrder = asked.sort((a, b) => order.indexOf(a.turnId) - order.indexOf(b.turnId));
  const ended = [];
  for (const turn of turnsInOrder) {
    const checked = await checkTurn(store, ledger, turn);
    violations.push(...checked.violations);
    ended.push({ ...turn, end: checked.end });
  }
  violations.push(...(await checkSession(store, sessionId, ended)));
  return {
    ends: ended.map(({ end }) => end),
    violations: violations.map((wrong) => `scene ${scene}: ${wrong}`),
  };
}

/** Waits for all that goes on beside the scene, and for what that brings about. @throws what went wrong there */
async function settled(besides: Promise<unknown>[]): Promise<void> {
  while (besides.length > 0) await Promise.all(besides.splice(0));
}

/** Somebody, or two at once, decide what a pause asks. */
async function decide(
  world: ReturnType<typeof createTurnWorld>,
  random: Random,
  pauseId: string,
  count: (fault: string) => void,
): Promise<void> {
  await storeTaskToken(world.deps, { pauseId, token: `token-${pauseId}` });
  const pause = await loadPause(world.store, pauseId);
  const turn = pause && (await world.turn(pause.turnId));
  if (!pause || !turn || hasEnded(turn)) return;
  for (const [row] of pause.rows.entries()) {
    const answers = random.chance(0.2)
      ? (['approved', 'denied'] as const)
      : ([random.chance(0.7) ? 'approved' : 'denied'] as const);
    if (answers.length > 1) count('two decide at once');
    await Promise.all(
      answers.map((answer) =>
        decideRequirement(world.deps, {
          pauseId,
          row,
          answer,
          by: 'U1',
          door: 'slack',
          appId: 'A1',
          installationId: 'T1',
          at: world.now(),
        }),
      ),
    );
  }
}

function soakTools(ledger: Ledger) {
  const callOf = (input: unknown) => (input as { call: string }).call;
  const had = async (input: unknown, { idempotencyKey }: { idempotencyKey: string }) => {
    // An effect is somewhere else and takes a moment.
    await others();
    ledger.add(callOf(input), idempotencyKey);
    await others();
    return { call: callOf(input) };
  };
  return [
    tool('note', had, { effect: 'internal_write' }),
    tool('announce', had, { effect: 'customer_facing' }),
    tool('look', async (input) => ({ call: callOf(input), seen: 'all is well' })),
    tool('fail', async () => {
      throw new Error('The soak’s tool broke, as it should.');
    }),
    tool('linger', async (_, { signal }) => {
      await new Promise((resolve) => setTimeout(resolve, 15));
      signal.throwIfAborted();
      return 'done after a while';
    }),
  ];
}
