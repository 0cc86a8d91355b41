import { useStore } from '../../store/store.ts';
import { startEditing } from '../talk-state.ts';

/** How far back it looks for one's own message. */
const LOOK_BACK = 200;

/** Begins to edit one's last message of a place. Returns whether there is one. */
export function editLastOwn(channel: string, thread: string): boolean {
  const { messages, user } = useStore.getState();
  const here = messages.get(channel);
  const list = thread === '' ? here?.top : here?.replies.get(thread);
  const last = list?.slice(-LOOK_BACK).findLast((ts) => {
    const message = here?.byTs.get(ts);
    return message?.user === user && message.botId === undefined && message.subtype !== 'tombstone';
  });
  if (last === undefined) return false;
  startEditing(channel, last, thread !== '');
  return true;
}
