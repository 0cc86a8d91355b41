import { useEffect } from 'react';
import { ActivityPanel } from './activity/activity-panel.tsx';
import { Conversation } from './conversation/conversation.tsx';
import { DeleteMessage } from './conversation/delete-message.tsx';
import { Thread } from './conversation/thread.tsx';
import { typeToWrite } from './conversation/type-to-write.ts';
import { ConnectionNotice } from './shell/connection-notice.tsx';
import { ShellDialogs } from './shell/shell-dialogs.tsx';
import { Sidebar } from './shell/sidebar.tsx';
import { useTitle } from './shell/use-title.ts';
import { useStore } from './store/store.ts';
import { AppHome } from './surfaces/app-home.tsx';
import { ModalStack } from './surfaces/modal-stack.tsx';
import { MenuHost } from './ui/menu-portal.tsx';
import './ui/menu.css';
import { Toasts } from './ui/toast.tsx';
import './app.css';

/** The whole page: channels on the left, conversation, thread, and what the app did. */
export function App() {
  const ready = useStore((state) => state.ready);
  const home = useStore((state) => state.home);
  const thread = useStore((state) => state.thread);
  useEffect(typeToWrite, []);
  useTitle();
  if (!ready)
    return (
      <p className="loading" role="status">
        Loading the workspace …
      </p>
    );
  return (
    <div className="app">
      <ConnectionNotice />
      <Sidebar />
      <div className={`stage ${thread === '' ? '' : 'stage-thread'}`}>
        {home === '' ? <Conversation /> : <AppHome />}
        {thread !== '' && <Thread />}
      </div>
      <ActivityPanel />
      <DeleteMessage />
      <ShellDialogs />
      <ModalStack />
      <MenuHost />
      <Toasts />
    </div>
  );
}
