import type { App } from '../store/types.ts';

/** Where "Add to Slack" of an app leads (§8); undefined where it cannot be added. */
export function authorizeAddress(app: App): string | undefined {
  const scopes = [...app.botScopes, ...app.userScopes];
  if (app.redirectUrls.length === 0 || scopes.length === 0) return undefined;
  const query = new URLSearchParams({ client_id: app.clientId, scope: app.botScopes.join(',') });
  if (app.userScopes.length > 0) query.set('user_scope', app.userScopes.join(','));
  return `/oauth/v2/authorize?${query}`;
}
