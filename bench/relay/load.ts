import type { BenchWorld } from './bench-world.ts';
import { hadStandIn, messagesOf } from './check-turn.ts';
import { failuresIn, judge, refusedIn } from './judge.ts';
import { latencyRows, machineRow, usageRows } from './load-rows.ts';
import { APPENDS_PER_MINUTE, loadShape, loadWords } from './load-shape.ts';
import { measureMachine } from './machine.ts';
import type { BenchOptions } from './options.ts';
import { playTurn } from './play-turn.ts';
import type { PartResult } from './results.ts';
import { measureLoad } from './text-measure.ts';
import { flowingTurn } from './turn-script.ts';

const WARM_SECONDS = 3;

/** Many turns at once under the narrowest budget. */
export async function runLoad(world: BenchWorld, options: BenchOptions): Promise<PartResult> {
  const { slack, stateDir } = world.stand;
  const shape = loadShape(options);
  const { scripts } = shape;
  await slack.setRateLimits({ rules: { 'chat.appendStream': { perMinute: APPENDS_PER_MINUTE } } });
  // Every process is there before anything is measured.
  const warm = { seconds: WARM_SECONDS, stepSeconds: WARM_SECONDS };
  await Promise.all(scripts.map(({ turn }) => playTurn(world, flowingTurn(turn, warm))));
  await world.rest(shape.full);
  await slack.resetRateLimits();
  await world.begin();
  const measured = measureMachine(stateDir);
  const turns = await Promise.all(scripts.map((script) => playTurn(world, script)));
  const machine = measured();
  const { calls, messages, aws, texts, wrongs } = await judge(world, turns);
  return {
    part: 'load',
    how: `${loadWords(shape)}. All mentions were posted in the same moment, into five channels; every limit and setting is the default.`,
    full: shape.full,
    rows: [
      ...latencyRows({
        load: measureLoad(texts),
        refused: refusedIn(calls),
        shareMs: shape.shareMs,
        asked: true,
      }),
      {
        what: 'turns that a posted message stood in for the stream of',
        measured: String(turns.filter((turn) => hadStandIn(messagesOf(messages, turn))).length),
      },
      ...usageRows(turns.length, calls, aws),
      machineRow(machine),
    ],
    wrongs: [...wrongs.flat(), ...world.model.violations, ...failuresIn(calls)],
  };
}
