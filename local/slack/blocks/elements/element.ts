import { LIMITS } from '../limits.ts';
import { type Check, type ObjectRule, object, oneOf, optional, type Shape, string } from '../rules.ts';
import { elementSurfaces } from '../surfaces.ts';

/** An interactive element of §3.2: its `type`, an `action_id`, its own members, and where it can stand. */
export const element = (type: string, shape: Shape, check?: Check): ObjectRule =>
  object(
    { type: oneOf(type), action_id: optional(string(LIMITS.actionId)), ...shape },
    check,
    elementSurfaces(type),
  );
