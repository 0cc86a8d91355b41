import type { SessionRecord } from './record.ts';

type Pushes = SessionRecord['pushes'];

/** The window in which a person's messages to a busy session are counted, from the first of them on. */
const WINDOW_MS = 60_000;

/** How many messages a person has added to the queue within their present minute. */
export function pushesOf(pushes: Pushes, userId: string, now: number): number {
  const own = pushes?.[userId];
  return own && now - own.since < WINDOW_MS ? own.count : 0;
}

/** The counts with one more of this person; whoever was silent for a minute is left out. */
export function countPush(pushes: Pushes, userId: string, now: number): Pushes & object {
  const recent = Object.entries(pushes ?? {}).filter(([, { since }]) => now - since < WINDOW_MS);
  const count = pushesOf(pushes, userId, now);
  const since = count > 0 ? (pushes?.[userId]?.since ?? now) : now;
  return { ...Object.fromEntries(recent), [userId]: { since, count: count + 1 } };
}
