import type { BudgetedMethod } from '../../settings.ts';
import { type BucketShape, bucketShape, earliestSlot } from './budget-math.ts';
import type { Priority } from './priority.ts';

/** A call that was let out or has a slot: when, what for and, of posts, in which channel. */
export interface GivenSlot {
  /** Epoch milliseconds. */
  at: number;
  for: Priority;
  channel?: string;
}

/** From what may be skipped to what somebody waits for. */
const rising: readonly Priority[] = ['extra', 'text', 'begin', 'end'];

export const goesBefore = (one: Priority, other: Priority): boolean =>
  rising.indexOf(one) > rising.indexOf(other);

/** What a priority and all below it may take together, of the tier. */
type Shares = Readonly<Record<Priority, number>>;
const equal: Shares = { extra: 1, text: 1, begin: 1, end: 1 };
/** Rolling over may wait, for the open stream goes on meanwhile; whoever sees nothing yet may not. */
const starts: Shares = { extra: 0.9, text: 0.9, begin: 1, end: 1 };
const stops: Shares = { extra: 0.9, text: 0.9, begin: 0.9, end: 1 };
const posts: Shares = { extra: 0.4, text: 0.6, begin: 0.8, end: 1 };
const updates: Shares = { extra: 0.4, text: 0.8, begin: 0.8, end: 1 };

interface MethodRule {
  shares: Shares;
  /** How many calls may go out at once, of so many in a minute. */
  atOnce: (perMinute: number) => number;
}

const allAtOnce = (perMinute: number): number => perMinute;
/** People feel the distance between two of them: they are spread over the minute. */
const spread = (perMinute: number): number => perMinute / 10;

const rules: Readonly<Record<BudgetedMethod, MethodRule>> = {
  'chat.startStream': { shares: starts, atOnce: allAtOnce },
  'chat.stopStream': { shares: stops, atOnce: allAtOnce },
  // Nothing of what is appended goes before the rest: the whole tier is for whoever has text.
  'chat.appendStream': { shares: equal, atOnce: spread },
  'chat.update': { shares: updates, atOnce: spread },
  'chat.postMessage': { shares: posts, atOnce: spread },
  'agents.sessions.setStatus': { shares: equal, atOnce: allAtOnce },
  'agents.sessions.rename': { shares: equal, atOnce: allAtOnce },
  'assistant.threads.setTitle': { shares: equal, atOnce: allAtOnce },
  'reactions.add': { shares: equal, atOnce: allAtOnce },
  'reactions.remove': { shares: equal, atOnce: allAtOnce },
  'files.getUploadURLExternal': { shares: equal, atOnce: allAtOnce },
  'files.completeUploadExternal': { shares: equal, atOnce: allAtOnce },
  'conversations.replies': { shares: equal, atOnce: allAtOnce },
  'files.info': { shares: equal, atOnce: allAtOnce },
};

/**
 * Slack takes about one post a second in a channel and speaks of short bursts (rate limits of its Web API): a few
 * at once, for whoever sees nothing yet or is asked something.
 */
const channelPosts: BucketShape = bucketShape(60, 4);
const channelShares: Shares = { extra: 0.25, text: 0.25, begin: 0.75, end: 1 };

/** Whether a channel has a limit of its own for the method. */
export const countsChannels = (method: BudgetedMethod): boolean => method === 'chat.postMessage';

/**
 * When the next call of a method may go out. A call must fit among those of its own priority and below, within
 * their share, and so at each level above: what is kept for the higher ones stays free, and all together stay
 * within the tier.
 *
 * @param tier calls per minute that Slack allows
 * @param given in rising order of `at`
 * @param from not before, epoch milliseconds
 */
export function chooseSlot(
  method: BudgetedMethod,
  tier: number,
  given: readonly GivenSlot[],
  ask: { priority: Priority; channel: string },
  from: number,
): number {
  const levels = levelsOf(method, tier, given, ask);
  let at = from;
  for (;;) {
    const later = levels.reduce((time, { times, shape }) => earliestSlot(times, shape, time), at);
    if (later === at) return at;
    at = later;
  }
}

interface Level {
  times: number[];
  shape: BucketShape;
}

function levelsOf(
  method: BudgetedMethod,
  tier: number,
  given: readonly GivenSlot[],
  { priority, channel }: { priority: Priority; channel: string },
): Level[] {
  const { shares, atOnce } = rules[method];
  const whole = bucketShape(tier, atOnce(tier));
  const inChannel = countsChannels(method) ? given.filter((slot) => slot.channel === channel) : [];
  return rising.slice(rising.indexOf(priority)).flatMap((level) => {
    const ofMethod = { times: timesUpTo(level, given), shape: partOf(whole, shares[level]) };
    if (inChannel.length === 0) return [ofMethod];
    const perChannel = partOf(channelPosts, channelShares[level]);
    return [ofMethod, { times: timesUpTo(level, inChannel), shape: perChannel }];
  });
}

/** Fewer calls in the same windows: the rest of each is free for who goes before. */
const partOf = ({ calls, windowMs }: BucketShape, share: number): BucketShape => ({
  calls: Math.max(1, Math.floor(calls * share)),
  windowMs,
});

const timesUpTo = (level: Priority, given: readonly GivenSlot[]): number[] =>
  given.filter((slot) => rising.indexOf(slot.for) <= rising.indexOf(level)).map(({ at }) => at);
