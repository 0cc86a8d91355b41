import type { ReactNode } from 'react';
import { openDirect } from '../../shell/open-direct.ts';
import { go } from '../../store/navigate.ts';
import { canSee } from '../../store/place.ts';
import { useChannel, useMe, usePerson } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { attempt } from '../../ui/toast.tsx';
import './mention.css';

/** `@name`; opens the direct conversation with that person. */
export function PersonMention({ id }: { id: string }) {
  const person = usePerson(id);
  const isMe = useStore((state) => state.user === id);
  const open = person && !isMe ? () => void attempt(() => openDirect(id)) : undefined;
  return (
    <Chip kind={isMe ? 'mention-self' : ''} title={person?.realName ?? ''} open={open}>
      @{person?.displayName ?? id}
    </Chip>
  );
}

/** `#name`; opens the channel. One that the person cannot see is called as Slack calls it. */
export function ChannelMention({ id }: { id: string }) {
  const channel = useChannel(id);
  const me = useMe();
  if (channel && me && !canSee(channel, me)) return <Chip>private channel</Chip>;
  const open = channel ? () => go({ channel: id }) : undefined;
  return <Chip open={open}>{`#${channel?.name ?? id}`}</Chip>;
}

/** `@handle` of a user group: marked for its members. */
export function GroupMention({ id }: { id: string }) {
  const group = useStore((state) => state.state?.userGroups?.find((one) => one.id === id));
  const mine = useStore((state) => group?.members.includes(state.user) === true);
  return (
    <Chip kind={mine ? 'mention-self' : ''} title={group?.name ?? ''}>
      @{group?.handle ?? id}
    </Chip>
  );
}

export function TeamMention({ id }: { id: string }) {
  const team = useStore((state) => state.workspaces.find((one) => one.id === id));
  return <Chip>{team?.name ?? id}</Chip>;
}

/** `@here`, `@channel`, `@everyone`: always about the reader too. */
export function Broadcast({ range }: { range: string }) {
  return <Chip kind="mention-self">@{range}</Chip>;
}

function Chip({
  kind = '',
  title = '',
  open,
  children,
}: {
  kind?: string;
  title?: string;
  open?: (() => void) | undefined;
  children: ReactNode;
}) {
  const name = `mention ${kind}`;
  if (!open)
    return (
      <span className={name} title={title || undefined}>
        {children}
      </span>
    );
  return (
    <button type="button" className={`${name} mention-button`} title={title || undefined} onClick={open}>
      {children}
    </button>
  );
}
