import { useEffect } from 'react';
import { go } from '../store/navigate.ts';
import { useStore } from '../store/store.ts';
import { CreateChannel } from './create-channel.tsx';
import { Jump } from './jump.tsx';
import { openDialog, showSidebar, useShell } from './shell-state.ts';

/** The shell's dialogs, and the keys that work everywhere: Ctrl/Cmd+K jumps, Escape closes the thread. */
export function ShellDialogs() {
  const dialog = useShell((state) => state.dialog);
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  if (dialog === 'jump') return <Jump />;
  return dialog === 'create-channel' ? <CreateChannel /> : null;
}

/** What lies over the page takes Escape for itself. */
const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"]';

function onKeyDown(event: KeyboardEvent): void {
  if (
    (event.ctrlKey || event.metaKey) &&
    !event.shiftKey &&
    !event.altKey &&
    event.key.toLowerCase() === 'k'
  ) {
    event.preventDefault();
    if (document.querySelector(OVERLAYS) === null) openDialog('jump');
  } else if (event.key === 'Escape' && !event.defaultPrevented) {
    if (useShell.getState().sidebar) showSidebar(false);
    else closeThread();
  }
}

function closeThread(): void {
  if (useStore.getState().thread === '' || document.querySelector(OVERLAYS) !== null) return;
  const inside = document.querySelector('.thread')?.contains(document.activeElement) ?? false;
  const { thread } = useStore.getState();
  go({ thread: '' });
  // Focus goes back to the message whose thread it was.
  if (inside)
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`.conversation article[data-ts="${CSS.escape(thread)}"]`)?.focus(),
    );
}
