import { useState } from 'react';
import { useStore } from '../../store/store.ts';
import { AppForm } from './app-form.tsx';
import { AppSwitches } from './app-switches.tsx';

/** Where Slack sends what to an app, and what the app is. */
export function AppSection() {
  useStore((state) => state.state);
  const apps = [...useStore.getState().apps.values()];
  const [chosen, setChosen] = useState('');
  const app = apps.find((one) => one.id === chosen) ?? apps[0];
  if (!app) return null;
  return (
    <section aria-labelledby="app-heading">
      <h3 className="panel-heading" id="app-heading">
        App {app.name}
      </h3>
      {apps.length > 1 && (
        <label className="panel-field">
          <span>App</span>
          <select value={app.id} onChange={(event) => setChosen(event.target.value)}>
            {apps.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <AppForm key={app.id} app={app} />
      <AppSwitches app={app} />
    </section>
  );
}
