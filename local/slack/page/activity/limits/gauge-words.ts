import type { RateCounter } from '../../../limits/windows.ts';
import { counted } from '../log/format.ts';

export type Fill = 'calm' | 'near' | 'full';

/** From this part of the limit on a gauge warns. */
const NEAR = 0.8;

export const limitOf = (counter: Pick<RateCounter, 'rule'>): number =>
  counter.rule.perMinute + counter.rule.burst;

/** How full a window is: `full` means that the next call is answered 429. */
export function fillOf(inWindow: number, limit: number): Fill {
  if (inWindow >= limit) return 'full';
  return inWindow >= limit * NEAR ? 'near' : 'calm';
}

/** What a gauge says in words, its number included. */
export const gaugeWords = (counter: RateCounter): string =>
  `${counter.inWindow} of ${counted(limitOf(counter), 'call')} in the last minute`;

/** What is worth knowing beside the bar: the most there ever were, refusals, when the next call fits. */
export function gaugeNotes(counter: RateCounter): string {
  return [
    `peak ${counter.peak}`,
    counter.refused === 0 ? 'none refused' : `${counter.refused} refused`,
    counter.freeInMs > 0 ? `next free in ${Math.ceil(counter.freeInMs / 1000)} s` : '',
    counter.rule.perChannelSecond === undefined
      ? ''
      : `${counter.rule.perChannelSecond} a second per channel`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

export const tierWords = (tier: RateCounter['tier']): string =>
  tier === 'special' ? 'special rule' : `tier ${tier}`;
