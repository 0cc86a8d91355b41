import { threadOf } from '../store/messages.ts';
import { type PageStore, sessionKey, useStore } from '../store/store.ts';
import type { Session } from '../store/types.ts';

/** `processing` reverts to `active` by itself after one hour (§10.1). */
const PROCESSING_MS = 3_600_000;

/** The agent session of a thread, when there is one. */
export const useSession = (channel: string, thread: string): Session | undefined =>
  useStore((state) => state.sessions.get(sessionKey(channel, thread)));

/** What a session shows: nothing when it is `active` or over. */
export const useSessionStatus = (channel: string, thread: string): 'working' | 'waiting' | '' =>
  useStore((state) => statusOf(state, channel, thread));

/** Whether a thread has a stop button (§10.1): something works there, and its app listens to the button. */
export const useCanStop = (channel: string, thread: string): boolean =>
  useStore((state) => canStop(state, channel, thread));

function statusOf(state: PageStore, channel: string, thread: string): 'working' | 'waiting' | '' {
  const session = state.sessions.get(sessionKey(channel, thread));
  if (session?.status === 'suspended') return 'waiting';
  if (session?.status !== 'processing') return '';
  const age = Date.now() + state.clockOffsetMs - session.setAt;
  return age < PROCESSING_MS ? 'working' : '';
}

function canStop(state: PageStore, channelId: string, thread: string): boolean {
  const channel = state.channels.get(channelId);
  if (!channel?.members.includes(state.user)) return false;
  const open = openStream(state, channelId, thread);
  if (open === undefined && statusOf(state, channelId, thread) !== 'working') return false;
  return state.installations.some(({ appId, botUserId, revoked }) => {
    const listens = state.apps.get(appId)?.subscriptions.includes('agent_session_stopped') ?? false;
    const itsStream = open === undefined || open === appId;
    return listens && itsStream && !revoked && channel.members.includes(botUserId);
  });
}

/** The app whose stream is open in a thread. */
function openStream(state: PageStore, channelId: string, thread: string): string | undefined {
  const channel = state.messages.get(channelId);
  for (const ts of channel?.streaming ?? []) {
    const message = channel?.byTs.get(ts);
    if (message && threadOf(message) === thread) return message.appId;
  }
  return undefined;
}
