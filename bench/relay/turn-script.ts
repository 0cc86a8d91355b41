/** One call of a tool that the model asks for; a look-up that is `wrong` fails. */
export type ScriptedCall =
  | { name: 'look_up'; input: { what: string; wrong?: true } }
  | { name: 'wait'; input: { seconds: number } };

/** What one model call of a bench turn does: it is silent, writes at its pace, then calls tools, if any. */
export interface ScriptedStep {
  quietMs?: number;
  pieces: number;
  everyMs: number;
  calls: readonly ScriptedCall[];
}

/** A bench turn from the mention to its end; the last step calls no tools. */
export interface TurnScript {
  turn: number;
  steps: readonly ScriptedStep[];
}

/** 60 bytes a second, as four pieces. */
export const EVERY_MS = 250;

/** How long the model itself works on a turn, milliseconds. */
export const scriptMs = ({ steps }: TurnScript): number =>
  steps.reduce((sum, { quietMs = 0, pieces, everyMs }) => sum + quietMs + pieces * everyMs, 0);

/** Text of 60 bytes a second for so long, with a tool step every so often; the text has the last word. */
export function flowingTurn(
  turn: number,
  { seconds, stepSeconds, failing = false }: { seconds: number; stepSeconds: number; failing?: boolean },
): TurnScript {
  const parts = Math.max(1, Math.round(seconds / stepSeconds));
  return {
    turn,
    steps: Array.from({ length: parts }, (_, at) => ({
      pieces: Math.round((seconds * 1_000) / parts / EVERY_MS),
      everyMs: EVERY_MS,
      calls:
        at === parts - 1
          ? []
          : [
              {
                name: 'look_up',
                input: { what: callWord(turn, at), ...(failing && at % 3 === 2 ? { wrong: true } : {}) },
              },
            ],
    })),
  };
}

/** What a call of a turn is about: the same in no two calls, and made of letters alone. */
export function callWord(turn: number, call: number): string {
  const letters = 'abcdefghijklmnop';
  return [turn, call].map((n) => `${letters[(n >> 4) & 15]}${letters[n & 15]}`).join('z');
}
