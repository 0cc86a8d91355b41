import { go } from '../store/navigate.ts';
import { useStore } from '../store/store.ts';
import type { App } from '../store/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { attempt } from '../ui/toast.tsx';
import { openDirect } from './open-direct.ts';
import { showSidebar } from './shell-state.ts';

/** An installed app: opens its Home tab, or the DM with it where it has none. */
export function AppRow({ app, botUserId }: { app: App; botUserId: string }) {
  const here = useStore((state) => state.home === app.id);
  const open = (): void => {
    showSidebar(false);
    if (app.homeTab) go({ home: app.id });
    else void attempt(() => openDirect(botUserId));
  };
  return (
    <li>
      <button type="button" className="sidebar-row" aria-current={here ? 'page' : undefined} onClick={open}>
        <Avatar user={botUserId} size="small" />
        <span className="sidebar-row-name">{app.name}</span>
        <span className="sidebar-row-kind">{app.homeTab ? 'Home' : 'App'}</span>
      </button>
    </li>
  );
}
