import { useEffect, useRef, useState } from 'react';
import { useStore } from '../store/store.ts';

/** Tells who listens instead of looking that a message came, and from whom; not what it says. */
export function Announcer({ channel, newest }: { channel: string; newest: string }) {
  const known = useRef(newest);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (newest === known.current) return;
    known.current = newest;
    const { messages, people, user } = useStore.getState();
    const message = messages.get(channel)?.byTs.get(newest);
    if (!message || message.user === user) return;
    setSaid(`New message from ${message.username ?? people.get(message.user)?.displayName ?? 'an app'}`);
  }, [channel, newest]);
  return (
    <div className="visually-hidden" role="status">
      {said}
    </div>
  );
}
