import type { Method } from '../method.ts';
import { addReaction, removeReaction } from '../methods/reactions.ts';

/** reactions.*, files.* */
export const CONTENT: Record<string, Method> = {
  'reactions.add': addReaction,
  'reactions.remove': removeReaction,
};
