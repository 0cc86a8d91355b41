import { House } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { act } from '../api/request.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { useStore } from '../store/store.ts';
import type { App } from '../store/types.ts';
import { attempt } from '../ui/toast.tsx';
import { viewParts } from './view-parts.ts';

/** The person and app that were told last, and when that is forgotten: drawing the same place again is no visit. */
let told = '';
let leaving: ReturnType<typeof setTimeout> | undefined;

/** The home that the app published for this person; the app hears that it was opened (`app_home_opened`, §6). */
export function HomeTab({ app }: { app: App }) {
  const user = useStore((state) => state.user);
  const shown = useStore((state) => state.views.get(user)?.homes.find((home) => home.view.app_id === app.id));
  const view = useMemo(() => (shown ? viewParts(shown) : undefined), [shown]);
  useEffect(() => {
    const visit = `${user} ${app.id}`;
    clearTimeout(leaving);
    if (told !== visit) {
      told = visit;
      void attempt(() => act('home', { user, app: app.id, tab: 'home' }));
    }
    return () => {
      // StrictMode mounts twice at once: only what comes later is another visit.
      leaving = setTimeout(() => {
        told = '';
      }, 0);
    };
  }, [user, app.id]);
  if (!view) {
    return (
      <div className="app-home-empty">
        <House size={34} aria-hidden="true" />
        <p className="app-home-empty-title">This is a work in progress</p>
        <p>{app.name} has not published a home for you yet. It was told that you are here.</p>
      </div>
    );
  }
  return (
    <div className="app-home-view">
      <Blocks blocks={view.blocks} owner={{ kind: 'home', viewId: view.id, app: app.id }} form={view.form} />
    </div>
  );
}
