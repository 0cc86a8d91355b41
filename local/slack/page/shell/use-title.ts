import { useEffect } from 'react';
import { channelName, useChannel, useMe } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';

/** The name of the browser's tab says where one is, as in Slack: `#general · Sluice · Slack simulator`. */
export function useTitle(): void {
  const me = useMe();
  const channel = useChannel(useStore((state) => state.channel));
  const people = useStore((state) => state.people);
  const app = useStore((state) => state.apps.get(state.home)?.name ?? '');
  const workspace = useStore((state) => state.workspaces.find((one) => one.id === me?.teamId)?.name ?? '');
  const sign = channel?.kind === 'channel' ? '#' : '';
  const place = channel && me ? `${sign}${channelName(channel, me.id, people)}` : '';
  const title = [app || place, workspace, 'Slack simulator'].filter((part) => part !== '').join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
