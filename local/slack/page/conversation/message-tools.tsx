import { MessageSquareText, Pencil, SmilePlus } from 'lucide-react';
import { useStore } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { IconButton } from '../ui/button.tsx';
import { EmojiPicker } from './emoji-picker.tsx';
import { openThread, react } from './message-acts.ts';
import { MessageMenu } from './message-menu.tsx';
import { startEditing } from './talk-state.ts';
import './message-tools.css';

/** What can be done with a message, shown beside it while the pointer or the focus is there. */
export function MessageTools({
  message,
  inThread,
  onPin,
}: {
  message: Message;
  inThread: boolean;
  /** Told when something of it opens over the page: it must stay then. */
  onPin: (open: boolean) => void;
}) {
  const user = useStore((state) => state.user);
  if (message.ephemeralFor !== undefined) return null;
  const mine = message.user === user && message.botId === undefined;
  const pick = (name: string): void =>
    react(
      message,
      name,
      message.reactions.some((one) => one.name === name && one.users.includes(user)),
    );
  return (
    <div className="message-tools" role="toolbar" aria-label="Message actions">
      <EmojiPicker label="Add reaction…" onPick={pick} onOpenChange={onPin}>
        <IconButton label="Add reaction">
          <SmilePlus size={18} aria-hidden="true" />
        </IconButton>
      </EmojiPicker>
      {!inThread && (
        <IconButton label="Reply in thread" onClick={() => openThread(message)}>
          <MessageSquareText size={18} aria-hidden="true" />
        </IconButton>
      )}
      {mine && (
        <IconButton label="Edit message" onClick={() => startEditing(message.channel, message.ts, inThread)}>
          <Pencil size={17} aria-hidden="true" />
        </IconButton>
      )}
      <MessageMenu message={message} mine={mine} inThread={inThread} onPin={onPin} />
    </div>
  );
}
