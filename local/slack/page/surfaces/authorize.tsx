import { useEffect, useState } from 'react';
import { request } from '../api/request.ts';
import { AuthorizeFault, type Fault } from './authorize-fault.tsx';
import { AuthorizeForm, type Screen } from './authorize-form.tsx';
import './authorize.css';

/** The "Add to Slack" page at `/oauth/v2/authorize` (§8): asks a person whether an app may come. */
export function Authorize() {
  const [screen, setScreen] = useState<Screen | Fault | undefined>();
  useEffect(() => {
    let stale = false;
    request<Screen | Fault>('GET', `/oauth/authorize${location.search}`).then(
      (given) => !stale && setScreen(given),
      (error: unknown) =>
        !stale &&
        setScreen({
          error: 'invalid_arguments',
          message: error instanceof Error ? error.message : String(error),
        }),
    );
    return () => {
      stale = true;
    };
  }, []);
  const app = screen && 'app' in screen ? screen.app.name : '';
  useEffect(() => {
    document.title = app === '' ? 'Authorize · Slack simulator' : `Authorize ${app} · Slack simulator`;
  }, [app]);
  return (
    <div className="authorize">
      {screen === undefined ? (
        <p className="loading" role="status">
          Loading …
        </p>
      ) : 'error' in screen ? (
        <AuthorizeFault fault={screen} />
      ) : (
        <AuthorizeForm screen={screen} />
      )}
    </div>
  );
}
