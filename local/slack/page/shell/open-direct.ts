import { request } from '../api/request.ts';
import { go } from '../store/navigate.ts';
import { useStore } from '../store/store.ts';
import { directWith } from './conversations.ts';

/** Opens the DM with somebody; makes it first where there is none. */
export async function openDirect(other: string): Promise<void> {
  const { user, people, channels } = useStore.getState();
  const known = directWith(channels.values(), user, other);
  if (known) return go({ channel: known.id, thread: '' });
  const me = people.get(user);
  const them = people.get(other);
  if (!me || !them) return;
  const made = await request<{ id: string }>('POST', '/channels', {
    teamId: me.teamId,
    name: them.name,
    kind: 'im',
    members: [user, other],
  });
  go({ channel: made.id, thread: '' });
}
