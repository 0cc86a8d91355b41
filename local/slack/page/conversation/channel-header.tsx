import { Archive, Menu, Users } from 'lucide-react';
import { useState } from 'react';
import { showSidebar } from '../shell/shell-state.ts';
import { useAppOf } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { Channel } from '../store/types.ts';
import { IconButton } from '../ui/button.tsx';
import { SharedMark } from '../ui/shared-mark.tsx';
import { AppTabs } from './app-tabs.tsx';
import { ChannelTitle } from './channel-title.tsx';
import { Members } from './members.tsx';
import './pane.css';

/** The top of a conversation: name, topic, marks, members; for an app's DM its tabs. */
export function ChannelHeader({ channel }: { channel: Channel }) {
  const [members, setMembers] = useState(false);
  const user = useStore((state) => state.user);
  const other = channel.members.find((id) => id !== user) ?? '';
  const app = useAppOf(channel.kind === 'im' ? other : '');
  return (
    <header className="pane-head">
      <span className="pane-menu">
        <IconButton label="Show the sidebar" onClick={() => showSidebar(true)}>
          <Menu size={18} aria-hidden="true" />
        </IconButton>
      </span>
      <h1 className="pane-title">
        <ChannelTitle channel={channel} />
      </h1>
      {app && <span className="message-mark">APP</span>}
      {channel.archived && (
        <span className="pane-mark">
          <Archive size={13} aria-hidden="true" /> Archived
        </span>
      )}
      {channel.sharedWith.length > 0 && <SharedMark channel={channel} />}
      {app ? (
        <AppTabs app={app} current="messages" />
      ) : (
        <span className="pane-topic" title={channel.topic}>
          {channel.topic}
        </span>
      )}
      {channel.kind !== 'im' && (
        <button
          type="button"
          className="pane-members"
          aria-label={`${channel.members.length} members`}
          title="Members"
          onClick={() => setMembers(true)}
        >
          <Users size={15} aria-hidden="true" />
          {channel.members.length}
        </button>
      )}
      {members && <Members channel={channel} onClose={() => setMembers(false)} />}
    </header>
  );
}
