import { useEffect } from 'react';
import { act } from '../api/request.ts';
import { useAppOf } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { Channel } from '../store/types.ts';
import { attempt } from '../ui/toast.tsx';

/** The place whose app was told last: drawing the same place again is no visit. */
let told = '';

/** Tells an app that its Messages tab was opened, as Slack does (`app_home_opened`, §10.4). */
export function useMessagesTab(channel: Channel): void {
  const user = useStore((state) => state.user);
  const home = useStore((state) => state.home);
  const other = channel.kind === 'im' ? channel.members.find((id) => id !== user) : undefined;
  const app = useAppOf(other ?? '')?.id;
  useEffect(() => {
    const place = app === undefined ? '' : `${user}/${app}`;
    if (home !== '' || place === told) return;
    told = place;
    if (app !== undefined) void attempt(() => act('home', { user, app, tab: 'messages' }));
  }, [user, app, home]);
}
