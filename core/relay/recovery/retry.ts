import { closeRelay } from '../close-relay.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import type { RelayRecord } from '../record.ts';

/** Where the app may not act at all, another try makes sense once in a while only. */
const RARELY_MS = 900_000;

const isOver = (retry: RelayRecord['retry'], now: number): boolean =>
  retry !== undefined && now - retry.at > 4 * RARELY_MS;

/**
 * When to come back after Slack could not be reached, or would not let us: after growing delays, `relayRetryCapMs`
 * at most. After a day without success the relay gives up; the answer stands in the session.
 */
export function comeBackAfterFailure(
  deps: Pick<RelayDeps, 'now' | 'random' | 'limits' | 'log'>,
  held: HeldRelay,
  how: 'later' | 'rarely' = 'later',
): { kind: 'comeBack'; at: number } {
  const { limits } = deps;
  const now = deps.now();
  const { turnId } = held.record;
  // What failed long ago, and was not tried again since, is another story.
  const retry = isOver(held.record.retry, now) ? undefined : held.record.retry;
  const attempts = (retry?.attempts ?? 0) + 1;
  const since = retry?.since ?? now;
  if (now - since > limits.relayGiveUpMs) {
    deps.log.error('Slack could not be reached for a day: the relay gives up', { turnId, attempts });
    closeRelay(held, now);
    return { kind: 'comeBack', at: now };
  }
  const growing = Math.min(limits.relayRetryCapMs, limits.relayRetryMs * 2 ** (attempts - 1));
  // Up to a fifth less, so that the turns of a workspace do not come back together.
  const delayMs = how === 'rarely' ? RARELY_MS : Math.round(growing * (1 - 0.2 * deps.random()));
  const at = now + delayMs;
  held.change({ retry: { since, attempts, at } });
  return { kind: 'comeBack', at };
}
