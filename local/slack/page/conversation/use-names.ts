import { useMemo } from 'react';
import { useStore } from '../store/store.ts';
import type { Channel, Person, UserGroup } from '../store/types.ts';
import type { Names } from './wire-text.ts';

const NO_GROUPS: UserGroup[] = [];

/** Whom and what one can name in a conversation: its workspaces' people, apps, groups and open channels. */
export type Nameable = { people: Person[]; groups: UserGroup[]; channels: Channel[]; names: Names };

/** Counted anew only when the world is loaded anew. */
export function useNameable(channelId: string): Nameable {
  const people = useStore((state) => state.people);
  const channels = useStore((state) => state.channels);
  const groups = useStore((state) => state.state?.userGroups ?? NO_GROUPS);
  const user = useStore((state) => state.user);
  return useMemo(() => {
    const channel = channels.get(channelId);
    const me = people.get(user);
    const teams = new Set([me?.teamId, channel?.teamId, ...(channel?.sharedWith ?? [])]);
    const known = [...people.values()].filter((one) => teams.has(one.teamId) && !one.deleted);
    const open = [...channels.values()].filter(
      (one) =>
        teams.has(one.teamId) &&
        (one.kind === 'channel' || (one.kind === 'group' && one.members.includes(user))),
    );
    const live = groups.filter((one) => teams.has(one.teamId) && !one.deleted);
    const names: Names = {
      people: new Map(known.map((one) => [one.name, one.id])),
      groups: new Map(live.map((one) => [one.handle, one.id])),
      channels: new Map(open.map((one) => [one.name, one.id])),
    };
    return { people: known, groups: live, channels: open, names };
  }, [people, channels, groups, channelId, user]);
}

/** Names by id, for turning stored text back into what one types. */
export function handlesOf(): Map<string, string> {
  const { people, channels, state } = useStore.getState();
  return new Map([
    ...[...people.values()].map((one) => [one.id, one.name] as const),
    ...[...channels.values()].map((one) => [one.id, one.name] as const),
    ...(state?.userGroups ?? []).map((one) => [one.id, one.handle] as const),
  ]);
}
