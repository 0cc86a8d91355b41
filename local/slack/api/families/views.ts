import type { AnyMethod } from '../method.ts';

/** views.* and blocks.validate */
export const VIEWS: Record<string, AnyMethod> = {};
