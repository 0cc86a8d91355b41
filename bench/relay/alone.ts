import { quantile } from '../quantiles.ts';
import { callsOfThread, doneAt } from './arrivals.ts';
import type { BenchWorld } from './bench-world.ts';
import { failuresIn, judge, threadOf } from './judge.ts';
import { usageRows } from './load-rows.ts';
import type { BenchOptions } from './options.ts';
import { type PlayedTurn, playTurn } from './play-turn.ts';
import { type PartResult, seconds } from './results.ts';
import { measureLoad } from './text-measure.ts';
import { flowingTurn } from './turn-script.ts';

const TURNS = 20;
const TURN_SECONDS = 20;
const STEP_SECONDS = 10;
const MOST_SIGN_MS = 1_500;
const MOST_TEXT_MS = 2_500;

/** One turn after the other, with nobody beside. */
export async function runAlone(
  world: BenchWorld,
  { turns: count = TURNS }: BenchOptions,
): Promise<PartResult> {
  const play = (turn: number) =>
    playTurn(world, flowingTurn(turn, { seconds: TURN_SECONDS, stepSeconds: STEP_SECONDS }));
  // The first one finds nothing warm.
  await play(count);
  await world.rest(false);
  await world.begin();
  const turns: PlayedTurn[] = [];
  for (let turn = 0; turn < count; turn++) turns.push(await play(turn));
  const { calls, aws, texts, wrongs } = await judge(world, turns);
  const signs = turns.flatMap((turn) => {
    const [first] = callsOfThread(calls, threadOf(turn));
    return first ? [doneAt(first) - turn.postedAt] : [];
  });
  const sign = quantile(signs, 0.5);
  const { p50Ms, meanMs, p95Ms, sent, lost, doubled } = measureLoad(texts);
  return {
    part: 'alone',
    how: `${count} turns one after the other, all functions warm: 60 bytes a second for ${TURN_SECONDS} s with a tool step in the middle. The first sign of life is the app’s first message in the thread.`,
    full: count >= TURNS,
    rows: [
      {
        what: 'first sign of life, p50',
        asked: `< ${seconds(MOST_SIGN_MS)}`,
        measured: seconds(sign),
        ok: sign < MOST_SIGN_MS,
      },
      { what: 'first sign of life, p95', measured: seconds(quantile(signs, 0.95)) },
      {
        what: 'text latency, p50',
        asked: `< ${seconds(MOST_TEXT_MS)}`,
        measured: seconds(p50Ms),
        ok: p50Ms < MOST_TEXT_MS,
      },
      { what: 'text latency, mean and p95', measured: `${seconds(meanMs)} and ${seconds(p95Ms)}` },
      {
        what: 'text lost, and text doubled',
        asked: '0 and 0 bytes',
        measured: `${lost} and ${doubled} of ${sent} bytes`,
        ok: lost + doubled === 0,
      },
      ...usageRows(turns.length, calls, aws),
    ],
    wrongs: [...wrongs.flat(), ...failuresIn(calls)],
  };
}
