import type { Simulator } from '../simulator.ts';
import type { App } from '../world/types.ts';
import { appOfClient } from './client.ts';
import { scopeList, unknownScopes } from './scopes.ts';
import type { Grant } from './types.ts';

/** The query of `/oauth/v2/authorize` (§8). */
export type AuthorizeQuery = {
  client_id?: string | undefined;
  scope?: string | undefined;
  user_scope?: string | undefined;
  redirect_uri?: string | undefined;
  state?: string | undefined;
  team?: string | undefined;
  code_challenge?: string | undefined;
  code_challenge_method?: string | undefined;
};

/** What Slack shows instead of the page when the request is wrong: nobody is redirected. */
export type AuthorizeFault = { error: string; message: string };

/** A good request: who asks for what, and where the person goes afterwards. */
type Checked = { app: App; grant: Grant; redirectUri: string };

/** Checks an authorize request; what is wrong comes back as what Slack would say. */
export function checkAuthorize(sim: Simulator, query: AuthorizeQuery): Checked | AuthorizeFault {
  const app = appOfClient(sim.world, query.client_id);
  if (!app)
    return fault('invalid_client_id', `There is no app with the client id "${query.client_id ?? ''}".`);
  const redirectUri = redirectOf(app, query.redirect_uri);
  if (redirectUri === undefined) {
    const known = app.redirectUrls.join(', ') || 'none';
    const given = query.redirect_uri ?? 'none';
    return fault('bad_redirect_uri', `redirect_uri did not match: given ${given}, configured ${known}.`);
  }
  const botScopes = scopeList(query.scope);
  const userScopes = scopeList(query.user_scope);
  if (botScopes.length + userScopes.length === 0) {
    return fault('no_scopes', 'The request asks for nothing: give scope or user_scope.');
  }
  const wrong = [...unknownScopes(botScopes, 'bot'), ...unknownScopes(userScopes, 'user')];
  if (wrong.length > 0) return fault('invalid_scope', `There are no such permissions: ${wrong.join(', ')}.`);
  const codeChallenge = query.code_challenge || undefined;
  if (codeChallenge !== undefined) {
    if (!app.pkce) return fault('pkce_not_allowed', 'PKCE is not switched on for this app (pkce_enabled).');
    if (query.code_challenge_method !== 'S256') {
      return fault('invalid_code_challenge_method', 'code_challenge_method must be S256.');
    }
  }
  const grant = { appId: app.id, botScopes, userScopes, redirectUri: query.redirect_uri, codeChallenge };
  return { app, grant, redirectUri };
}

/**
 * The redirect: one of the configured URLs or something below it; without `redirect_uri` the first configured.
 * Undefined when it does not match.
 */
function redirectOf(app: App, given: string | undefined): string | undefined {
  if (given === undefined || given === '') return app.redirectUrls[0];
  if (!URL.canParse(given)) return undefined;
  const wanted = new URL(given);
  const fits = app.redirectUrls.some((one) => {
    const known = new URL(one);
    const path = known.pathname.endsWith('/') ? known.pathname : `${known.pathname}/`;
    const below = wanted.pathname === known.pathname || wanted.pathname.startsWith(path);
    return wanted.origin === known.origin && below;
  });
  return fits ? given : undefined;
}

export function fault(error: string, message: string): AuthorizeFault {
  return { error, message };
}
