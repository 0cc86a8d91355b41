import { Building2 } from 'lucide-react';
import { useStore } from '../store/store.ts';
import type { Channel } from '../store/types.ts';

/** Marks a channel that other workspaces see too; of another organisation it is what Slack calls external. */
export function SharedMark({ channel }: { channel: Pick<Channel, 'teamId' | 'sharedWith' | 'extShared'> }) {
  const workspaces = useStore((state) => state.workspaces);
  const mine = useStore((state) => state.people.get(state.user)?.teamId);
  const others = [channel.teamId, ...channel.sharedWith].filter((id) => id !== mine);
  const names = others.map((id) => workspaces.find((one) => one.id === id)?.name ?? id).join(', ');
  const label = channel.extShared ? `Shared with ${names}, another organisation` : `Shared with ${names}`;
  return (
    <span className="shared-mark" title={label}>
      <Building2 size={14} role="img" aria-label={label} />
    </span>
  );
}
