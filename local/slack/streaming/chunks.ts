import { ApiError } from '../api/errors.ts';
import { check, type Fault } from '../blocks/check.ts';
import { slackIcon, urlSources } from '../blocks/objects.ts';
import {
  anything,
  array,
  boolean,
  type ObjectRule,
  object,
  oneOf,
  optional,
  string,
  typed,
} from '../blocks/rules.ts';
import { storedBlocks } from '../blocks/store.ts';
import { validateBlocks } from '../blocks/validate.ts';
import { isObject, type Json } from '../json.ts';
import type { Block } from '../world/types.ts';
import type { TaskCard } from './types.ts';

export type TaskUpdate = Pick<TaskCard, 'id' | 'title' | 'status'> &
  Partial<Pick<TaskCard, 'details' | 'output' | 'sources' | 'icon'>> & {
    type: 'task_update';
    hide_title?: boolean;
  };

/** A checked chunk (§1.3). */
export type Chunk =
  | { type: 'markdown_text'; text: string }
  | { type: 'plan_update'; title: string }
  | { type: 'blocks'; blocks: Block[] }
  | TaskUpdate;

/** The chunk limits that the documentation names and measurements did not find (§1.3). */
const STRICT_MAX = 256;
/** Blocks per `blocks` chunk; what is more is dropped with a warning (§1.3). */
const MAX_BLOCKS = 50;

function rules(max: number | undefined): Record<string, ObjectRule> {
  return {
    markdown_text: object({ type: oneOf('markdown_text'), text: string(undefined, 0) }),
    plan_update: object({ type: oneOf('plan_update'), title: string(max) }),
    blocks: object({ type: oneOf('blocks'), blocks: array(anything, undefined, 0) }),
    task_update: object({
      type: oneOf('task_update'),
      id: string(),
      title: string(max),
      status: oneOf('pending', 'in_progress', 'complete', 'error'),
      details: optional(string(max, 0)),
      output: optional(string(max, 0)),
      sources: optional(urlSources),
      hide_title: optional(boolean),
      icon: optional(slackIcon),
    }),
  };
}

/**
 * Checks the `chunks` argument, all or nothing.
 *
 * @throws ApiError invalid_chunks for the chunks, invalid_blocks for blocks inside, internal_error for a file block (§1.3)
 */
export function readChunks(given: Json[], options: { strict: boolean }, warnings: string[]): Chunk[] {
  const table = rules(options.strict ? STRICT_MAX : undefined);
  const faults = check(
    given,
    array(
      typed('type', () => table),
      undefined,
      0,
    ),
    '/chunks',
  );
  if (faults.length > 0) throw ApiError.forFaults('invalid_chunks', faults);
  const blockFaults: Fault[] = [];
  const chunks = given.filter(isObject).map((chunk, at): Chunk => {
    if (chunk.type !== 'blocks') return chunk as unknown as Chunk;
    const all = Array.isArray(chunk.blocks) ? chunk.blocks : [];
    if (all.some((block) => isObject(block) && block.type === 'file')) throw new ApiError('internal_error');
    const blocks = all.slice(0, MAX_BLOCKS);
    if (blocks.length < all.length) warnings.push('blocks_truncated');
    blockFaults.push(...validateBlocks(blocks, `/chunks/${at}/blocks`));
    return { type: 'blocks', blocks: blockFaults.length > 0 ? [] : storedBlocks(blocks) };
  });
  if (blockFaults.length > 0) throw ApiError.forFaults('invalid_blocks', blockFaults);
  return chunks;
}
