import type { SlackApi } from '../../core/index.ts';
import type { Reply } from './thread-replies.ts';

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

/** Names cost one users.info each. */
const MOST_NAMES = 20;

/** Messages with their authors' names (users.info), for the first twenty of them. */
export async function asThreadMessages(slack: SlackApi, replies: readonly Reply[]): Promise<ThreadMessage[]> {
  const names = await namesOf(slack, replies);
  return replies.map((reply) => messageOf(reply, names));
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
