import { type RateRule, ruleOf, type Tier, tierOf } from './tiers.ts';
import { TimeQueue } from './time-queue.ts';

const MINUTE = 60_000;

/** Which calls are counted together. */
export type RateKey = { app: string; team: string; method: string };

/** What is counted per app, workspace and method: readable by tests and shown by the page's gauges. */
export type RateCounter = RateKey & {
  tier: Tier;
  rule: RateRule;
  /** Calls that fit into 60 s: `perMinute` and `burst` together. */
  limit: number;
  /** Calls let through, and calls answered 429, since the last reset. */
  accepted: number;
  refused: number;
  /** Calls let through in the 60 s before now, and the most there ever were in any 60 s. */
  inWindow: number;
  peak: number;
  /** Milliseconds until one more call fits; 0 when it does now. */
  freeInMs: number;
};

type Counter = RateKey & { accepted: number; refused: number; peak: number; times: TimeQueue };

/**
 * Rate limits as Slack counts them (§2): per method, workspace and app, over sliding 60 s windows of timestamps;
 * chat.postMessage also about one a second per channel. Refused calls do not count.
 */
export class RateWindows {
  readonly #counters = new Map<string, Counter>();
  readonly #channels = new Map<string, TimeQueue>();
  readonly #special: (method: string, app: string) => RateRule | undefined;
  #overrides: Record<string, Partial<RateRule>>;
  enabled = true;

  /** @param special rules that hold for one app only, such as those of unlisted ones (§2) */
  constructor(
    overrides: Record<string, Partial<RateRule>>,
    special: (method: string, app: string) => RateRule | undefined = () => undefined,
  ) {
    this.#overrides = overrides;
    this.#special = special;
  }

  /** The rule that holds for an app's calls of a method. */
  rule(method: string, app: string): RateRule {
    return { ...(this.#special(method, app) ?? ruleOf(method)), ...this.#overrides[method] };
  }

  override(rules: Record<string, Partial<RateRule>>): void {
    this.#overrides = { ...this.#overrides, ...rules };
  }

  /** Counts one call. Returns 0 when it may pass, else the whole seconds to wait (Retry-After). */
  take(who: RateKey & { channel?: string | undefined }, now: number): number {
    const rule = this.rule(who.method, who.app);
    const counter = this.#counter(who);
    const channel =
      rule.perChannelSecond === undefined || who.channel === undefined
        ? undefined
        : this.#channel(`${who.app}/${who.team}/${who.channel}`);
    const wait = this.#wait(rule, counter.times, channel, now);
    if (this.enabled && wait > 0) {
      counter.refused += 1;
      return Math.max(1, Math.ceil(wait / 1000));
    }
    counter.times.push(now);
    counter.accepted += 1;
    counter.peak = Math.max(counter.peak, counter.times.length);
    channel?.push(now);
    return 0;
  }

  /** One counter; undefined when such a call was never made. */
  counter(key: RateKey, now: number): RateCounter | undefined {
    const found = this.#counters.get(keyOf(key));
    return found && this.#shown(found, now);
  }

  counters(now: number): RateCounter[] {
    return [...this.#counters.values()].map((counter) => this.#shown(counter, now));
  }

  /** Switches the limits on, with these rules beside Slack's and no others. */
  restore(overrides: Record<string, Partial<RateRule>>): void {
    this.#overrides = overrides;
    this.enabled = true;
  }

  /** Forgets what was counted, not the overrides. */
  reset(): void {
    this.#counters.clear();
    this.#channels.clear();
  }

  #shown({ times, ...counter }: Counter, now: number): RateCounter {
    const rule = this.rule(counter.method, counter.app);
    times.forget(now - MINUTE);
    return {
      ...counter,
      tier: tierOf(counter.method),
      rule,
      limit: rule.perMinute + rule.burst,
      inWindow: times.length,
      freeInMs: until(times, rule.perMinute + rule.burst, MINUTE, now),
    };
  }

  #wait(rule: RateRule, times: TimeQueue, channel: TimeQueue | undefined, now: number): number {
    times.forget(now - MINUTE);
    const wait = until(times, rule.perMinute + rule.burst, MINUTE, now);
    if (!channel) return wait;
    channel.forget(now - MINUTE);
    const perSecond = rule.perChannelSecond ?? 1;
    const inMinute = until(channel, perSecond * 60, MINUTE, now);
    const most = perSecond + (rule.channelBurst ?? 0);
    const inSecond = channel.after(now - 1000) < most ? 0 : until(channel, most, 1000, now);
    return Math.max(wait, inMinute, inSecond);
  }

  #counter(key: RateKey): Counter {
    const name = keyOf(key);
    const known = this.#counters.get(name);
    if (known) return known;
    const { app, team, method } = key;
    const counter = { app, team, method, accepted: 0, refused: 0, peak: 0, times: new TimeQueue() };
    this.#counters.set(name, counter);
    return counter;
  }

  #channel(name: string): TimeQueue {
    const known = this.#channels.get(name);
    if (known) return known;
    const times = new TimeQueue();
    this.#channels.set(name, times);
    return times;
  }
}

const keyOf = ({ app, team, method }: RateKey): string => `${app}/${team}/${method}`;

/** Milliseconds until one more call fits into the window; 0 when it does now. A limit of 0 never lets one pass. */
function until(times: TimeQueue, limit: number, span: number, now: number): number {
  if (limit <= 0) return span;
  if (times.length < limit) return 0;
  const leaving = times.fromEnd(limit);
  return leaving === undefined ? 0 : leaving + span - now;
}
