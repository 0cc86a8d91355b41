import { ArrowLeftRight, Check, Plus } from 'lucide-react';
import { useState } from 'react';
import type { AuthorizeScreen } from '../../oauth/authorize-screen.ts';
import { request } from '../api/request.ts';
import { Button } from '../ui/button.tsx';
import { initials, toneOf } from '../ui/initials.ts';
import type { Fault } from './authorize-fault.tsx';
import { type ScopeGroup, scopeGroups } from './scope-groups.ts';
import '../ui/avatar.css';
import '../ui/field.css';

export type Screen = AuthorizeScreen;

/** The question: who lets which app do what, and where. */
export function AuthorizeForm({ screen }: { screen: Screen }) {
  const { app, workspaces, enterprises, redirectUri } = screen;
  const [place, setPlace] = useState(workspaces.find((one) => one.chosen)?.id ?? workspaces[0]?.id ?? '');
  const people = peopleOf(screen, place);
  const [asked, setUser] = useState('');
  const user = people.find((one) => one.id === asked) ?? people[0];
  const [fault, setFault] = useState<Fault | undefined>();
  const [busy, setBusy] = useState(false);
  const granted = workspaces.find((one) => one.id === place)?.granted ?? [];
  const isOrganisation = enterprises.some((one) => one.id === place);
  const name = [...workspaces, ...enterprises].find((one) => one.id === place)?.name ?? '';

  const decide = async (allow: boolean): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    const answer = await sent({
      user: user?.id ?? '',
      ...(isOrganisation ? { enterprise: place } : { team: place }),
      allow,
    });
    if ('redirect' in answer) location.assign(answer.redirect);
    else {
      setFault(answer);
      setBusy(false);
    }
  };
  return (
    <main className="authorize-card">
      <div className="authorize-signs" aria-hidden="true">
        <AppSign id={app.id} name={app.name} />
        <ArrowLeftRight size={18} />
        <span className={`avatar avatar-large avatar-tone-${toneOf(place)}`}>{initials(name || '?')}</span>
      </div>
      <h1 className="authorize-title">
        <strong>{app.name}</strong> is asking for permission to access the <strong>{name}</strong>{' '}
        {isOrganisation ? 'organisation' : 'workspace'}
      </h1>
      {app.description !== '' && <p className="authorize-description">{app.description}</p>}
      <div className="authorize-choices">
        <label className="authorize-choice">
          <span className="field-label">Where</span>
          <select className="field-input" value={place} onChange={(event) => setPlace(event.target.value)}>
            {workspaces.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
                {one.installed ? ' (installed)' : ''}
              </option>
            ))}
            {enterprises.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}, whole organisation{one.installed ? ' (installed)' : ''}
              </option>
            ))}
          </select>
        </label>
        <label className="authorize-choice">
          <span className="field-label">Signed in as</span>
          <select className="field-input" value={user?.id} onChange={(event) => setUser(event.target.value)}>
            {people.map((one) => (
              <option key={one.id} value={one.id}>
                {one.displayName}
                {one.isAdmin ? ' (admin)' : one.isGuest ? ' (guest)' : ''}
              </option>
            ))}
          </select>
        </label>
      </div>
      {scopeGroups(screen.botScopes, screen.userScopes).map((group) => (
        <Group key={group.title} group={group} granted={granted} />
      ))}
      {fault && (
        <p className="authorize-refused" role="alert">
          {fault.message} <span className="authorize-code">({fault.error})</span>
        </p>
      )}
      <div className="authorize-buttons">
        <Button onClick={() => void decide(false)} disabled={busy}>
          Cancel
        </Button>
        <Button kind="primary" onClick={() => void decide(true)} disabled={busy || user === undefined}>
          Allow
        </Button>
      </div>
      <p className="authorize-note">
        Afterwards you are sent to <span className="authorize-url">{redirectUri}</span>
      </p>
    </main>
  );
}

function AppSign({ id, name }: { id: string; name: string }) {
  if (name === 'sluice') return <img className="avatar avatar-large" src="/icon.svg" alt="" />;
  return <span className={`avatar avatar-large avatar-tone-${toneOf(id)}`}>{initials(name)}</span>;
}

function Group({ group, granted }: { group: ScopeGroup; granted: string[] }) {
  return (
    <section className="authorize-group">
      <h2>{group.title}</h2>
      <ul>
        {group.permissions.map(({ scope, says }) => (
          <Permission key={scope} {...{ scope, says }} isNew={!granted.includes(scope)} />
        ))}
      </ul>
    </section>
  );
}

function Permission({ scope, says, isNew }: { scope: string; says: string; isNew: boolean }) {
  const Sign = isNew ? Plus : Check;
  return (
    <li title={isNew ? 'New' : 'The app has this already'}>
      <Sign className={isNew ? 'authorize-new' : ''} size={16} aria-hidden="true" />
      <span>
        {says} <span className="authorize-scope">{scope}</span>
        {!isNew && <span className="visually-hidden"> (the app has this already)</span>}
      </span>
    </li>
  );
}

/** People of the workspace; everybody for an organisation, or where nobody has that workspace as their own. */
function peopleOf({ people }: Screen, place: string): Screen['people'] {
  const own = people.filter((one) => one.teamId === place);
  return own.length > 0 ? own : people;
}

async function sent(decision: object): Promise<{ redirect: string } | Fault> {
  const query = Object.fromEntries(new URLSearchParams(location.search));
  try {
    return await request<{ redirect: string } | Fault>('POST', '/oauth/authorize', { ...decision, query });
  } catch (error) {
    return { error: 'request_failed', message: error instanceof Error ? error.message : String(error) };
  }
}
