import { LIMITS } from '../limits.ts';
import { type Check, type ObjectRule, object, oneOf, optional, type Shape, string } from '../rules.ts';
import { blockSurfaces } from '../surfaces.ts';

/** A block of §3.1: its `type`, a `block_id`, its own members, and where it can stand. */
export const block = (type: string, shape: Shape, check?: Check): ObjectRule =>
  object(
    { type: oneOf(type), block_id: optional(string(LIMITS.blockId)), ...shape },
    check,
    blockSurfaces(type),
  );
