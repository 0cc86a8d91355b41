import { memo, useState } from 'react';
import { useStore } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { clockTime, dateOf, fullTime } from '../ui/time.ts';
import { useClock } from '../ui/use-clock.ts';
import { EditMessage } from './edit-message.tsx';
import { isNote } from './grouping.ts';
import { MessageBody } from './message-body.tsx';
import { MessageContext } from './message-context.tsx';
import { MessageHead } from './message-head.tsx';
import { messageKeys } from './message-keys.ts';
import { MessageTools } from './message-tools.tsx';
import { Reactions } from './reactions.tsx';
import { useTalk } from './talk-state.ts';
import { ThreadSummary } from './thread-summary.tsx';
import './message-view.css';

/** A message with all that belongs to it. `together`: under the name of the one before. */
export const MessageView = memo(function MessageView({
  message,
  inThread,
  together,
}: {
  message: Message;
  inThread: boolean;
  together: boolean;
}) {
  const clock = useClock();
  const [near, setNear] = useState(false);
  const [pinned, setPinned] = useState(false);
  const { channel, ts } = message;
  const author = useStore((state) => message.username ?? state.people.get(message.user)?.displayName ?? '');
  const editing = useTalk(
    ({ editing: one }) => one?.channel === channel && one.ts === ts && one.inThread === inThread,
  );
  const marked = useStore(
    ({ highlight, target }) =>
      (highlight?.channel === channel && highlight.ts === ts) || (highlight === undefined && target === ts),
  );
  const tombstone = message.subtype === 'tombstone';
  const classes = [
    'message',
    together && 'message-together',
    message.ephemeralFor !== undefined && 'message-ephemeral',
    isNote(message) && 'message-note',
    marked && 'message-marked',
    editing && 'message-editing',
    message.streamingState !== 'in_progress' && 'settled',
  ];
  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      tabIndex={-1}
      data-ts={ts}
      aria-label={`${author}, ${clockTime(ts, clock)}`}
      onMouseEnter={() => setNear(true)}
      onMouseLeave={() => setNear(false)}
      onFocus={() => setNear(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setNear(false)}
      onKeyDown={(event) => messageKeys(event, message, inThread)}
    >
      <MessageContext message={message} inThread={inThread} />
      {together ? (
        <time className="message-gutter" dateTime={dateOf(ts).toISOString()} title={fullTime(ts, clock)}>
          {clockTime(ts, clock).replace(/\s*[AP]M$/i, '')}
        </time>
      ) : (
        <span className="message-picture">
          <Avatar user={message.user} name={message.username} />
        </span>
      )}
      <div className="message-content">
        {!together && !tombstone && <MessageHead message={message} />}
        {editing ? <EditMessage message={message} /> : <MessageBody message={message} />}
        <Reactions message={message} onPin={setPinned} />
        {!inThread && <ThreadSummary message={message} />}
      </div>
      {(near || pinned) && !editing && !tombstone && (
        <MessageTools message={message} inThread={inThread} onPin={setPinned} />
      )}
    </article>
  );
});
