import { Square, X } from 'lucide-react';
import { go } from '../store/navigate.ts';
import { channelName } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { Channel } from '../store/types.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { stop } from './message-acts.ts';
import { useCanStop, useSession } from './session.ts';
import { SessionStatus } from './session-status.tsx';

/** The top of a thread: where it belongs, and of an agent's session its title, what it does, and the stop button. */
export function ThreadHeader({ channel, ts }: { channel: Channel; ts: string }) {
  const user = useStore((state) => state.user);
  const people = useStore((state) => state.people);
  const session = useSession(channel.id, ts);
  const canStop = useCanStop(channel.id, ts);
  const direct = channel.kind === 'im' || channel.kind === 'mpim';
  const place = `${direct ? '' : '#'}${channelName(channel, user, people)}`;
  return (
    <header className="pane-head">
      <div className="thread-names">
        <h2 className="pane-title" title={session?.title || undefined}>
          {session?.title ? session.title : 'Thread'}
        </h2>
        <span className="thread-place">{place}</span>
      </div>
      <div className="thread-session" role="status" aria-label="Agent">
        <SessionStatus channel={channel.id} thread={ts} />
        {canStop && (
          <Button className="thread-stop" onClick={() => stop(channel.id, ts)}>
            <Square size={11} fill="currentcolor" aria-hidden="true" /> Stop
          </Button>
        )}
      </div>
      <IconButton label="Close thread" aria-keyshortcuts="Escape" onClick={() => go({ thread: '' })}>
        <X size={18} aria-hidden="true" />
      </IconButton>
    </header>
  );
}
