import { byteLength } from '../../slack/text.ts';
import { headOf } from '../../text.ts';

/** A chunk as chat.*Stream takes it. */
export type SlackChunk =
  | { type: 'markdown_text'; text: string }
  | { type: 'plan_update'; title: string }
  | { type: 'blocks'; blocks: readonly Record<string, unknown>[] }
  | TaskChunk;

export interface TaskChunk {
  type: 'task_update';
  id: string;
  title: string;
  status: 'pending' | 'in_progress' | 'complete' | 'error';
  details?: string;
  output?: string;
}

/** Slack takes 12,000 characters of Markdown in one chunk. */
const TEXT_CHUNK_LIMIT = 12_000;

/** Text goes on in the last chunk if that is text and has room. */
export function addTextChunk(chunks: SlackChunk[], text: string): void {
  const last = chunks.at(-1);
  if (last?.type === 'markdown_text' && last.text.length + text.length <= TEXT_CHUNK_LIMIT) last.text += text;
  else chunks.push(...piecesOf(text).map((piece) => ({ type: 'markdown_text' as const, text: piece })));
}

/**
 * All updates of one card become one chunk; details are sent as the last of them has them.
 *
 * @returns the bytes that it adds
 */
export function addTaskChunk(chunks: SlackChunk[], card: TaskChunk, isNew: boolean): number {
  const at = chunks.findIndex((chunk) => chunk.type === 'task_update' && chunk.id === card.id);
  const former = chunks[at];
  if (former?.type !== 'task_update') {
    chunks.push(card);
    return cardBytes(card, isNew);
  }
  const merged = { ...former, ...card };
  chunks[at] = merged;
  return cardBytes(merged, isNew) - cardBytes(former, false);
}

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > TEXT_CHUNK_LIMIT) {
    const piece = headOf(rest, TEXT_CHUNK_LIMIT);
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
}

/** Titles count once, details and output twice; a title that is sent again replaces itself. */
export function cardBytes(
  { title, details = '', output = '' }: Pick<TaskChunk, 'title' | 'details' | 'output'>,
  isNew: boolean,
): number {
  return (isNew ? byteLength(title) : 0) + 2 * (byteLength(details) + byteLength(output));
}
