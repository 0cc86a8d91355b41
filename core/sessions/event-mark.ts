import { turnIdOf } from '../ids.ts';
import { ConditionFailedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import { type Action, absent, type Store } from '../store/store.ts';
import type { InboundPost } from './inbound-post.ts';

/** Slack delivers an event for up to 24 hours where "Delayed Events" is on. */
const EVENT_TTL_MS = 48 * 3_600_000;

/** The write that marks a delivery as taken; refused for the second one. */
export function eventMark(post: InboundPost, now: number): Extract<Action, { put: unknown }> {
  return {
    put: {
      ...keys.event(post.appId, post.installationId, post.eventId),
      v: 1,
      turnId: turnIdOf(post),
      ttl: Math.ceil((now + EVENT_TTL_MS) / 1000),
    },
    condition: absent,
  };
}

/**
 * Whether this is the first time that something is said about a post: a person is told once, whatever twins and
 * retries come.
 *
 * @param what one word for what is said
 */
export async function isFirstWord(
  deps: { store: Pick<Store, 'put'>; now: () => number },
  post: InboundPost,
  what: 'refused' | 'idle',
): Promise<boolean> {
  const { put, condition } = eventMark({ ...post, eventId: `${what}-${turnIdOf(post)}` }, deps.now());
  try {
    await deps.store.put(put, condition);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}
