import { useMemo } from 'react';
import { useStore } from './store.ts';
import type { App, Channel, Installation, Message, Person } from './types.ts';

const NONE: string[] = [];

/** One message; draws again only when it changed. */
export const useMessage = (channel: string, ts: string): Message | undefined =>
  useStore((state) => state.messages.get(channel)?.byTs.get(ts));

/** Timestamps of what stands in a channel itself, as far as the person sees it. */
export function useTopLevel(channel: string): string[] {
  return useVisible(
    channel,
    useStore((state) => state.messages.get(channel)?.top ?? NONE),
  );
}

/** Timestamps of a thread's replies, as far as the person sees them. */
export function useReplies(channel: string, ts: string): string[] {
  return useVisible(
    channel,
    useStore((state) => state.messages.get(channel)?.replies.get(ts) ?? NONE),
  );
}

/** A list without what is for somebody else or was put away. */
function useVisible(channel: string, list: string[]): string[] {
  const user = useStore((state) => state.user);
  const dismissed = useStore((state) => state.dismissed);
  const ephemerals = useStore((state) => state.messages.get(channel)?.ephemeral.size ?? 0);
  return useMemo(() => {
    const messages = useStore.getState().messages.get(channel);
    if (ephemerals === 0 || !messages) return list;
    return list.filter((ts) => {
      if (!messages.ephemeral.has(ts)) return true;
      return messages.byTs.get(ts)?.ephemeralFor === user && !dismissed.has(`${channel}/${ts}`);
    });
  }, [list, channel, user, dismissed, ephemerals]);
}

export const usePerson = (id: string): Person | undefined => useStore((state) => state.people.get(id));
export const useChannel = (id: string): Channel | undefined => useStore((state) => state.channels.get(id));
export const useMe = (): Person | undefined => useStore((state) => state.people.get(state.user));

/** The name of a channel or DM as a person sees it: of DMs the names of the others. */
export function channelName(channel: Channel, user: string, people: ReadonlyMap<string, Person>): string {
  if (channel.kind !== 'im' && channel.kind !== 'mpim') return channel.name;
  const others = channel.members.filter((member) => member !== user);
  const names = others.map((member) => people.get(member)?.displayName ?? member);
  return names.length > 0 ? names.join(', ') : channel.name;
}

/** The app behind a bot user, where it is installed. */
export function installationOf(
  installations: readonly Installation[],
  botUserId: string,
): Installation | undefined {
  return installations.find((one) => one.botUserId === botUserId);
}

/** The app that a bot user belongs to. */
export const useAppOf = (botUserId: string): App | undefined =>
  useStore((state) => state.apps.get(installationOf(state.installations, botUserId)?.appId ?? ''));

/** The installed apps whose bots are among these members. */
export function useAppsIn(members: readonly string[]): App[] {
  const apps = useStore((state) => state.apps);
  const installations = useStore((state) => state.installations);
  return useMemo(
    () =>
      installations
        .filter((one) => !one.revoked && members.includes(one.botUserId))
        .flatMap((one) => apps.get(one.appId) ?? []),
    [apps, installations, members],
  );
}
