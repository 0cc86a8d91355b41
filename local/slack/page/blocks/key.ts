import type { JsonObject } from '../../json.ts';

/** Ids are unique in a message; what has none is known by its place. */
export const keyOf = (block: JsonObject, at: number): string =>
  typeof block.block_id === 'string' ? `${block.type} ${block.block_id}` : `${block.type} ${at}`;
