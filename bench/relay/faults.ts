import { randomFrom } from '../../test/soak/random.ts';
import { quantile } from '../quantiles.ts';
import type { BenchWorld } from './bench-world.ts';
import { hadStandIn, messagesOf } from './check-turn.ts';
import { Crashes } from './crashes.ts';
import { judge } from './judge.ts';
import type { BenchOptions } from './options.ts';
import { type PlayedTurn, playTurn } from './play-turn.ts';
import { type PartResult, seconds } from './results.ts';
import { flowingTurn } from './turn-script.ts';

const TURNS = 50;
/** Beside each other: as many as there are channels, so that a fault can be for one turn alone. */
const TOGETHER = 5;
const TURN_SECONDS = 24;
const STEP_SECONDS = 4;
const LOST = 0.05;
const BROKEN = 0.05;
const SEED_NUMBER = 6;
const PATIENCE_MS = 420_000;

/** Turns whose answers from Slack get lost, whose calls fail, and whose relay dies. */
export async function runFaults(
  world: BenchWorld,
  { turns: count = TURNS }: BenchOptions,
): Promise<PartResult> {
  const { slack } = world.stand;
  await playTurn(world, flowingTurn(count, { seconds: STEP_SECONDS, stepSeconds: STEP_SECONDS }));
  await world.rest(false);
  await world.begin();
  await slack.fault({ method: '*', effect: 'drop_answer', probability: LOST, seed: SEED_NUMBER });
  // Of half of the calls that Slack answers with an error of its own, it has done what was asked.
  for (const applied of [true, false])
    await slack.fault({
      method: '*',
      effect: 'http_error',
      status: 503,
      applied,
      probability: BROKEN / 2,
      seed: SEED_NUMBER + (applied ? 1 : 2),
    });
  const crashes = new Crashes(world, randomFrom(SEED_NUMBER, 'crashes'));
  const played: PlayedTurn[] = [];
  const left = Array.from({ length: count }, (_, turn) => turn);
  await Promise.all(
    Array.from({ length: TOGETHER }, async (_, row) => {
      for (let turn = row; turn < left.length; turn += TOGETHER)
        played.push(await playFaulty(world, crashes, turn));
    }),
  );
  await slack.clearFaults();
  const { calls, messages, wrongs } = await judge(world, played);
  // Without a stream there are no cards to compare.
  const streamed = played.map((turn) => !hadStandIn(messagesOf(messages, turn)));
  const identical = wrongs.filter((one, at) => one.length === 0 && streamed[at]).length;
  const hit = new Set(crashes.hits.map(({ turnId }) => turnId));
  const crashed = played.filter(({ turn }) => turn && hit.has(turn.turnId)).length;
  const { recoveries } = crashes;
  return {
    part: 'faults',
    how: `${count} turns, ${TOGETHER} beside each other, each 60 bytes a second for ${TURN_SECONDS} s with a tool step every ${STEP_SECONDS} s, of which every third fails. Of all answers of Slack ${100 * LOST} % got lost and ${100 * BROKEN} % were 503, half of them applied. The relay’s processes were killed once for each turn: between a call’s mark and the call, while it waits for the answer of a call that was applied or will be, or at any moment. Compared are letters and digits of the text, each call’s card with its state, arguments and result, and the mention.`,
    full: count >= TURNS,
    rows: [
      {
        what: 'turns whose text and cards are identical to the log',
        asked: `all ${count}`,
        measured: `${identical} of ${count}`,
        ok: identical === count,
      },
      {
        what: 'turns whose relay died at work',
        asked: `all ${count}`,
        measured: `${crashed}, in all ${crashes.hits.length} times`,
        ok: crashed === count,
      },
      {
        what: 'answers lost, and 503',
        measured: `${calls.filter(({ fault }) => fault === 'drop_answer').length} and ${calls.filter(({ fault }) => fault === 'http_error').length} of ${calls.length}`,
      },
      ...(recoveries.length > 0
        ? [
            {
              what: 'from such a death to the next call of the turn, p50 and worst',
              measured: `${seconds(quantile(recoveries, 0.5))} and ${seconds(Math.max(...recoveries))}`,
            },
          ]
        : []),
    ],
    wrongs: wrongs.flat(),
  };
}

async function playFaulty(world: BenchWorld, crashes: Crashes, turn: number): Promise<PlayedTurn> {
  const script = flowingTurn(turn, { seconds: TURN_SECONDS, stepSeconds: STEP_SECONDS, failing: true });
  let planned: Promise<string> | undefined;
  const played = await playTurn(world, script, {
    patienceMs: PATIENCE_MS,
    onPosted: (asked) => {
      planned = crashes.plan(turn, asked);
    },
  });
  if (planned) await crashes.forget(await planned);
  return played;
}
