import { SmilePlus } from 'lucide-react';
import { useStore } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { EmojiPicker } from './emoji-picker.tsx';
import { react } from './message-acts.ts';
import './reactions.css';

/** Reactions below a message: how many, who (in the title), one's own pressed. */
export function Reactions({ message, onPin }: { message: Message; onPin: (open: boolean) => void }) {
  const user = useStore((state) => state.user);
  const people = useStore((state) => state.people);
  if (message.reactions.length === 0) return null;
  return (
    <div className="reactions">
      {message.reactions.map(({ name, char, users }) => {
        const mine = users.includes(user);
        const who = users.map((id) => (id === user ? 'You' : (people.get(id)?.displayName ?? id))).join(', ');
        const what = `${who} reacted with :${name}:`;
        return (
          <button
            key={name}
            type="button"
            className="reaction"
            aria-pressed={mine}
            aria-label={`${users.length} :${name}: ${what}`}
            title={what}
            onClick={() => react(message, name, mine)}
          >
            <span aria-hidden="true">{char}</span>
            <span aria-hidden="true">{users.length}</span>
          </button>
        );
      })}
      {message.ephemeralFor === undefined && (
        <EmojiPicker
          label="Add reaction…"
          onOpenChange={onPin}
          onPick={(name) => react(message, name, isMine(message, name, user))}
        >
          <button
            type="button"
            className="reaction reaction-add"
            aria-label="Add reaction…"
            title="Add reaction…"
          >
            <SmilePlus size={16} aria-hidden="true" />
          </button>
        </EmojiPicker>
      )}
    </div>
  );
}

const isMine = (message: Message, name: string, user: string): boolean =>
  message.reactions.some((one) => one.name === name && one.users.includes(user));
