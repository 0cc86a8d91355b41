import { type ReactNode, useState } from 'react';
import { request } from '../api/request.ts';
import { useMe } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { Channel, Person } from '../store/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import '../ui/field.css';
import { attempt } from '../ui/toast.tsx';
import './members.css';

/** Who is in a conversation; adds people and apps, and lets one leave. */
export function Members({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const me = useMe();
  const people = useStore((state) => state.people);
  const [typed, setTyped] = useState('');
  const word = typed.trim().toLowerCase().replace(/^@/, '');
  const fits = (person: Person): boolean =>
    `${person.name} ${person.displayName} ${person.realName}`.toLowerCase().includes(word);
  const inside = channel.members.flatMap((id) => people.get(id) ?? []).filter(fits);
  const outside = [...people.values()].filter(
    (one) => one.teamId === channel.teamId && !one.deleted && !channel.members.includes(one.id) && fits(one),
  );
  const change = (what: { join?: string[]; leave?: string[] }): void =>
    void attempt(() => request('PATCH', '/channels', { channel: channel.id, ...what }));
  const canChange = channel.kind !== 'mpim' && !channel.archived;
  return (
    <Dialog
      title={channel.kind === 'mpim' ? 'Members' : `Members of #${channel.name}`}
      onClose={onClose}
      footer={
        canChange && me && channel.members.includes(me.id) ? (
          <Button
            onClick={() => {
              onClose();
              change({ leave: [me.id] });
            }}
          >
            Leave channel
          </Button>
        ) : undefined
      }
    >
      <input
        className="field-input"
        aria-label="Find people"
        placeholder="Find people and apps"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <MemberList title="In this conversation" people={inside} />
      {canChange && outside.length > 0 && (
        <MemberList
          title="Add people"
          people={outside}
          action={(person) => (
            <Button aria-label={`Add ${person.displayName}`} onClick={() => change({ join: [person.id] })}>
              Add
            </Button>
          )}
        />
      )}
    </Dialog>
  );
}

function MemberList({
  title,
  people,
  action,
}: {
  title: string;
  people: Person[];
  action?: (person: Person) => ReactNode;
}) {
  const workspaces = useStore((state) => state.workspaces);
  const me = useMe();
  const foreign = (person: Person): string =>
    person.teamId === me?.teamId ? '' : (workspaces.find((one) => one.id === person.teamId)?.name ?? '');
  return (
    <section className="members" aria-label={title}>
      <h3 className="members-title">{title}</h3>
      <ul className="members-list">
        {people.map((person) => (
          <li key={person.id} className="member">
            <Avatar user={person.id} />
            <span className="member-name">{person.displayName}</span>
            <span className="member-note">
              {[
                person.isBot ? 'App' : '',
                person.isAdmin ? 'Admin' : '',
                person.isGuest ? 'Guest' : '',
                foreign(person),
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
            {action?.(person)}
          </li>
        ))}
      </ul>
    </section>
  );
}
