import type { ToolContext } from '../../core/index.ts';
import { foldText } from './fold-text.ts';
import { asThreadMessages, type ThreadMessage } from './thread-message.ts';
import { type Reply, readReplies } from './thread-replies.ts';

export interface SearchLimits {
  /** The newest matches that are given. */
  matches: number;
  /** Messages before and behind each match. */
  neighbours: number;
}

interface FoundMessage extends ThreadMessage {
  /** Present on what was searched for, absent on its neighbours. */
  match?: true;
}

interface ThreadFinding {
  /** Matches in all that was searched. */
  found: number;
  /** Of them, older ones that are not given. */
  olderLeftOut: number;
  /** Messages that were searched. */
  searched: number;
  /** Parts of the thread, oldest first; what stands close together is one passage. */
  passages: FoundMessage[][];
  note?: string;
}

const MATCH_CHARACTERS = 1_200;
const NEIGHBOUR_CHARACTERS = 400;
/** Well under what a tool's result may take, so that an answer is never cut somewhere in its middle. */
const ANSWER_BYTES = 40 * 1024;
/** Name, id, time and punctuation of one message. */
const FRAME_BYTES = 200;

interface Read {
  reply: Reply;
  match: boolean;
}

/**
 * Searches the thread for messages that have all of the terms, in their text or their files' names, without regard
 * to case and diacritics.
 *
 * @param terms as `searchTerms` gives them
 * @throws SlackCallError; the signal's reason
 */
export async function searchReplies(
  context: Pick<ToolContext, 'slack' | 'session' | 'signal'>,
  terms: readonly string[],
  limits: SearchLimits,
): Promise<ThreadFinding> {
  const read: Read[] = [];
  const note = await readReplies(context, (reply) => read.push(readOne(reply, terms)));
  const all = read.flatMap(({ match }, index) => (match ? [index] : []));
  const { given, passages } = newestThatFit(read, all, limits);
  const shown = new Set(given);
  const messages = await asThreadMessages(
    context.slack,
    passages.flatMap(([start, end]) => read.slice(start, end).map(({ reply }) => reply)),
  );
  const next = messages.values();
  return {
    found: all.length,
    olderLeftOut: all.length - given.length,
    searched: read.length,
    passages: passages.map(([start, end]) =>
      Array.from({ length: end - start }, (_, offset) => start + offset).flatMap((index) => {
        const message = next.next().value;
        return message ? [{ ...message, ...(shown.has(index) ? { match: true as const } : {}) }] : [];
      }),
    ),
    ...(note ? { note } : {}),
  };
}

/** Keeps of a message what may be shown of it, so that a long thread takes little memory. */
function readOne(reply: Reply, terms: readonly string[]): Read {
  const text = reply.text ?? '';
  const folded = foldText([text, ...(reply.files ?? []).map(({ name }) => name ?? '')].join('\n'));
  const plain = folded.replace(/\s+/g, ' ');
  const match = terms.every((term) => plain.includes(term));
  const shown = match
    ? excerpt(text, firstPlace(text, terms), MATCH_CHARACTERS)
    : excerpt(text, 0, NEIGHBOUR_CHARACTERS);
  return { match, reply: { ...reply, text: shown } };
}

/** The newest matches with their surroundings, fewer than asked for where they would be too much for one answer. */
function newestThatFit(read: readonly Read[], all: readonly number[], limits: SearchLimits) {
  for (let count = limits.matches; ; count = Math.floor(count * 0.8)) {
    const given = all.slice(-count);
    const passages = spansAround(given, limits.neighbours, read.length);
    const bytes = passages
      .flatMap(([start, end]) => read.slice(start, end))
      .reduce((sum, { reply }) => sum + FRAME_BYTES + Buffer.byteLength(JSON.stringify(reply.text)), 0);
    if (bytes <= ANSWER_BYTES || count <= 1) return { given, passages };
  }
}

/** Ranges of indexes (end exclusive) around the matches, those that touch made one. */
function spansAround(matches: readonly number[], neighbours: number, count: number): [number, number][] {
  const spans: [number, number][] = [];
  for (const index of matches) {
    const start = Math.max(0, index - neighbours);
    const end = Math.min(count, index + neighbours + 1);
    const last = spans.at(-1);
    if (last && start <= last[1]) last[1] = end;
    else spans.push([start, end]);
  }
  return spans;
}

/** Where the first term stands, to the character; folding changes lengths, so the text is folded piece by piece. */
function firstPlace(text: string, terms: readonly string[]): number {
  if (text.length <= MATCH_CHARACTERS) return 0;
  const folded = foldText(text);
  const places = terms.map((term) => folded.indexOf(term)).filter((place) => place >= 0);
  const wanted = Math.min(...places);
  if (!Number.isFinite(wanted)) return 0;
  let place = 0;
  let length = 0;
  for (const character of text) {
    length += foldText(character).length;
    if (length > wanted) return place;
    place += character.length;
  }
  return 0;
}

/** At most so many characters around a place, in whole characters, and how many are missing on each side. */
function excerpt(text: string, place: number, characters: number): string {
  if (text.length <= characters) return text;
  const from = Math.max(0, Math.min(place - Math.floor(characters / 3), text.length - characters));
  const part = text
    .slice(from, from + characters)
    .toWellFormed()
    .replace(/^\ufffd|\ufffd$/g, '');
  const left = (count: number) => (count > 0 ? `[… ${count} characters left out …]` : '');
  return [left(from), part, left(text.length - from - characters)].filter(Boolean).join(' ');
}
