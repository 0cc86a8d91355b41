import { useMemo } from 'react';
import { go } from '../store/navigate.ts';
import { useStore } from '../store/store.ts';
import type { Person, Workspace } from '../store/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { directWith } from './conversations.ts';
import './person-switcher.css';

/** Chooses as whom one writes: every person of every workspace. Who was deactivated is shown and cannot be chosen. */
export function PersonSwitcher() {
  const user = useStore((state) => state.user);
  const people = useStore((state) => state.people);
  const workspaces = useStore((state) => state.workspaces);
  const groups = useMemo(() => byWorkspace(workspaces, people.values()), [workspaces, people]);
  return (
    <label className="person-switcher">
      <Avatar user={user} size="medium" />
      <span className="person-switcher-text">
        <span className="person-switcher-label">You write as</span>
        <select value={user} onChange={(event) => become(event.target.value)}>
          {groups.map(({ workspace, members }) => (
            <optgroup key={workspace.id} label={workspace.name}>
              {members.map((person) => (
                <option key={person.id} value={person.id} disabled={person.deleted}>
                  {person.displayName}
                  {note(person)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </span>
    </label>
  );
}

function note(person: Person): string {
  if (person.deleted) return ' (deactivated)';
  return person.isGuest && person.displayName !== 'guest' ? ' (guest)' : '';
}

function byWorkspace(workspaces: Workspace[], people: Iterable<Person>) {
  const humans = [...people].filter((person) => !person.isBot);
  const groups = workspaces.map((workspace) => ({
    workspace,
    members: humans
      .filter((person) => person.teamId === workspace.id)
      .sort((a, b) => Number(a.deleted) - Number(b.deleted)),
  }));
  return groups.filter(({ members }) => members.length > 0);
}

/** Somebody else looks: at the same place if they can, at their own DM with the same app otherwise. */
export function become(user: string): void {
  const { channel: id, channels, people } = useStore.getState();
  const channel = channels.get(id);
  const bot =
    channel?.kind === 'im' ? channel.members.find((member) => people.get(member)?.isBot) : undefined;
  const own = bot === undefined ? undefined : directWith(channels.values(), user, bot);
  if (own && own.id !== id) go({ user, channel: own.id, thread: '' });
  else go({ user });
}
