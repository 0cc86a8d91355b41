import type { SlackScript } from './fake-slack.ts';

/** The time stamp of a thread's n-th message; the first is `toolContext`'s thread. */
export const threadTs = (n: number) => `${1762430000 + n}.000100`;

/** A thread of `count` messages in pages of the size that is asked for, each page led by the first message. */
export function threadOf(count: number, edit: (n: number) => object = () => ({})): SlackScript {
  const all = Array.from({ length: count }, (_, n) => ({
    ts: threadTs(n),
    user: `U${(n % 2) + 1}`,
    text: `m${n}`,
    ...edit(n),
  }));
  return {
    'conversations.replies': ({ limit, cursor }) => {
      const from = Number(cursor ?? 0);
      const to = from + Number(limit);
      const page = all.slice(from, to);
      return {
        messages: from > 0 && all[0] ? [all[0], ...page] : page,
        response_metadata: { next_cursor: to < count ? String(to) : '' },
      };
    },
    'users.info': ({ user }) => ({
      user: { name: 'x', profile: { display_name: user === 'U1' ? 'Ana' : 'Ben' } },
    }),
  };
}
