import type { TurnRecord } from '../turns/record.ts';

/** What is assumed of a model whose context size nobody has told. */
export const ASSUMED_CONTEXT_TOKENS = 128_000;

/** What people read when a summary did not help (case S-29). */
export const STILL_TOO_LONG =
  'This conversation is too long for the model even after it was summarised. Start a new thread with what matters, or ask for less at once.';

/** What a turn's record tells about its compactions so far. */
export interface CompactionState {
  /** How often this turn was compacted. */
  compactions: number;
  /** `limits.compactionsPerTurn`. */
  most: number;
  /** Where the answer that is judged stands: before this turn's last summary, first behind it, or further on. */
  answer: 'before' | 'first' | 'later';
}

/**
 * `no`: go on. `due`: compact before the model is called again. `over`: the first answer behind a summary is over the
 * limit still, so another summary would not help: end the turn with `STILL_TOO_LONG`. `spent`: compacted as often as a
 * turn may be; it goes on with what room is left.
 */
export type CompactionVerdict = 'no' | 'due' | 'over' | 'spent';

/**
 * Whether a conversation is to be summarised before the model is called again. Only an answer behind the last summary
 * counts, never an older one (case S-29).
 *
 * @param usedTokens what the last model call read (cached tokens included) and wrote, which the next one reads too;
 *   absent when nothing is known
 * @param facts `contextTokens` by the model table; `ASSUMED_CONTEXT_TOKENS` where it does not know
 * @param percent share of the context from which on it is due (`limits.compactAtPercent`); 100 is never
 */
export function compactionDue(
  usedTokens: number | undefined,
  facts: { contextTokens?: number },
  percent: number,
  state: CompactionState,
): CompactionVerdict {
  if (!usedTokens || percent >= 100 || state.answer === 'before') return 'no';
  if (usedTokens < ((facts.contextTokens ?? ASSUMED_CONTEXT_TOKENS) * percent) / 100) return 'no';
  return compactionAfterOverflow(state);
}

/**
 * What follows when the provider itself refused the conversation as too long. The setting that turns compaction off
 * does not count here, for otherwise the turn is lost.
 *
 * @param state of the answer that was asked for and did not come
 */
export function compactionAfterOverflow({
  answer,
  compactions,
  most,
}: CompactionState): Exclude<CompactionVerdict, 'no'> {
  if (answer === 'first') return 'over';
  return compactions < most ? 'due' : 'spent';
}

/**
 * Reads the state out of the turn's record, so that it holds across runs.
 *
 * @param answerSeq where the answer stands that is judged: the last step's `answerSeq`, or `turn.nextSeq` when the
 *   call failed that would have given it
 */
export function compactionState(
  { compactions = 0, checkpoint }: Pick<TurnRecord, 'compactions' | 'checkpoint'>,
  answerSeq: number,
  most: number,
): CompactionState {
  if (compactions === 0 || checkpoint?.kind !== 'summary') return { compactions, most, answer: 'later' };
  const behind = answerSeq - checkpoint.seq;
  return { compactions, most, answer: behind < 1 ? 'before' : behind === 1 ? 'first' : 'later' };
}
