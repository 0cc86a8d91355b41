import type { OpenCard } from '../record.ts';

/** Begins the ids of cards that stand for what is still to come; steps have others. */
export const PLACEHOLDER = 'sluice-';

/** Whether a card is no step of its own: Thinking, the countdown to a retry. A step may have taken its place. */
export const isPlaceholder = ({ id, burst }: Pick<OpenCard, 'id' | 'burst'>): boolean =>
  id.startsWith(PLACEHOLDER) && burst === undefined;
