import type { ReactNode } from 'react';
import { request } from '../api/request.ts';
import { useStore } from '../store/store.ts';
import type { App, Installation } from '../store/types.ts';
import { Button } from '../ui/button.tsx';
import { attempt, toast } from '../ui/toast.tsx';
import { authorizeAddress } from './authorize-address.ts';
import { UninstallButton } from './uninstall-button.tsx';

/** What an app is: description, commands, shortcuts, where it is installed, and how it goes away. */
export function AboutTab({ app, place }: { app: App; place: Installation | undefined }) {
  const workspaces = useStore((state) => state.workspaces);
  const installations = useStore((state) => state.installations);
  const teams = installations
    .filter((one) => one.appId === app.id && !one.revoked)
    .map((one) => workspaces.find((workspace) => workspace.id === one.teamId)?.name ?? one.teamId);
  const uninstall = async (): Promise<void> => {
    await attempt(async () => {
      await request('POST', '/uninstall', { app: app.id, team: place?.teamId });
      toast(`${app.name} was uninstalled.`);
    });
  };
  return (
    <div className="about">
      <p className="about-description">{app.description || 'This app has no description.'}</p>
      <Part title="Slash commands" empty="None" items={app.commands}>
        {(one) => (
          <li key={one.command}>
            <strong>{one.command}</strong> {one.usageHint && <code>{one.usageHint}</code>}
            <span className="about-note">{one.description}</span>
          </li>
        )}
      </Part>
      <Part title="Shortcuts" empty="None" items={app.shortcuts}>
        {(one) => (
          <li key={one.callbackId}>
            <strong>{one.name}</strong>{' '}
            <span className="about-kind">{one.type === 'global' ? 'anywhere' : 'on messages'}</span>
            <span className="about-note">{one.description}</span>
          </li>
        )}
      </Part>
      <Part title="Permissions" empty="Not installed" items={place?.scopes ?? []}>
        {(scope) => (
          <li key={scope} className="about-scope">
            {scope}
          </li>
        )}
      </Part>
      <Part title="Installed in" empty="No workspace" items={teams}>
        {(name) => <li key={name}>{name}</li>}
      </Part>
      <div className="about-buttons">
        <AddButton app={app} installed={place !== undefined} />
        {place && <UninstallButton app={app} onConfirm={uninstall} />}
      </div>
    </div>
  );
}

function AddButton({ app, installed }: { app: App; installed: boolean }) {
  const address = authorizeAddress(app);
  if (address === undefined) {
    return (
      <p className="about-note">
        It cannot be added to a workspace: it has no redirect URL, or asks for no scopes.
      </p>
    );
  }
  return (
    <Button onClick={() => location.assign(address)}>
      {installed ? 'Add to another workspace' : 'Add to Slack'}
    </Button>
  );
}

function Part<T>({
  title,
  empty,
  items,
  children,
}: {
  title: string;
  empty: string;
  items: T[];
  children: (item: T) => ReactNode;
}) {
  return (
    <section className="about-part">
      <h2>{title}</h2>
      {items.length === 0 ? <p className="about-note">{empty}</p> : <ul>{items.map(children)}</ul>}
    </section>
  );
}
