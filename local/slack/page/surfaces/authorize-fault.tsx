import { TriangleAlert } from 'lucide-react';

/** What somebody can do about a fault of an authorize request, by its code. */
const HELP: Record<string, string> = {
  invalid_client_id: 'Take the client id from the app’s settings; it belongs into client_id of the address.',
  bad_redirect_uri:
    'Add the URL to the app’s redirect URLs, or give one of those that are there as redirect_uri.',
  no_scopes:
    'List the permissions in scope (for the bot) or user_scope (for the person), with commas between.',
  invalid_scope: 'Check the spelling, and whether the permission is for bots or for people.',
  pkce_not_allowed: 'Switch PKCE on in the app’s manifest, or leave code_challenge out.',
  invalid_code_challenge_method: 'Send code_challenge_method=S256.',
};

export type Fault = { error: string; message: string };

/** The page that is shown instead of the question: nobody is sent anywhere. */
export function AuthorizeFault({ fault }: { fault: Fault }) {
  return (
    <main className="authorize-card">
      <TriangleAlert className="authorize-fault-sign" size={30} aria-hidden="true" />
      <h1 className="authorize-title">Something went wrong when authorizing this app.</h1>
      <p>{fault.message}</p>
      {HELP[fault.error] && <p className="authorize-help">{HELP[fault.error]}</p>}
      <p className="authorize-code">Error code: {fault.error}</p>
      <p>
        <a href="/">Back to the workspace</a>
      </p>
    </main>
  );
}
