import { request } from '../../api/request.ts';
import { useAppOf, useChannel, useMe } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import type { Channel } from '../../store/types.ts';
import { Button } from '../../ui/button.tsx';
import { attempt } from '../../ui/toast.tsx';
import { type PostingNotice, postingNotice } from '../posting.ts';

/** Why the person cannot write here; undefined when they can. */
export function usePostingNotice(channelId: string): PostingNotice | undefined {
  const channel = useChannel(channelId);
  const me = useMe();
  const people = useStore((state) => state.people);
  const other = channel?.kind === 'im' ? channel.members.find((id) => id !== me?.id) : undefined;
  const app = useAppOf(other ?? '');
  return channel && me ? postingNotice(channel, me, { people, app }) : undefined;
}

/** What stands in the composer's place where one cannot write. */
export function ClosedComposer({ channel, notice }: { channel: Channel; notice: PostingNotice }) {
  const join = (): void => {
    const { user } = useStore.getState();
    void attempt(() => request('PATCH', '/channels', { channel: channel.id, join: [user] }));
  };
  return (
    <div className="composer-closed">
      <p>{notice.text}</p>
      {notice.canJoin && (
        <Button kind="primary" onClick={join}>
          Join Channel
        </Button>
      )}
    </div>
  );
}
