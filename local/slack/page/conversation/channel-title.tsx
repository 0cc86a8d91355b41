import { Hash, Lock } from 'lucide-react';
import { channelName } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { Channel } from '../store/types.ts';
import { Avatar } from '../ui/avatar.tsx';

/** The name of a conversation with its sign, as it stands in headers. */
export function ChannelTitle({ channel, size = 18 }: { channel: Channel; size?: number }) {
  const user = useStore((state) => state.user);
  const people = useStore((state) => state.people);
  const other = channel.members.find((member) => member !== user) ?? user;
  return (
    <span className="channel-title">
      {channel.kind === 'channel' && <Hash size={size} aria-hidden="true" />}
      {channel.kind === 'group' && <Lock size={size - 2} role="img" aria-label="Private" />}
      {channel.kind === 'im' && <Avatar user={other} size="medium" />}
      <span className="channel-title-name">{channelName(channel, user, people)}</span>
    </span>
  );
}
