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
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Block } from '../world/types.ts';
import type { TaskCard, TaskStatus } from './types.ts';

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

const STATUSES: TaskStatus[] = ['pending', 'in_progress', 'complete', 'error'];

/** The chunk limits that the documentation names and measurements did not find (§1.3). */
const STRICT_MAX = 256;

function rules(max: number | undefined): Record<string, ObjectRule> {
  return {
    markdown_text: object({ type: oneOf('markdown_text'), text: string(undefined, 0) }),
    plan_update: object({ type: oneOf('plan_update'), title: string(max) }),
    blocks: object({ type: oneOf('blocks'), blocks: array(anything, undefined, 0) }),
    task_update: object({
      type: oneOf('task_update'),
      id: string(),
      title: string(max),
      status: oneOf(...STATUSES),
      details: optional(string(max, 0)),
      output: optional(string(max, 0)),
      sources: optional(urlSources),
      hide_title: optional(boolean),
      icon: optional(slackIcon),
    }),
  };
}

/**
 * Checks the `chunks` argument, all or nothing. Blocks beyond `blocksLeft` are dropped with a warning (§1.3).
 *
 * @throws ApiError invalid_chunks for the chunks, invalid_blocks for blocks inside, internal_error for a file block (§1.3)
 */
export function readChunks(
  given: Json[],
  options: { strict: boolean; blocksLeft: number },
  warnings: string[],
): Chunk[] {
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
  let left = options.blocksLeft;
  const chunks = given.filter(isObject).map((chunk, at): Chunk => {
    if (chunk.type !== 'blocks') return plainChunk(chunk);
    const all = Array.isArray(chunk.blocks) ? chunk.blocks : [];
    if (all.some((block) => isObject(block) && block.type === 'file')) throw new ApiError('internal_error');
    const blocks = all.slice(0, Math.max(0, left));
    left -= blocks.length;
    const dropped = blocks.length < all.length;
    if (dropped && !warnings.includes('blocks_truncated')) warnings.push('blocks_truncated');
    blockFaults.push(...validateBlocks(blocks, `/chunks/${at}/blocks`));
    return { type: 'blocks', blocks: blockFaults.length > 0 ? [] : storedBlocks(blocks) };
  });
  if (blockFaults.length > 0) throw ApiError.forFaults('invalid_blocks', blockFaults);
  return chunks;
}

/** A chunk that has been checked, member by member. */
function plainChunk(chunk: JsonObject): Chunk {
  if (chunk.type === 'markdown_text') return { type: 'markdown_text', text: String(chunk.text) };
  if (chunk.type === 'plan_update') return { type: 'plan_update', title: String(chunk.title) };
  return {
    type: 'task_update',
    id: String(chunk.id),
    title: String(chunk.title),
    status: STATUSES.find((status) => status === chunk.status) ?? 'pending',
    ...(typeof chunk.details === 'string' ? { details: chunk.details } : {}),
    ...(typeof chunk.output === 'string' ? { output: chunk.output } : {}),
    ...(Array.isArray(chunk.sources) ? { sources: chunk.sources } : {}),
    ...(typeof chunk.hide_title === 'boolean' ? { hide_title: chunk.hide_title } : {}),
    ...(chunk.icon === undefined ? {} : { icon: chunk.icon }),
  };
}
