import { setTimeout as sleep } from 'node:timers/promises';
import { pieceLetters, pieceText } from './pieces.ts';
import type { ScriptedStep, TurnScript } from './turn-script.ts';

/** What was sent of one turn's text: when each piece went out, epoch milliseconds, by its number. */
export interface SentText {
  turn: number;
  at: number[];
}

/** All of it as letters and digits. */
export const sentLetters = ({ turn, at }: SentText): string =>
  at.map((_, piece) => pieceLetters(turn, piece)).join('');

/**
 * The text of one step at its pace, by the clock and not from piece to piece, so that it does not fall behind; each
 * piece is noted as sent in the moment it is given.
 *
 * @param from the number of its first piece
 */
export async function* flowOf(
  { quietMs = 0, pieces, everyMs }: ScriptedStep,
  sent: SentText,
  from: number,
): AsyncGenerator<string> {
  const begin = performance.now() + quietMs;
  for (let n = 0; n < pieces; n++) {
    await sleepUntil(begin + n * everyMs);
    sent.at[from + n] = Date.now();
    yield pieceText(sent.turn, from + n);
  }
  await sleepUntil(begin + pieces * everyMs);
}

/** How many pieces stand before a step. */
export const piecesBefore = ({ steps }: TurnScript, step: number): number =>
  steps.slice(0, step).reduce((sum, { pieces }) => sum + pieces, 0);

async function sleepUntil(at: number): Promise<void> {
  const left = at - performance.now();
  if (left > 0) await sleep(left);
}
