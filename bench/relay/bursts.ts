import type { CallRecord } from '../../test/support/slack-client.ts';
import { bringsSteps, callsOfThread, doneAt, isOfStream } from './arrivals.ts';
import type { BenchWorld } from './bench-world.ts';
import { failuresIn, judge, threadOf } from './judge.ts';
import { playTurn } from './play-turn.ts';
import type { PartResult, Row } from './results.ts';
import { callWord, EVERY_MS, type ScriptedStep, type TurnScript } from './turn-script.ts';

const BURSTS = 10;
const PER_BURST = 5;
const QUIET_MS = 6_000;
const MAY_DIFFER = 1;
const ANSWER_PIECES = 8;

/** A turn of 50 tool steps in ten bursts: five calls of one model step, or five steps one right after the other. */
export async function runBursts(world: BenchWorld): Promise<PartResult> {
  await playTurn(world, burstTurn(2, 'together'));
  await world.rest(false);
  await world.begin();
  const together = await playTurn(world, burstTurn(0, 'together'));
  const inRow = await playTurn(world, burstTurn(1, 'in a row'));
  const turns = [together, inRow];
  const { calls, wrongs } = await judge(world, turns);
  const rows = turns.map((turn, at) => burstRow(callsOfThread(calls, threadOf(turn)), at === 0));
  return {
    part: 'bursts',
    how: `${BURSTS * PER_BURST} tool steps in ${BURSTS} bursts, ${QUIET_MS / 1_000} s between them, an answer of two lines at the end. Counted are the calls of the turn’s stream that bring or change a step (a \`task_update\` chunk of a tool call), and beside them all calls of the stream: with the first sign of life, the answer and the end.`,
    full: true,
    rows,
    wrongs: [
      ...wrongs.flat(),
      ...failuresIn(calls),
      ...(rows.some(({ ok }) => ok === false) ? [callsTold(callsOfThread(calls, threadOf(together)))] : []),
    ],
  };
}

function burstRow(calls: readonly CallRecord[], together: boolean): Row {
  const stream = calls.filter(isOfStream);
  const bringing = stream.filter(bringsSteps).length;
  const each = together ? `${PER_BURST} calls of one model step` : `${PER_BURST} model steps in a row`;
  const row = {
    what: `Slack calls for ${BURSTS} bursts, each of ${each}`,
    measured: `${bringing} that bring steps, ${stream.length} in all`,
  };
  // How fast steps follow one another is a matter of the machine: only what is one burst for sure is judged.
  if (!together) return row;
  const ok = Math.abs(bringing - BURSTS) <= MAY_DIFFER;
  return { ...row, asked: `${BURSTS} ± ${MAY_DIFFER} that bring steps`, ok };
}

/** The stream's calls with their times, to see which were too many. */
function callsTold(calls: readonly CallRecord[]): string {
  const stream = calls.filter(isOfStream);
  const told = stream.map(
    (call) =>
      `${((doneAt(call) - (stream[0]?.at ?? 0)) / 1_000).toFixed(1)} s ${call.method.slice('chat.'.length)}${bringsSteps(call) ? ' with steps' : ''}`,
  );
  return `the calls were ${told.join(', ')}`;
}

function burstTurn(turn: number, form: 'together' | 'in a row'): TurnScript {
  const call = (n: number) => ({ name: 'look_up' as const, input: { what: callWord(turn, n) } });
  const steps = Array.from({ length: BURSTS }, (_, burst): ScriptedStep[] => {
    const calls = Array.from({ length: PER_BURST }, (_, n) => call(burst * PER_BURST + n));
    const silent = { pieces: 0, everyMs: EVERY_MS };
    if (form === 'together') return [{ ...silent, quietMs: QUIET_MS, calls }];
    return calls.map((one, n) => ({ ...silent, quietMs: n === 0 ? QUIET_MS : 0, calls: [one] }));
  });
  return {
    turn,
    steps: [...steps.flat(), { quietMs: QUIET_MS, pieces: ANSWER_PIECES, everyMs: EVERY_MS, calls: [] }],
  };
}
