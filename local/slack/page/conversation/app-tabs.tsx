import { openDirect } from '../shell/open-direct.ts';
import { go } from '../store/navigate.ts';
import { useStore } from '../store/store.ts';
import type { App } from '../store/types.ts';
import { attempt } from '../ui/toast.tsx';
import './app-tabs.css';

/** Home and Messages of an app, as far as it has them. */
export function AppTabs({ app, current }: { app: App; current: 'home' | 'messages' }) {
  const bot = useStore(
    (state) =>
      state.installations.find(
        (one) => one.appId === app.id && one.teamId === state.people.get(state.user)?.teamId,
      )?.botUserId ?? '',
  );
  if (!app.homeTab) return <span className="app-tabs" />;
  return (
    <nav className="app-tabs" aria-label={`Tabs of ${app.name}`}>
      <button
        type="button"
        className="app-tab"
        aria-current={current === 'home' ? 'page' : undefined}
        onClick={() => go({ home: app.id })}
      >
        Home
      </button>
      {app.messagesTab && (
        <button
          type="button"
          className="app-tab"
          aria-current={current === 'messages' ? 'page' : undefined}
          onClick={() => void attempt(() => openDirect(bot))}
        >
          Messages
        </button>
      )}
    </nav>
  );
}
