import { cutToTokens, lastPart, tokensOf } from './shorten.ts';
import type { TranscriptEntry } from './transcript.ts';

/** How much of a conversation is given to be summarised: all, all with long results cut, or its last part. */
export type Rung = 'whole' | 'cut' | 'last_part';

/** Targets of the lower rungs in tokens, as one of the systems whose experience this follows has them (capability 50). */
const CUT_TOKENS = 50_000;
const LAST_PART_TOKENS = 5_000;

/**
 * The rungs of the ladder, the whole first. In a small context the lower ones are a half and an eighth of it; one that
 * gives no less than the one before it is left out.
 */
export function* rungsOf(
  entries: readonly TranscriptEntry[],
  { contextTokens = Number.POSITIVE_INFINITY }: { contextTokens?: number },
): Generator<{ name: Rung; entries: readonly TranscriptEntry[] }> {
  yield { name: 'whole', entries };
  const total = tokensOf(entries);
  const cut = Math.min(CUT_TOKENS, Math.floor(contextTokens / 2));
  if (cut < total) yield { name: 'cut', entries: cutToTokens(entries, cut) };
  const part = Math.min(LAST_PART_TOKENS, Math.floor(contextTokens / 8));
  if (part < total) yield { name: 'last_part', entries: lastPart(entries, part) };
}
