import { markdownToBlocks, markdownToRichText } from '../richtext/markdown-blocks.ts';
import { blocksToText } from '../richtext/to-text.ts';
import type { Block, Message } from '../world/types.ts';
import type { Stream, StreamPart, TaskCard } from './types.ts';

/** The title that a plan takes when its stream ends with a step still running (§1.3). */
const FAILED_PLAN = 'Something went wrong';

/**
 * What was converted already. Parts and cards are never changed in place, so only what an append touched is
 * converted anew: without this an append would cost as much as all that came before it.
 */
const partsDone = new WeakMap<StreamPart, Block[]>();
const cardsDone = new WeakMap<TaskCard, Block>();

/** Streamed content as Slack stores it: converted blocks and their fallback text, never our Markdown (§1.5). */
export function renderStream(stream: Stream): Pick<Message, 'text' | 'blocks'> {
  const blocks = stream.parts.flatMap((part, at) => partBlocks(stream, part, at));
  const all = [...blocks, ...stream.finalBlocks];
  return { text: blocksToText(all.filter((block) => block.type !== 'task_card')), blocks: all };
}

function partBlocks(stream: Stream, part: StreamPart, at: number): Block[] {
  if (part.kind === 'blocks') return part.blocks;
  if (part.kind === 'plan') return [{ ...planBlock(stream), block_id: 'plan' }];
  if (part.kind === 'card') {
    const card = stream.cards[part.id];
    return card ? [{ ...taskBlock(card), block_id: `task${at}` }] : [];
  }
  const done = partsDone.get(part) ?? numbered(markdownToBlocks(part.text), `md${at}`);
  partsDone.set(part, done);
  return done;
}

function planBlock(stream: Stream): Block {
  const cards = stream.cardIds.map((id) => stream.cards[id]).filter((card) => card !== undefined);
  const ended = stream.state !== 'in_progress';
  const broken = ended && cards.some((card) => card.status === 'in_progress');
  return { type: 'plan', title: broken ? FAILED_PLAN : stream.planTitle, tasks: cards.map(taskBlock) };
}

function taskBlock(card: TaskCard): Block {
  const done = cardsDone.get(card) ?? newTaskBlock(card);
  cardsDone.set(card, done);
  return done;
}

function newTaskBlock(card: TaskCard): Block {
  return {
    type: 'task_card',
    task_id: card.id,
    title: card.title,
    status: card.status,
    ...(card.details === '' ? {} : { details: markdownToRichText(card.details) }),
    ...(card.output === '' ? {} : { output: markdownToRichText(card.output) }),
    ...(card.sources.length === 0 ? {} : { sources: card.sources }),
    ...(card.hideTitle === undefined ? {} : { hide_title: card.hideTitle }),
    ...(card.icon === undefined ? {} : { icon: card.icon }),
  };
}

/** Converted blocks get ids by their place, so that they keep them while the text grows. */
function numbered(blocks: Block[], prefix: string): Block[] {
  return blocks.map((block, at) => ({ ...block, block_id: `${prefix}.${at}` }));
}
