import { sessionIdOf } from '../core/ids.ts';
import type { SessionRecord } from '../core/sessions/record.ts';
import { keys } from '../core/store/keys.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { Deployment } from './deployment.ts';

/** How a person names a session: by its id, or by its thread. */
export type SessionName = { sessionId: string } | { channel: string; threadTs: string };

/**
 * Reads a session's name: its id, `<channel>:<thread_ts>`, or a permalink of a message in the thread
 * (`…/archives/C…/p1700000000000100?thread_ts=…`; without `thread_ts` the message is the thread's first).
 *
 * @returns undefined when it is none of them
 */
export function parseSessionName(name: string): SessionName | undefined {
  if (/^s[0-9a-f]{32}$/.test(name)) return { sessionId: name };
  const pair = /^([A-Z0-9]{1,40}):(\d{1,12}\.\d{1,9})$/.exec(name);
  if (pair?.[1] && pair[2]) return { channel: pair[1], threadTs: pair[2] };
  if (!URL.canParse(name)) return undefined;
  const { pathname, searchParams } = new URL(name);
  const link = /\/archives\/([A-Z0-9]{1,40})\/p(\d{1,12})(\d{6})\/?$/.exec(pathname);
  if (!link?.[1]) return undefined;
  const threadTs = searchParams.get('thread_ts') ?? `${link[2]}.${link[3]}`;
  return /^\d{1,12}\.\d{1,9}$/.test(threadTs) ? { channel: link[1], threadTs } : undefined;
}

/** Finds a session; a thread is looked for in all workspaces. @throws CliError saying what to do */
export async function findSession(
  { store, installations, name: stack }: Pick<Deployment, 'store' | 'installations' | 'name'>,
  text: string,
): Promise<SessionRecord> {
  const name = parseSessionName(text);
  if (!name)
    throw new CliError(
      exitCodes.usage,
      `${text} names no session. Give its id (s and 32 hex digits), a link to a message of its thread, or <channel id>:<thread ts>.`,
    );
  const ids =
    'sessionId' in name
      ? [name.sessionId]
      : (await installations.list()).map((installation) => sessionIdOf({ ...installation, ...name }));
  const found = await Promise.all(ids.map((id) => store.get<SessionRecord>(keys.session(id))));
  const [session, another] = found.filter((record) => record !== undefined);
  if (another)
    throw new CliError(
      exitCodes.usage,
      `Several workspaces have a session in this thread: ${found.flatMap((record) => record?.sessionId ?? []).join(', ')}. Give the id of the one you mean.`,
    );
  if (session) return session;
  throw new CliError(
    exitCodes.unknown,
    `There is no session ${text} in ${stack}. \`npm run sluice -- sessions list\` shows those that exist.`,
  );
}
