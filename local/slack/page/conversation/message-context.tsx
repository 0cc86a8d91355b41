import { CornerDownRight, Eye } from 'lucide-react';
import { isReply } from '../store/messages.ts';
import { go } from '../store/navigate.ts';
import { useMessage } from '../store/selectors.ts';
import { dismiss } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { plainText } from './plain-text.ts';

/** What stands above a message: that only one person sees it, or which thread it was sent from. */
export function MessageContext({ message, inThread }: { message: Message; inThread: boolean }) {
  const { channel, ts, threadTs } = message;
  if (message.ephemeralFor !== undefined)
    return (
      <div className="message-context">
        <Eye size={14} aria-hidden="true" />
        <span>Only visible to you</span>
        <span aria-hidden="true">·</span>
        <button type="button" className="link-button" onClick={() => dismiss(channel, ts)}>
          Dismiss
        </button>
      </div>
    );
  if (!message.broadcast || !isReply(message)) return null;
  if (inThread)
    return (
      <div className="message-context">
        <CornerDownRight size={14} aria-hidden="true" />
        <span>Also sent to the channel</span>
      </div>
    );
  return <BroadcastOf channel={channel} thread={threadTs ?? ''} />;
}

function BroadcastOf({ channel, thread }: { channel: string; thread: string }) {
  const parent = useMessage(channel, thread);
  return (
    <div className="message-context">
      <CornerDownRight size={14} aria-hidden="true" />
      <span className="message-context-words">replied to a thread:</span>
      <button type="button" className="link-button message-context-parent" onClick={() => go({ thread })}>
        {parent ? plainText(parent).slice(0, 120) : 'a deleted message'}
      </button>
    </div>
  );
}
