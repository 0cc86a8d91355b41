import { defaultLimits } from '../../core/settings.ts';
import type { BenchWorld } from './bench-world.ts';
import { messagesOf } from './check-turn.ts';
import { failuresIn, judge } from './judge.ts';
import type { BenchOptions } from './options.ts';
import { playTurn } from './play-turn.ts';
import type { PartResult, Row } from './results.ts';
import { callWord, EVERY_MS, type TurnScript } from './turn-script.ts';

const MINUTES = 12;
const TEXT_EVERY_MS = 10_000;
const SILENT_SHARE = 0.5;
const LINE_PIECES = 4;

/** A long turn that writes now and then, and beside it one whose tool says nothing for long. */
export async function runLong(world: BenchWorld, { minutes = MINUTES }: BenchOptions): Promise<PartResult> {
  if (minutes < MINUTES) await hurry(world, minutes / MINUTES);
  await world.rest(false);
  await world.begin();
  const silentSeconds = minutes * 60 * SILENT_SHARE;
  const turns = await Promise.all([
    playTurn(world, writingTurn(0, minutes * 60_000)),
    playTurn(world, silentTurn(1, silentSeconds), { patienceMs: silentSeconds * 1_000 + 240_000 }),
  ]);
  const { calls, messages, wrongs } = await judge(world, turns);
  const rows = turns.map((turn, at): Row => {
    const shown = messagesOf(messages, turn);
    // Each turn has a channel to itself.
    const refused = calls.filter(({ ok, args }) => !ok && args.channel === turn.asked.channel);
    const bad = refused.length + (wrongs[at]?.length ?? 0);
    return {
      what:
        at === 0
          ? `a turn of ${minutes} min with text every ${TEXT_EVERY_MS / 1_000} s`
          : `a turn with a tool that is silent for ${silentSeconds / 60} min`,
      asked: 'every roll-over clean, one mention, at the end',
      measured: `${shown.length} messages, ${shown.length - 1} roll-over${shown.length === 2 ? '' : 's'}, ${bad === 0 ? 'all clean; one mention, at the end' : `${bad} faults`}`,
      ok: bad === 0 && shown.length > 1,
    };
  });
  return {
    part: 'long',
    how: 'Both turns at the same time. The simulator ends a stream 300 s after its start, and refuses what comes then; a message that it ended counts as a fault, and so does any call that it refused.',
    full: minutes >= MINUTES,
    rows,
    wrongs: [...wrongs.flat(), ...failuresIn(calls)],
  };
}

/** For trying: Slack's and the relay's ages are as much shorter as the turn. */
async function hurry(world: BenchWorld, share: number): Promise<void> {
  await world.stand.slack.setOptions({ streamLifetimeMs: Math.round(300_000 * share) });
  await world.change({
    'limits.rollAgeMinMs': Math.round(defaultLimits.rollAgeMinMs * share),
    'limits.rollAgeMaxMs': Math.round(defaultLimits.rollAgeMaxMs * share),
  });
}

/** A piece every ten seconds, from the first moment to the last. */
const writingTurn = (turn: number, ms: number): TurnScript => ({
  turn,
  steps: [{ pieces: Math.floor(ms / TEXT_EVERY_MS), everyMs: TEXT_EVERY_MS, calls: [] }],
});

function silentTurn(turn: number, seconds: number): TurnScript {
  const line = { pieces: LINE_PIECES, everyMs: EVERY_MS };
  return {
    turn,
    steps: [
      { ...line, calls: [{ name: 'look_up', input: { what: callWord(turn, 0) } }] },
      { ...line, calls: [{ name: 'wait', input: { seconds } }] },
      { ...line, calls: [] },
    ],
  };
}
