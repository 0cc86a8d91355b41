import type { SlackApi, ToolContext } from '../../core/index.ts';

/** One message as the model reads it. */
export interface ThreadMessage {
  from: string;
  /** Slack user id; absent for apps without a user. */
  userId?: string;
  /** ISO 8601, UTC. */
  at: string;
  text: string;
  files?: string[];
}

export interface ThreadReading {
  messages: ThreadMessage[];
  /** Older messages that are not among them, as far as they were counted. */
  olderLeftOut: number;
  note?: string;
}

interface Reply {
  ts: string;
  user?: string;
  bot_id?: string;
  username?: string;
  bot_profile?: { name?: string };
  text?: string;
  files?: { name?: string }[];
  streaming_state?: string;
}

interface RepliesPage {
  messages?: Reply[];
  has_more?: boolean;
  response_metadata?: { next_cursor?: string };
}

const PAGE = 200;
/** Slack gives replies oldest first and has no way to begin at the end, so long threads are read through. */
const MOST_PAGES = 20;
/** Names cost one users.info each. */
const MOST_NAMES = 20;

/**
 * The newest `limit` messages of a thread, oldest first (case S-15), read with conversations.replies page by page.
 * The message that is being streamed at the moment is the answer itself and left out.
 *
 * @throws SlackCallError
 */
export async function readNewest(
  slack: SlackApi,
  { channel, threadTs }: ToolContext['session'],
  limit: number,
): Promise<ThreadReading> {
  const newest = new Map<string, Reply>();
  let seen = 0;
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await slack.call<RepliesPage>('conversations.replies', {
      channel,
      ts: threadTs,
      limit: PAGE,
      ...(cursor ? { cursor } : {}),
    });
    for (const reply of page.messages ?? []) {
      if (newest.has(reply.ts) || reply.streaming_state === 'in_progress') continue;
      // Some pages begin with the thread's first message again.
      if (pages > 0 && reply.ts === threadTs) continue;
      newest.set(reply.ts, reply);
      seen++;
      const [oldest] = newest.keys();
      if (newest.size > limit && oldest !== undefined) newest.delete(oldest);
    }
    cursor = page.response_metadata?.next_cursor || undefined;
    pages++;
  } while (cursor && pages < MOST_PAGES);
  const replies = [...newest.values()];
  const names = await namesOf(slack, replies);
  return {
    messages: replies.map((reply) => messageOf(reply, names)),
    olderLeftOut: seen - replies.length,
    ...(cursor
      ? { note: `The thread is longer than ${MOST_PAGES * PAGE} messages; its newest were not reached.` }
      : {}),
  };
}

function messageOf(reply: Reply, names: ReadonlyMap<string, string>): ThreadMessage {
  const { user, bot_profile, username, ts, text, files } = reply;
  const app = bot_profile?.name ?? username ?? 'an app';
  return {
    from: (user && names.get(user)) ?? (reply.bot_id ? app : (user ?? app)),
    ...(user ? { userId: user } : {}),
    at: new Date(Number(ts) * 1000).toISOString(),
    text: text ?? '',
    ...(files?.length ? { files: files.map(({ name }) => name ?? 'unnamed') } : {}),
  };
}

/** Names by user id; whose name cannot be had keeps the id. */
async function namesOf(slack: SlackApi, replies: readonly Reply[]): Promise<Map<string, string>> {
  const ids = [...new Set(replies.flatMap(({ user, bot_id }) => (user && !bot_id ? [user] : [])))];
  const found = await Promise.all(
    ids.slice(0, MOST_NAMES).map(async (id): Promise<[string, string][]> => {
      const name = await nameOf(slack, id);
      return name ? [[id, name]] : [];
    }),
  );
  return new Map(found.flat());
}

interface UserInfo {
  user?: { name?: string; real_name?: string; profile?: { display_name?: string; real_name?: string } };
}

async function nameOf(slack: SlackApi, id: string): Promise<string | undefined> {
  try {
    const { user } = await slack.call<UserInfo>('users.info', { user: id });
    return user?.profile?.display_name || user?.profile?.real_name || user?.real_name || user?.name;
  } catch {
    return undefined;
  }
}
