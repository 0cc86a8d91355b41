import { useMemo } from 'react';
import { channelName, useChannel, useTopLevel } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { Channel } from '../store/types.ts';
import { ChannelHeader } from './channel-header.tsx';
import { ChannelIntro } from './channel-intro.tsx';
import { Composer } from './composer/composer.tsx';
import { ClosedComposer, usePostingNotice } from './composer/composer-place.tsx';
import { draftKey } from './composer/drafts.ts';
import { DropZone } from './composer/drop-zone.tsx';
import { MessageList } from './message-list.tsx';
import { useMessagesTab } from './use-messages-tab.ts';
import './pane.css';

/** The channel or DM in the middle. */
export function Conversation() {
  const id = useStore((state) => state.channel);
  const user = useStore((state) => state.user);
  const channel = useChannel(id);
  if (!channel)
    return (
      <main className="pane conversation">
        <p className="pane-empty">
          There is no conversation that you can see. Choose another person on the left.
        </p>
      </main>
    );
  return <Open key={`${user}/${id}`} channel={channel} />;
}

function Open({ channel }: { channel: Channel }) {
  const user = useStore((state) => state.user);
  const people = useStore((state) => state.people);
  const newSince = useStore((state) => state.newSince);
  const list = useTopLevel(channel.id);
  const notice = usePostingNotice(channel.id);
  const intro = useMemo(() => <ChannelIntro channel={channel} />, [channel]);
  useMessagesTab(channel);
  const direct = channel.kind === 'im' || channel.kind === 'mpim';
  const name = `${direct ? '' : '#'}${channelName(channel, user, people)}`;
  return (
    <main className="pane conversation">
      <ChannelHeader channel={channel} />
      <DropZone
        place={draftKey(user, channel.id, '')}
        label={`Upload to ${name}`}
        disabled={notice !== undefined}
      >
        <MessageList channel={channel.id} list={list} label="Messages" newSince={newSince} intro={intro} />
        {notice ? (
          <ClosedComposer channel={channel} notice={notice} />
        ) : (
          <Composer channel={channel.id} label={`Message ${name}`} placeholder={`Message ${name}`} />
        )}
      </DropZone>
    </main>
  );
}
