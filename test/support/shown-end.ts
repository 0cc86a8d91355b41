import type { AdminMessage } from '../../local/slack/admin/types.ts';

/** What people see of a turn in its thread: answer, cards and what stands at the bottom. */
export interface ShownEnd {
  /** Markdown of what was streamed and posted, in order, without what stood in for a stream. */
  text: string;
  /** State and output of the steps' cards as they ended; of one that was carried over the last. */
  cards: string[];
  planTitle: string;
  /** The line under the last message; empty for none. */
  footer: string;
  thumbs: boolean;
  /** Footers and thumbs above the last message: there should be none. */
  strays: number;
  streaming: number;
}

/** Reads a thread's messages of the app, oldest first. */
export function shownEnd(messages: readonly AdminMessage[]): ShownEnd {
  const last = messages.at(-1);
  const cards = messages.flatMap(({ stream }) => Object.values(stream?.cards ?? {}));
  const ends = (message: AdminMessage) =>
    message.blocks.filter(({ type }) => type === 'context' || type === 'context_actions');
  return {
    text: messages
      .filter(({ blocks }) => !isStandIn(blocks))
      .map(textOf)
      .join('\n\n'),
    cards: [...new Map(cards.map((card) => [card.id, card])).values()]
      .filter(({ title }) => title !== 'Thinking')
      .map(({ status, output }) => `${status} ${output}`.trim()),
    planTitle: last?.stream?.planTitle ?? '',
    footer: (last ? ends(last) : []).map(contextText).join(''),
    thumbs: last?.actionIds.includes('sluice_feedback') ?? false,
    strays: messages.slice(0, -1).flatMap(ends).length,
    streaming: messages.filter(({ streamingState }) => streamingState === 'in_progress').length,
  };
}

/** Posts have blocks in place of Markdown. */
function textOf({ stream, blocks }: AdminMessage): string {
  if (stream) return stream.markdown;
  return JSON.stringify(blocks.filter(({ type }) => type !== 'context' && type !== 'context_actions'));
}

function contextText(block: AdminMessage['blocks'][number]): string {
  const [element] = Array.isArray(block.elements) ? block.elements : [];
  return typeof element === 'object' && element !== null && 'text' in element ? String(element.text) : '';
}

/** Times that a text is to be read in another. */
export const timesIn = (text: string, part: string): number => text.split(part).length - 1;

/** Letters and digits alone: posts have blocks, streams Markdown. */
export const lettersIn = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** Whether blocks are those of a message that stands in for a stream. */
export const isStandIn = (blocks: readonly object[]): boolean =>
  blocks.some((block) => 'block_id' in block && String(block.block_id).startsWith('sluice-progress-'));
