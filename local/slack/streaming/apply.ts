import type { Chunk, TaskUpdate } from './chunks.ts';
import type { Stream, TaskCard } from './types.ts';

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** A stream without content, at its start. */
export function newStream(given: Pick<Stream, 'display' | 'startedAt'> & Partial<Stream>): Stream {
  return {
    state: 'in_progress',
    mode: 'unset',
    lastContentAt: given.startedAt,
    stoppedByUser: false,
    planTitle: '',
    parts: [],
    cards: {},
    finalBlocks: [],
    markdown: '',
    ...given,
  };
}

/** The stream with the chunks applied; the given one stays as it was, so a refused call changes nothing. */
export function withChunks(stream: Stream, chunks: Chunk[]): Stream {
  const next = structuredClone(stream);
  for (const chunk of chunks) applyChunk(next, chunk);
  return next;
}

function applyChunk(stream: Stream, chunk: Chunk): void {
  switch (chunk.type) {
    case 'markdown_text': {
      stream.markdown += chunk.text;
      const last = stream.parts.at(-1);
      // Neighbouring text is one text: it is re-converted as a whole (§1.3).
      if (last?.kind === 'markdown') last.text += chunk.text;
      else if (chunk.text !== '') stream.parts.push({ kind: 'markdown', text: chunk.text });
      return;
    }
    case 'plan_update':
      stream.planTitle = chunk.title;
      if (stream.display === 'plan') placePlan(stream);
      return;
    case 'blocks':
      stream.parts.push({ kind: 'blocks', blocks: chunk.blocks });
      return;
    case 'task_update':
      applyTask(stream, chunk);
  }
}

/** Same id, same card: title and status replace, details append, output comes at the end (§1.3). */
function applyTask(stream: Stream, update: TaskUpdate): void {
  const known = stream.cards[update.id];
  const card: TaskCard = {
    id: update.id,
    title: update.title,
    status: update.status,
    details: (known?.details ?? '') + (update.details ?? ''),
    output: (known?.output ?? '') + (update.output ?? ''),
    sources: update.sources ?? known?.sources ?? [],
    ...(known?.hideTitle === undefined ? {} : { hideTitle: known.hideTitle }),
    ...(known?.icon === undefined ? {} : { icon: known.icon }),
  };
  if (update.hide_title !== undefined) card.hideTitle = update.hide_title;
  if (update.icon !== undefined) card.icon = update.icon;
  stream.cards[update.id] = card;
  if (known) return;
  if (stream.display === 'plan') placePlan(stream);
  else stream.parts.push({ kind: 'card', id: update.id });
}

function placePlan(stream: Stream): void {
  if (!stream.parts.some((part) => part.kind === 'plan')) stream.parts.push({ kind: 'plan' });
}

/**
 * The size that Slack limits (§1.9): UTF-8 bytes of the text, titles once, details and output twice.
 * Cards alone, without body text, are not limited.
 */
export function streamBytes(stream: Stream): number {
  const body = bytes(stream.markdown);
  if (body === 0) return 0;
  const cards = Object.values(stream.cards).reduce(
    (sum, card) => sum + bytes(card.title) + 2 * (bytes(card.details) + bytes(card.output)),
    0,
  );
  return body + bytes(stream.planTitle) + cards;
}
