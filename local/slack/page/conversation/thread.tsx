import { useMemo } from 'react';
import { useChannel, useMessage, useReplies } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { Channel } from '../store/types.ts';
import { Composer } from './composer/composer.tsx';
import { ClosedComposer, usePostingNotice } from './composer/composer-place.tsx';
import { draftKey } from './composer/drafts.ts';
import { DropZone } from './composer/drop-zone.tsx';
import { MessageList } from './message-list.tsx';
import { ThreadHeader } from './thread-header.tsx';
import './pane.css';

/** A thread beside its channel: the message that began it, the replies, and where one writes another. */
export function Thread() {
  const user = useStore((state) => state.user);
  const id = useStore((state) => state.channel);
  const ts = useStore((state) => state.thread);
  const channel = useChannel(id);
  if (!channel || ts === '') return null;
  return <Open key={`${user}/${id}/${ts}`} channel={channel} ts={ts} />;
}

function Open({ channel, ts }: { channel: Channel; ts: string }) {
  const user = useStore((state) => state.user);
  const replies = useReplies(channel.id, ts);
  const hasParent = useMessage(channel.id, ts) !== undefined;
  const list = useMemo(() => (hasParent ? [ts, ...replies] : replies), [hasParent, ts, replies]);
  const notice = usePostingNotice(channel.id);
  return (
    <aside className="pane thread" aria-label="Thread">
      <ThreadHeader channel={channel} ts={ts} />
      <DropZone
        place={draftKey(user, channel.id, ts)}
        label="Upload to this thread"
        disabled={notice !== undefined}
      >
        {list.length === 0 ? (
          <p className="pane-empty">This thread does not exist any more.</p>
        ) : (
          <MessageList channel={channel.id} list={list} label="Replies" inThread />
        )}
        {notice ? (
          <ClosedComposer channel={channel} notice={notice} />
        ) : (
          <Composer channel={channel.id} thread={ts} label="Reply in thread" placeholder="Reply…" />
        )}
      </DropZone>
    </aside>
  );
}
