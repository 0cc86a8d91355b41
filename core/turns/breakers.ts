import { createHash } from 'node:crypto';
import { argsDigestOf } from '../pauses/new-pause.ts';
import type { AnsweredCall } from './calls.ts';
import type { Streak } from './record.ts';

/** So many calls in a row without the arguments they need end the turn (capability 59, case T-56). */
const EMPTY_CALLS = 5;
/** From the so-manieth equal failure in a row on, the model is told to stop it. */
const EQUAL_FAILURES = 3;

/** What the loop does after a step's calls. */
export type Verdict =
  | { kind: 'go_on' }
  /** The model is told to stop something: texts by tool call id. */
  | { kind: 'hard_stop'; texts: ReadonlyMap<string, string> }
  /** The turn ends; `reason` is for people. */
  | { kind: 'abort'; reason: string };

/**
 * Counts a step's calls, in call order, into the streak that the turn has so far. A call that succeeds ends both
 * streaks; one that came without the arguments its tool needs lengthens the first, one that fails as the call before
 * it did (same tool, with the same arguments or the same error) the second. A denial is no failure of the model's:
 * only the very same call, denied again, counts. The outcome of a call that is our own doing counts for nothing.
 */
export function advanceStreak(
  streak: Streak | undefined,
  answered: readonly AnsweredCall[],
): { streak: Streak; verdict: Verdict } {
  let now: Streak = streak ?? { empty: 0 };
  const texts = new Map<string, string>();
  for (const call of answered) {
    if (call.neutral) continue;
    const same = likeness(now.failure, call);
    now = after(now, call, same);
    if (now.empty >= EMPTY_CALLS) return { streak: now, verdict: { kind: 'abort', reason: ABORTED } };
    const count = now.failure?.count ?? 0;
    if (count >= EQUAL_FAILURES) texts.set(call.toolCallId, stopText(count, same === 'arguments'));
  }
  return { streak: now, verdict: texts.size > 0 ? { kind: 'hard_stop', texts } : { kind: 'go_on' } };
}

/** The answered calls as the model is told of them: what it is to stop stands behind what went wrong. */
export function withHardStops(answered: readonly AnsweredCall[], verdict: Verdict): AnsweredCall[] {
  if (verdict.kind !== 'hard_stop') return [...answered];
  return answered.map((call) => {
    const text = verdict.texts.get(call.toolCallId);
    const { outcome } = call;
    if (!text || outcome.kind === 'output') return call;
    if (outcome.kind === 'denied')
      return { ...call, outcome: { ...outcome, reason: `${outcome.reason} ${text}` } };
    return { ...call, outcome: { ...outcome, text: `${outcome.text}\n\n${text}` } };
  });
}

const ABORTED = `The model called tools ${EMPTY_CALLS} times in a row without saying what with, so I stopped. Ask again, perhaps in other words.`;

function stopText(count: number, sameArguments: boolean): string {
  return sameArguments
    ? `This call has now failed ${count} times in a row. Do not call it again with the same arguments: do something else, or tell the person what does not work.`
    : `This tool has now failed ${count} times in a row in the same way, whatever the arguments. Do not go on like this: do something else, or tell the person what does not work.`;
}

function after(streak: Streak, call: AnsweredCall, same: Likeness): Streak {
  const { outcome, input, invalid } = call;
  if (outcome.kind === 'output') return { empty: 0 };
  const empty = outcome.kind === 'error' && invalid && isEmpty(input) ? streak.empty + 1 : 0;
  const count = same ? (streak.failure?.count ?? 0) + 1 : 1;
  return { empty, failure: { digest: digestsOf(call).join(' '), count } };
}

/** Tool, arguments, error; a denial has no error, for its reason says nothing about the call. */
function digestsOf({ toolName, input, outcome }: AnsweredCall): [string, string, string] {
  return [toolName, short(argsDigestOf(input)), outcome.kind === 'error' ? short(outcome.text) : ''];
}

type Likeness = 'arguments' | 'error' | undefined;

/** In what a call is like the last failure of the same tool. */
function likeness(former: Streak['failure'], call: AnsweredCall): Likeness {
  const [formerTool, formerArguments, formerError] = former?.digest.split(' ') ?? [];
  const [tool, callArguments, error] = digestsOf(call);
  if (formerTool !== tool) return undefined;
  if (formerArguments === callArguments) return 'arguments';
  return error && formerError === error ? 'error' : undefined;
}

/** What a model sends that does not know what to send. */
function isEmpty(input: unknown): boolean {
  if (input === undefined || input === null || input === '') return true;
  return typeof input === 'object' && Object.keys(input).length === 0;
}

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
