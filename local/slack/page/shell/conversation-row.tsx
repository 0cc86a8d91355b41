import { Hash, Lock, PencilLine } from 'lucide-react';
import { memo } from 'react';
import { useDraftMark } from '../conversation/composer/drafts.ts';
import { go } from '../store/navigate.ts';
import { channelName, useChannel } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { Channel } from '../store/types.ts';
import { countUnread, MAX_UNREAD } from '../store/unread.ts';
import { Avatar } from '../ui/avatar.tsx';
import { SharedMark } from '../ui/shared-mark.tsx';
import { showSidebar } from './shell-state.ts';
import './sidebar-row.css';

/** A channel or DM in the sidebar. Draws again when its name or its count changes. */
export const ConversationRow = memo(function ConversationRow({ id }: { id: string }) {
  const channel = useChannel(id);
  const user = useStore((state) => state.user);
  const people = useStore((state) => state.people);
  const here = useStore((state) => state.channel === id && state.home === '');
  const unread = useStore((state) => countUnread(state, id));
  const draft = useDraftMark(`${user}/${id}/`);
  if (!channel) return null;
  const name = channelName(channel, user, people);
  const classes = [
    'sidebar-row',
    unread > 0 && 'sidebar-row-unread',
    channel.archived && 'sidebar-row-faint',
  ];
  return (
    <li>
      <button
        type="button"
        className={classes.filter(Boolean).join(' ')}
        aria-current={here ? 'page' : undefined}
        onClick={() => {
          showSidebar(false);
          go({ channel: id, thread: '' });
        }}
      >
        <Sign channel={channel} user={user} />
        <span className="sidebar-row-name">{name}</span>
        {channel.sharedWith.length > 0 && <SharedMark channel={channel} />}
        {channel.archived && <span className="visually-hidden">(archived)</span>}
        {draft && !here && <PencilLine size={14} role="img" aria-label="Draft" />}
        {unread > 0 && (
          <span className="sidebar-row-count">
            {unread >= MAX_UNREAD ? '99+' : unread}
            <span className="visually-hidden"> unread</span>
          </span>
        )}
      </button>
    </li>
  );
});

function Sign({ channel, user }: { channel: Channel; user: string }) {
  if (channel.kind === 'group')
    return (
      <span className="sidebar-row-sign">
        <Lock size={14} role="img" aria-label="Private" />
      </span>
    );
  if (channel.kind === 'channel')
    return (
      <span className="sidebar-row-sign">
        <Hash size={16} aria-hidden="true" />
      </span>
    );
  const others = channel.members.filter((member) => member !== user);
  if (channel.kind === 'mpim')
    return (
      <span className="sidebar-row-number" aria-hidden="true">
        {others.length}
      </span>
    );
  return <Avatar user={others[0] ?? user} size="small" />;
}
