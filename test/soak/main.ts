import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startStand } from '../../bench/stand.ts';
import { projectRoot } from '../../local/places.ts';
import { e2eSettings } from '../e2e/support/settings.ts';
import { startCompletionsServer } from '../support/completions-server.ts';
import { playDeployed } from './deployed.ts';
import { Ledger } from './ledger.ts';
import { startLedgerServer } from './ledger-server.ts';
import { createSoakModel } from './soak-model.ts';
import { writeSoakProject } from './soak-project.ts';
import { summary } from './summary.ts';
import { lastSentence, planTurn, requestOf } from './turn-plan.ts';

/** The soak on the deployed stack: `npm run soak -- --turns 200 --seed 1`. */
const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    together: { type: 'string', default: '4' },
  },
});
const seed = Number(values.seed);

async function main(): Promise<void> {
  const model = createSoakModel(seed, 0.25, 80);
  const ledger = new Ledger();
  await using modelServer = await startCompletionsServer(model.script);
  await using ledgerServer = await startLedgerServer(ledger);
  const app = writeSoakProject(join(projectRoot, '.local', 'soak-project'), ledgerServer.url);
  await using stand = await startStand({
    name: 'soak',
    app,
    rateLimits: false,
    settings: {
      ...e2eSettings,
      model: 'openai-compatible/soak',
      'baseUrls.openai-compatible': modelServer.baseUrl,
      'limits.silenceMs': 1_500,
      'limits.backoffCapMs': 2_000,
    },
  });
  const faults = new Map<string, number>();
  const began = Date.now();
  const report = await playDeployed({
    seed,
    turns: Number(values.turns),
    together: Number(values.together),
    perThread: 4,
    stack: stand.stack,
    functionsAws: stand.meter.url,
    slack: stand.slack,
    store: stand.store,
    ledger,
    request: (random, id) => ({ text: requestOf(planTurn(random, id, true)), answer: lastSentence(id) }),
    stops: 0.2,
    killEvery: [1_500, 7_000],
    mostKills: Number.POSITIVE_INFINITY,
    count: (fault) => faults.set(fault, (faults.get(fault) ?? 0) + 1),
    patienceMs: 240_000,
  });
  for (const [fault, times] of model.injected) faults.set(`model: ${fault}`, times);
  const violations = [...report.violations, ...ledger.violations(), ...model.violations];
  console.log(
    summary({
      ...report,
      violations,
      seed,
      faults,
      effects: ledger.total,
      seconds: (Date.now() - began) / 1_000,
    }),
  );
  if (violations.length > 0) process.exitCode = 1;
}

await main();
