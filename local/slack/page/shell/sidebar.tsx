import { Plus, Search } from 'lucide-react';
import { type KeyboardEvent, useMemo } from 'react';
import { useMe } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import { IconButton } from '../ui/button.tsx';
import { AppRow } from './app-row.tsx';
import { ConversationRow } from './conversation-row.tsx';
import { sectionsOf } from './conversations.ts';
import { PersonSwitcher } from './person-switcher.tsx';
import { Section } from './section.tsx';
import { openDialog, showSidebar, useShell } from './shell-state.ts';
import { ThemeSwitch } from './theme-switch.tsx';
import { WorkspaceMenu } from './workspace-menu.tsx';
import './sidebar.css';

/** The left side: workspace, channels, direct messages, apps, and as whom one writes. */
export function Sidebar() {
  const me = useMe();
  const { channels, people, apps, installations } = useStoreOfWorld();
  const shown = useShell((state) => state.sidebar);
  const sections = useMemo(
    () => me && sectionsOf(me, channels.values(), people, apps, installations),
    [me, channels, people, apps, installations],
  );
  return (
    <>
      {shown && <div className="sidebar-shade" aria-hidden="true" onClick={() => showSidebar(false)} />}
      <div className={`sidebar ${shown ? 'sidebar-shown' : ''}`}>
        <header className="sidebar-head">
          <WorkspaceMenu />
          <IconButton
            label="Jump to a conversation (Ctrl+K)"
            aria-keyshortcuts="Control+K Meta+K"
            onClick={() => openDialog('jump')}
          >
            <Search size={18} aria-hidden="true" />
          </IconButton>
        </header>
        <nav className="sidebar-lists" aria-label="Conversations" onKeyDown={moveFocus}>
          <Section
            title="Channels"
            action={
              <IconButton label="Create a channel" onClick={() => openDialog('create-channel')}>
                <Plus size={16} aria-hidden="true" />
              </IconButton>
            }
          >
            {sections?.channels.map(({ id }) => (
              <ConversationRow key={id} id={id} />
            ))}
          </Section>
          <Section
            title="Direct messages"
            action={
              <IconButton label="New direct message" onClick={() => openDialog('jump')}>
                <Plus size={16} aria-hidden="true" />
              </IconButton>
            }
          >
            {sections?.directs.map(({ id }) => (
              <ConversationRow key={id} id={id} />
            ))}
          </Section>
          {sections && sections.apps.length > 0 && (
            <Section title="Apps">
              {sections.apps.map(({ app, botUserId }) => (
                <AppRow key={botUserId} app={app} botUserId={botUserId} />
              ))}
            </Section>
          )}
        </nav>
        <footer className="sidebar-foot">
          <PersonSwitcher />
          <ThemeSwitch />
        </footer>
      </div>
    </>
  );
}

/** The parts of the store that are replaced as a whole, and only when the world is loaded anew. */
function useStoreOfWorld() {
  const channels = useStore((state) => state.channels);
  const people = useStore((state) => state.people);
  const apps = useStore((state) => state.apps);
  const installations = useStore((state) => state.installations);
  return { channels, people, apps, installations };
}

/** Arrow keys walk through all rows of the sidebar; Home and End go to the first and the last. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.sidebar-row')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  rows[Math.min(rows.length - 1, Math.max(0, to))]?.focus();
}
