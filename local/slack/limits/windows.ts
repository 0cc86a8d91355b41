import { DEFAULT_RULE, RATE_RULES, type RateRule } from './tiers.ts';

const MINUTE = 60_000;

/** What is counted per app, workspace and method: readable by tests. */
export type RateCounter = {
  app: string;
  team: string;
  method: string;
  rule: RateRule;
  /** Calls let through, and calls answered 429, since the last reset. */
  accepted: number;
  refused: number;
  /** Calls let through in the 60 s before now, and the most there ever were in any 60 s. */
  inWindow: number;
  peak: number;
};

type Counter = Omit<RateCounter, 'rule' | 'inWindow'> & { times: number[] };

/**
 * Rate limits as Slack counts them (§2): per method, workspace and app, over sliding 60 s windows of timestamps;
 * chat.postMessage also about one a second per channel. Refused calls do not count.
 */
export class RateWindows {
  readonly #counters = new Map<string, Counter>();
  readonly #channels = new Map<string, number[]>();
  #overrides: Record<string, Partial<RateRule>>;
  enabled = true;

  constructor(overrides: Record<string, Partial<RateRule>>) {
    this.#overrides = overrides;
  }

  rule(method: string): RateRule {
    return { ...(RATE_RULES[method] ?? DEFAULT_RULE), ...this.#overrides[method] };
  }

  override(rules: Record<string, Partial<RateRule>>): void {
    this.#overrides = { ...this.#overrides, ...rules };
  }

  /** Counts one call. Returns 0 when it may pass, else the whole seconds to wait (Retry-After). */
  take(
    who: { app: string; team: string; method: string; channel?: string | undefined },
    now: number,
  ): number {
    const rule = this.rule(who.method);
    const counter = this.#counter(who);
    counter.times = after(counter.times, now - MINUTE);
    const key = `${who.app}/${who.team}/${who.channel}`;
    const perChannel = rule.perChannelSecond !== undefined && who.channel !== undefined;
    const recent = perChannel ? after(this.#channels.get(key) ?? [], now - MINUTE) : [];
    const waits = [until(counter.times, rule.perMinute + rule.burst, MINUTE, now)];
    if (perChannel) {
      const perSecond = rule.perChannelSecond ?? 1;
      waits.push(until(recent, perSecond * 60, MINUTE, now));
      waits.push(until(after(recent, now - 1000), perSecond + (rule.channelBurst ?? 0), 1000, now));
    }
    const wait = Math.max(...waits);
    if (this.enabled && wait > 0) {
      counter.refused += 1;
      return Math.max(1, Math.ceil(wait / 1000));
    }
    counter.times.push(now);
    counter.accepted += 1;
    counter.peak = Math.max(counter.peak, counter.times.length);
    if (perChannel) this.#channels.set(key, [...recent, now]);
    return 0;
  }

  counters(now: number): RateCounter[] {
    return [...this.#counters.values()].map(({ times, ...counter }) => ({
      ...counter,
      rule: this.rule(counter.method),
      inWindow: after(times, now - MINUTE).length,
    }));
  }

  /** Forgets what was counted, not the overrides. */
  reset(): void {
    this.#counters.clear();
    this.#channels.clear();
  }

  #counter({ app, team, method }: { app: string; team: string; method: string }): Counter {
    const key = `${app}/${team}/${method}`;
    const known = this.#counters.get(key);
    if (known) return known;
    const counter = { app, team, method, accepted: 0, refused: 0, peak: 0, times: [] };
    this.#counters.set(key, counter);
    return counter;
  }
}

function after(times: number[], since: number): number[] {
  return times.filter((time) => time > since);
}

/** Milliseconds until one more call fits into the window; 0 when it does now. */
function until(times: number[], limit: number, span: number, now: number): number {
  if (times.length < limit) return 0;
  const leaving = times[times.length - limit];
  return leaving === undefined ? 0 : leaving + span - now;
}
