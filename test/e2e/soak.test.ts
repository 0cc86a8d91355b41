import { expect, it } from 'vitest';
import { demoRequest } from '../soak/demo-requests.ts';
import { playDeployed } from '../soak/deployed.ts';
import { Ledger } from '../soak/ledger.ts';
import { summary } from '../soak/summary.ts';
import { deployed } from './support/deployed.ts';

const { stack, slack, store, SEED } = deployed();
/** Another seed is another soak; the long form is `npm run soak`. */
const seed = Number(process.env.SOAK_SEED ?? 1);

it('twelve turns with faults at random moments: each ends once, every answer is in the thread once', async () => {
  const faults = new Map<string, number>();
  const ledger = new Ledger();
  const began = Date.now();
  const report = await playDeployed({
    seed,
    turns: 12,
    together: 6,
    // Answers of one thread would be told apart by nothing.
    perThread: 1,
    stack,
    slack,
    store,
    ledger,
    request: demoRequest,
    stops: 0.25,
    killEvery: [1_000, 3_000],
    mostKills: 4,
    count: (fault) => faults.set(fault, (faults.get(fault) ?? 0) + 1),
    patienceMs: 75_000,
  });
  const told = { ...report, seed, faults, effects: 0, seconds: (Date.now() - began) / 1_000 };
  const { messages } = await slack.state();
  const posted = messages
    .filter(({ channel }) => channel === SEED.channels.announcements)
    .flatMap(({ visibleText }) => /soak-\w+-soak/.exec(visibleText)?.[0] ?? []);
  expect(report.violations, summary(told)).toEqual([]);
  expect(new Set(posted).size, `posted: ${posted.join()}`).toBe(posted.length);
  expect(report.ends).toHaveLength(12);
  expect(faults.get('run-turn killed'), summary(told)).toBeGreaterThan(0);
});
