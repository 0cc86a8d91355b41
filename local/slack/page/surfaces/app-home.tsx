import { Menu } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { openDirect } from '../shell/open-direct.ts';
import { showSidebar } from '../shell/shell-state.ts';
import { useStore } from '../store/store.ts';
import type { App, Installation } from '../store/types.ts';
import { IconButton } from '../ui/button.tsx';
import { attempt } from '../ui/toast.tsx';
import { AboutTab } from './about-tab.tsx';
import { AppIcon } from './app-icon.tsx';
import { HomeTab } from './home-tab.tsx';
import '../conversation/app-tabs.css';
import '../conversation/pane.css';
import './app-home.css';

/** An app's own space: Home, Messages (its DM) and About. */
export function AppHome() {
  const app = useStore((state) => state.apps.get(state.home));
  const place = useStore((state) =>
    installationFor(state.installations, state.home, state.people.get(state.user)?.teamId),
  );
  const user = useStore((state) => state.user);
  if (!app) return <main className="pane app-home-missing">There is no such app.</main>;
  return <Space key={`${user} ${app.id}`} app={app} place={place} />;
}

/** The install of a person's own workspace, or any. */
function installationFor(
  all: Installation[],
  app: string,
  team: string | undefined,
): Installation | undefined {
  const mine = all.filter((one) => one.appId === app && !one.revoked);
  return mine.find((one) => one.teamId === team) ?? mine[0];
}

function Space({ app, place }: { app: App; place: Installation | undefined }) {
  const hasHome = app.homeTab && place !== undefined;
  const [tab, setTab] = useState(hasHome ? 'home' : 'about');
  const shown = tab === 'home' && !hasHome ? 'about' : tab;
  const turn = (next: string): void => {
    if (next !== 'messages') setTab(next);
    else if (place) void attempt(() => openDirect(place.botUserId));
  };
  return (
    <main className="pane app-home" aria-label={app.name}>
      <Tabs.Root className="app-home-tabs" value={shown} onValueChange={turn} activationMode="manual">
        <header className="pane-head">
          <span className="pane-menu">
            <IconButton label="Show the sidebar" onClick={() => showSidebar(true)}>
              <Menu size={18} aria-hidden="true" />
            </IconButton>
          </span>
          <AppIcon app={app.id} size="medium" />
          <h1 className="pane-title">{app.name}</h1>
          <span className="message-mark">APP</span>
          <Tabs.List className="app-tabs" aria-label={`Tabs of ${app.name}`}>
            {hasHome && <Tab value="home">Home</Tab>}
            {app.messagesTab && place && <Tab value="messages">Messages</Tab>}
            <Tab value="about">About</Tab>
          </Tabs.List>
        </header>
        <Tabs.Content className="app-home-body" value="home" tabIndex={-1}>
          <HomeTab app={app} />
        </Tabs.Content>
        <Tabs.Content className="app-home-body" value="messages" />
        <Tabs.Content className="app-home-body" value="about" tabIndex={-1}>
          <AboutTab app={app} place={place} />
        </Tabs.Content>
      </Tabs.Root>
    </main>
  );
}

function Tab({ value, children }: { value: string; children: string }) {
  return (
    <Tabs.Trigger value={value} className="app-tab app-home-tab">
      {children}
    </Tabs.Trigger>
  );
}
