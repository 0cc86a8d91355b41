import type { Chunk, TaskUpdate } from './chunks.ts';
import type { Stream, StreamPart, TaskCard } from './types.ts';

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
    cardIds: [],
    finalBlocks: [],
    markdown: '',
    ...given,
  };
}

/** The stream with the chunks applied; the given one stays as it was, so a refused call changes nothing. */
export function withChunks(stream: Stream, chunks: Chunk[]): Stream {
  return chunks.reduce(withChunk, stream);
}

function withChunk(stream: Stream, chunk: Chunk): Stream {
  switch (chunk.type) {
    case 'markdown_text':
      return { ...stream, markdown: stream.markdown + chunk.text, parts: withText(stream.parts, chunk.text) };
    case 'plan_update': {
      const titled = { ...stream, planTitle: chunk.title };
      return stream.display === 'plan' ? { ...titled, parts: withPlan(stream.parts) } : titled;
    }
    case 'blocks':
      return { ...stream, parts: [...stream.parts, { kind: 'blocks', blocks: chunk.blocks }] };
    case 'task_update':
      return withTask(stream, chunk);
  }
}

/** Neighbouring text is one text: it is re-converted as a whole (§1.3). */
function withText(parts: readonly StreamPart[], text: string): readonly StreamPart[] {
  if (text === '') return parts;
  const last = parts.at(-1);
  if (last?.kind !== 'markdown') return [...parts, { kind: 'markdown', text }];
  return [...parts.slice(0, -1), { kind: 'markdown', text: last.text + text }];
}

function withPlan(parts: readonly StreamPart[]): readonly StreamPart[] {
  return parts.some((part) => part.kind === 'plan') ? parts : [...parts, { kind: 'plan' }];
}

/** Same id, same card: title and status replace, details append, output comes at the end (§1.3). */
function withTask(stream: Stream, update: TaskUpdate): Stream {
  const known = Object.hasOwn(stream.cards, update.id) ? stream.cards[update.id] : undefined;
  const hideTitle = update.hide_title ?? known?.hideTitle;
  const icon = update.icon ?? known?.icon;
  const card: TaskCard = {
    id: update.id,
    title: update.title,
    status: update.status,
    details: (known?.details ?? '') + (update.details ?? ''),
    output: (known?.output ?? '') + (update.output ?? ''),
    sources: update.sources ?? known?.sources ?? [],
    ...(hideTitle === undefined ? {} : { hideTitle }),
    ...(icon === undefined ? {} : { icon }),
  };
  const cards = { ...stream.cards, [update.id]: card };
  if (known) return { ...stream, cards };
  const parts: readonly StreamPart[] =
    stream.display === 'plan' ? withPlan(stream.parts) : [...stream.parts, { kind: 'card', id: update.id }];
  return { ...stream, cards, cardIds: [...stream.cardIds, update.id], parts };
}

/** How many blocks came by `blocks` chunks; those of stop are counted apart (§1.2 `blocks`). */
export function chunkBlocks(stream: Stream): number {
  return stream.parts.reduce((sum, part) => sum + (part.kind === 'blocks' ? part.blocks.length : 0), 0);
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
