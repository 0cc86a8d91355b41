import { ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { go } from '../store/navigate.ts';
import { useStore } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { lastTime } from '../ui/time.ts';
import { simulatorNow, useClock } from '../ui/use-clock.ts';
import { SessionStatus } from './session-status.tsx';
import './thread-summary.css';

const NONE: string[] = [];
/** Pictures of so many people are shown. */
const FACES = 4;

/** "3 replies" below a message that has a thread, with who replied and when last. */
export function ThreadSummary({ message }: { message: Message }) {
  const { channel, ts } = message;
  const clock = useClock();
  const replies = useStore((state) => state.messages.get(channel)?.replies.get(ts) ?? NONE);
  const summary = useMemo(() => summarize(channel, replies), [channel, replies]);
  if (summary.count === 0) return null;
  return (
    <div className="thread-summary">
      <button type="button" className="thread-link" onClick={() => go({ channel, thread: ts })}>
        {summary.users.map((user) => (
          <Avatar key={user} user={user} size="small" />
        ))}
        <span className="thread-count">{summary.count === 1 ? '1 reply' : `${summary.count} replies`}</span>
        <span className="thread-last">
          <span className="thread-last-word">Last reply </span>
          {lastTime(summary.last, clock, simulatorNow())}
        </span>
        <ChevronRight size={16} className="thread-arrow" aria-hidden="true" />
      </button>
      <SessionStatus channel={channel} thread={ts} />
    </div>
  );
}

function summarize(channel: string, replies: string[]): { count: number; users: string[]; last: string } {
  const messages = useStore.getState().messages.get(channel);
  const shown = replies.filter((ts) => !messages?.ephemeral.has(ts));
  const users = new Set<string>();
  for (const ts of shown) {
    const message = messages?.byTs.get(ts);
    if (message) users.add(message.user);
    if (users.size === FACES) break;
  }
  return { count: shown.length, users: [...users], last: shown.at(-1) ?? '' };
}
