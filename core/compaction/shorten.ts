import { headOf, tailOf } from '../text.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { LEFT_OUT, type TranscriptEntry } from './transcript.ts';

/** Joining entries takes a little. */
const PER_ENTRY = 4;

/** What these entries take, guessed on the high side. */
export function tokensOf(entries: readonly TranscriptEntry[]): number {
  return entries.reduce((sum, entry) => sum + tokensOfEntry(entry), 0);
}

const tokensOfEntry = ({ text }: TranscriptEntry): number => estimateTokens(text) + PER_ENTRY;

/** Ever harder, the oldest first each time: results are cut before words, and words before anything is left out. */
const cuts: readonly { kinds: readonly TranscriptEntry['kind'][]; chars: number }[] = [
  { kinds: ['result'], chars: 4_000 },
  { kinds: ['result', 'called'], chars: 400 },
  { kinds: ['result', 'called', 'said'], chars: 1_200 },
];

/** Shortens a transcript to at most so many tokens by the estimate, keeping as much of it as goes in. */
export function cutToTokens(entries: readonly TranscriptEntry[], tokens: number): TranscriptEntry[] {
  const cut = [...entries];
  let total = tokensOf(cut);
  for (const { kinds, chars } of cuts)
    for (const [at, entry] of cut.entries()) {
      if (total <= tokens) return cut;
      if (entry.essential || !kinds.includes(entry.kind) || entry.text.length <= chars) continue;
      const shorter = { ...entry, text: headAndTail(entry.text, chars) };
      total += tokensOfEntry(shorter) - tokensOfEntry(entry);
      cut[at] = shorter;
    }
  return lastPart(cut, tokens);
}

/**
 * The end of a transcript, in at most so many tokens. What is essential and lies further back gets up to half of
 * them, each an equal share.
 */
export function lastPart(entries: readonly TranscriptEntry[], tokens: number): TranscriptEntry[] {
  if (tokensOf(entries) <= tokens) return [...entries];
  const brief = entries.map((entry) =>
    entry.kind === 'said' ? entry : { ...entry, text: headAndTail(entry.text, 400) },
  );
  const essential = brief.filter((entry) => entry.essential);
  const share = Math.floor(tokens / 2 / Math.max(1, essential.length));
  const kept = new Map<TranscriptEntry, TranscriptEntry>();
  let left = tokens - estimateTokens(LEFT_OUT) - PER_ENTRY;
  const take = (entry: TranscriptEntry, room: number) => {
    const fitting = fitInto(entry, Math.min(room, left));
    if (!fitting) return false;
    kept.set(entry, fitting);
    left -= tokensOfEntry(fitting);
    return true;
  };
  for (const entry of essential) take(entry, share);
  for (const entry of brief.toReversed()) if (!entry.essential && !take(entry, left)) break;
  return [{ role: 'user', kind: 'said', text: LEFT_OUT }, ...brief.flatMap((entry) => kept.get(entry) ?? [])];
}

/** The entry, cut until it fits; undefined when nothing of use would be left. */
function fitInto(entry: TranscriptEntry, tokens: number): TranscriptEntry | undefined {
  let fitting = entry;
  let chars = entry.text.length;
  while (tokensOfEntry(fitting) > tokens) {
    chars = Math.floor(chars * Math.min(0.8, tokens / tokensOfEntry(fitting)));
    if (chars < LEAST_CHARS) return undefined;
    fitting = { ...entry, text: headAndTail(entry.text, chars) };
  }
  return fitting;
}

const LEAST_CHARS = 80;

/** Two thirds of the room for the beginning and one for the end, and a mark between them. */
function headAndTail(text: string, chars: number): string {
  if (text.length <= chars) return text;
  const mark = `\n… ${text.length - chars} characters left out …\n`;
  const room = Math.max(0, chars - mark.length);
  const head = headOf(text, Math.ceil((room * 2) / 3));
  return `${head}${mark}${tailOf(text, Math.floor(room / 3) || 1)}`;
}
