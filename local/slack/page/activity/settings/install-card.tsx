import { ExternalLink } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { request } from '../../api/request.ts';
import type { App, Installation, Workspace } from '../../store/types.ts';
import { Button } from '../../ui/button.tsx';
import { attempt, toast } from '../../ui/toast.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { authorizeUrl } from './authorize-url.ts';
import { linesOf } from './line-list.ts';

/** One app in one workspace: its scopes and token, adding and taking away. */
export function InstallCard({
  app,
  workspace,
  installation,
}: {
  app: App;
  workspace: Workspace;
  installation: Installation | undefined;
}) {
  const [editing, setEditing] = useState(false);
  const installed = installation !== undefined && !installation.revoked;
  const who = { app: app.id, team: workspace.id };
  const set = (change: object): Promise<unknown> =>
    attempt(() => request('PUT', '/installation', { ...who, ...change }));
  const saveScopes = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const scopes = linesOf(String(new FormData(event.currentTarget).get('scopes')));
    void set({ scopes }).then(() => {
      setEditing(false);
      toast('Saved.');
    });
  };
  return (
    <li className="install-card">
      <p>
        <b>{workspace.name}</b>
        <span className={installed ? 'install-state on' : 'install-state'}>{stateOf(installation)}</span>
      </p>
      {installation && (
        <p className="install-token">
          {installation.scopes.length} scopes · token <code>{short(installation.botToken)}</code>
        </p>
      )}
      <div className="panel-row">
        <a
          className="button"
          href={authorizeUrl(app, workspace.id, installation)}
          target="_blank"
          rel="noreferrer"
        >
          Add to Slack <ExternalLink size={13} aria-hidden />
          <span className="visually-hidden">
            , {app.name} in {workspace.name}, in a new tab
          </span>
        </a>
        {installation && (
          <Button aria-expanded={editing} onClick={() => setEditing(!editing)}>
            Scopes
          </Button>
        )}
        {installed && (
          <Confirm
            title={`Uninstall ${app.name} from ${workspace.name}?`}
            text="Its tokens end, and the app is told by tokens_revoked and app_uninstalled."
            action="Uninstall"
            onConfirm={() => void attempt(() => request('POST', '/uninstall', who))}
          >
            <Button>Uninstall</Button>
          </Confirm>
        )}
        {installed && installation.botToken !== '' && (
          <Confirm
            title={`Revoke the bot’s token in ${workspace.name}?`}
            text="Calls with it are answered token_revoked from now on, and the app is told. Without another token the app is uninstalled."
            action="Revoke the token"
            onConfirm={() => void revoke(installation.botToken)}
          >
            <Button>Revoke token</Button>
          </Confirm>
        )}
        {!installed && (
          <Button
            onClick={() =>
              void attempt(() => request('POST', '/installations', { app: app.id, teamId: workspace.id }))
            }
          >
            Install without asking
          </Button>
        )}
      </div>
      {editing && installation && (
        <form className="settings-form" onSubmit={saveScopes}>
          <label className="settings-area">
            <span>Scopes of the bot, one per line</span>
            <textarea name="scopes" rows={6} defaultValue={installation.scopes.join('\n')} />
          </label>
          <Button type="submit">Save scopes</Button>
        </form>
      )}
    </li>
  );
}

const revoke = (token: string): Promise<unknown> =>
  attempt(async () => {
    await request('PATCH', '/tokens', { token, revoke: true });
    toast('The token was revoked.');
  });

const stateOf = (installation: Installation | undefined): string => {
  if (!installation) return 'not installed';
  if (installation.revoked) return 'uninstalled';
  return installation.isEnterpriseInstall ? 'installed for the organisation' : 'installed';
};

const short = (token: string): string => (token === '' ? 'none' : `${token.slice(0, 5)}…${token.slice(-4)}`);
