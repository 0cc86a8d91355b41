import type { Simulator } from '../simulator.ts';
import type { App, Person } from '../world/types.ts';
import { type AuthorizeFault, type AuthorizeQuery, checkAuthorize } from './check-authorize.ts';
import { scopeSentence } from './scopes.ts';

/** What the authorize page shows. */
export type AuthorizeScreen = {
  app: Pick<App, 'id' | 'name' | 'description' | 'isAgent' | 'distribution'>;
  /** Where the person goes afterwards. */
  redirectUri: string;
  state: string;
  botScopes: { scope: string; says: string }[];
  userScopes: { scope: string; says: string }[];
  workspaces: {
    id: string;
    name: string;
    domain: string;
    installed: boolean;
    /** Bot scopes that it has there already. */
    granted: string[];
    /** The one of `team`, or the first. */
    chosen: boolean;
  }[];
  /** Organisations, where the app may be installed for all of one. */
  enterprises: { id: string; name: string; domain: string; installed: boolean }[];
  /** Who can sign in. */
  people: Pick<Person, 'id' | 'teamId' | 'displayName' | 'isAdmin' | 'isGuest'>[];
};

/** What the page shows for a request, or what Slack says against it. */
export function authorizeScreen(sim: Simulator, query: AuthorizeQuery): AuthorizeScreen | AuthorizeFault {
  const checked = checkAuthorize(sim, query);
  if ('error' in checked) return checked;
  const { app, grant, redirectUri } = checked;
  const live = sim.world.installations.filter((one) => one.appId === app.id && !one.revoked);
  const words = (scopes: string[]) => scopes.map((scope) => ({ scope, says: scopeSentence(scope) }));
  return {
    app: {
      id: app.id,
      name: app.name,
      description: app.description,
      isAgent: app.isAgent,
      distribution: app.distribution,
    },
    redirectUri,
    state: query.state ?? '',
    botScopes: words(grant.botScopes),
    userScopes: words(grant.userScopes),
    workspaces: [...sim.world.workspaces.values()].map(({ id, name, domain }, at) => ({
      id,
      name,
      domain,
      installed: live.some((one) => one.teamId === id),
      granted: live.find((one) => one.teamId === id)?.scopes ?? [],
      chosen: query.team === undefined ? at === 0 : query.team === id,
    })),
    enterprises: [...sim.world.enterprises.values()]
      .filter(() => app.orgDeploy)
      .map((one) => ({
        ...one,
        installed: live.some((place) => place.isEnterpriseInstall && place.enterpriseId === one.id),
      })),
    people: [...sim.world.people.values()]
      .filter((one) => !one.isBot && !one.deleted)
      .map(({ id, teamId, displayName, isAdmin, isGuest }) => ({
        id,
        teamId,
        displayName,
        isAdmin,
        isGuest,
      })),
  };
}
