import { runAlone } from './alone.ts';
import { type BenchWorld, startBenchWorld } from './bench-world.ts';
import { runBursts } from './bursts.ts';
import { runFaults } from './faults.ts';
import { runLoad } from './load.ts';
import { runLong } from './long.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { runPeer } from './peer-load.ts';
import { type Part, type PartResult, reached, saveResult, tableOf } from './results.ts';
import { writeTable } from './table.ts';

/**
 * The relay under load, beside a peer, alone, in bursts, with faults and for long: `npm run bench:relay`, or some of
 * these parts by name. Exits with 1 when a part does not reach what is asked of it. What was measured goes into
 * docs/live-status.md with `npm run bench:relay -- table`.
 */
const onStack: Record<
  Exclude<Part, 'peer'>,
  (world: BenchWorld, options: BenchOptions) => Promise<PartResult>
> = {
  load: runLoad,
  alone: runAlone,
  bursts: runBursts,
  faults: runFaults,
  long: runLong,
};

function tell(result: PartResult): void {
  saveResult(result);
  console.log(`\n### ${result.part}\n\n${result.how}\n\n${tableOf(result)}`);
  for (const wrong of result.wrongs) console.error(`\nWrong: ${wrong}`);
  if (!reached(result)) process.exitCode = 1;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.table) return writeTable();
  if (options.parts.includes('peer')) tell(await runPeer(options));
  const others = options.parts.filter((part) => part !== 'peer');
  if (others.length === 0) return;
  await using world = await startBenchWorld();
  for (const part of others) {
    tell(await onStack[part](world, options));
    await world.rest(false);
  }
}

await main();
