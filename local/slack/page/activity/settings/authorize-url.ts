import type { App, Installation } from '../../store/types.ts';

/** The address of "Add to Slack" for a workspace (§8): the scopes of the manifest, else those of the install. */
export function authorizeUrl(
  app: Pick<App, 'clientId' | 'botScopes' | 'userScopes' | 'redirectUrls'>,
  team: string,
  installation: Pick<Installation, 'scopes'> | undefined,
): string {
  const scopes = app.botScopes.length > 0 ? app.botScopes : (installation?.scopes ?? []);
  const query = new URLSearchParams({ client_id: app.clientId, scope: scopes.join(','), team });
  if (app.userScopes.length > 0) query.set('user_scope', app.userScopes.join(','));
  const [redirect] = app.redirectUrls;
  if (redirect !== undefined) query.set('redirect_uri', redirect);
  return `/oauth/v2/authorize?${query}`;
}
