import type { SoakRequest } from './deployed.ts';
import type { Random } from './random.ts';

/** Requests that the demo model goes through quickly, some with failures of its own, and what ends each answer. */
const requests: readonly [SoakRequest, ...SoakRequest[]] = [
  { text: 'fail once', answer: 'That worked, after 1 failed attempt.' },
  { text: 'break off', answer: 'so its beginning may have been seen before.' },
  { text: 'use 2 tools one by one', answer: 'I used 2 tools:' },
  { text: 'use 4 tools', answer: 'I used 4 tools:' },
  { text: 'use a missing tool', answer: 'That tool does not exist:' },
  { text: 'slow answer 2', answer: 'This was the last sentence.' },
];

/** How an announcement of the soak begins; its id follows. */
export const announcement = (id: string): string => `soak-${id}-soak`;

export function demoRequest(random: Random, id: string): SoakRequest {
  if (!random.chance(0.2)) return random.pick(requests);
  // What the answer is depends on who decides.
  const answer = /Posted in|I did not post anything in|I could not post in/;
  return { text: `announce ${announcement(id)} in #announcements`, answer };
}
