import { expect, it } from 'vitest';
import { startCompletionsServer } from '../support/completions-server.ts';
import { playScene } from './in-process.ts';
import { Ledger } from './ledger.ts';
import { createSoakModel } from './soak-model.ts';

/** Another seed is another soak: `SOAK_SEED=7 vitest run test/soak`. */
const SEED = Number(process.env.SOAK_SEED ?? 1);
const SCENES = Number(process.env.SOAK_SCENES ?? 60);
/** Scenes that go on beside each other. */
const TOGETHER = 6;

it('K-10, K-11, K-18, K-20, K-44, K-45, T-62: hundreds of turns with faults at random places', {
  timeout: 120_000,
}, async () => {
  const model = createSoakModel(SEED, 0.3, 3);
  await using server = await startCompletionsServer(model.script);
  const ledger = new Ledger();
  const faults = new Map<string, number>();
  const count = (fault: string) => faults.set(fault, (faults.get(fault) ?? 0) + 1);
  const ends: string[] = [];
  const violations: string[] = [];
  const scenes = Array.from({ length: SCENES }, (_, scene) => scene);
  await Promise.all(
    Array.from({ length: TOGETHER }, async () => {
      for (let scene = scenes.shift(); scene !== undefined; scene = scenes.shift()) {
        const options = { seed: SEED, scene, modelUrl: server.baseUrl, ledger, count };
        const report = await playScene(options);
        ends.push(...report.ends);
        violations.push(...report.violations);
      }
    }),
  );
  violations.push(...ledger.violations(), ...model.violations);
  for (const [fault, times] of model.injected) faults.set(fault, times);
  const told = {
    seed: SEED,
    turns: ends.length,
    ends: tally(ends),
    effects: ledger.total,
    faults: Object.fromEntries(faults),
  };
  expect(violations, JSON.stringify(told, null, 2)).toEqual([]);
  // A soak in which nothing goes wrong, or everything, shows nothing.
  expect(told.ends.completed).toBeGreaterThan(ends.length / 3);
  for (const fault of [
    'run killed',
    'run stalled',
    'stop',
    'silence',
    'reset in the middle',
    '429 with Retry-After',
  ])
    expect(faults.get(fault), `${fault}: ${JSON.stringify(told)}`).toBeGreaterThan(0);
  if (process.env.SOAK_SEED) console.log(JSON.stringify(told, null, 2));
});

function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
