import type { AnyMethod } from '../method.ts';
import { blocksValidate } from '../methods/blocks-validate.ts';
import { viewsOpen, viewsPublish, viewsPush, viewsUpdate } from '../methods/views.ts';

/** views.* and blocks.validate */
export const VIEWS: Record<string, AnyMethod> = {
  'blocks.validate': blocksValidate,
  'views.open': viewsOpen,
  'views.publish': viewsPublish,
  'views.push': viewsPush,
  'views.update': viewsUpdate,
};
