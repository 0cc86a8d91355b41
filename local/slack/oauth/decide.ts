import { newId } from '../ids.ts';
import type { Simulator } from '../simulator.ts';
import type { App, Person } from '../world/types.ts';
import { type AuthorizeFault, type AuthorizeQuery, checkAuthorize, fault } from './check-authorize.ts';
import { conflictingInstall } from './conflict.ts';
import type { Code } from './types.ts';

/** What a person answers on the page. */
export type Decision = {
  user: string;
  team?: string | undefined;
  enterprise?: string | undefined;
  allow: boolean;
};

/**
 * A person allows or refuses; gives back where Slack sends the browser: with `code`, or with `error=access_denied`.
 * A fault is shown on the page instead.
 */
export function decide(
  sim: Simulator,
  query: AuthorizeQuery,
  decision: Decision,
): { redirect: string } | AuthorizeFault {
  const checked = checkAuthorize(sim, query);
  if ('error' in checked) return checked;
  const { app, grant, redirectUri } = checked;
  const person = sim.world.people.get(decision.user);
  const refused = mayInstall(sim, app, person, decision);
  if (refused) return refused;
  const redirect = new URL(redirectUri);
  if (!decision.allow) redirect.searchParams.set('error', 'access_denied');
  else {
    const code: Code = {
      ...grant,
      code: `${newId('', 13)}.${newId('', 13)}.${newId('', 40)}`.toLowerCase(),
      userId: decision.user,
      teamId: decision.enterprise === undefined ? (decision.team ?? person?.teamId ?? null) : null,
      enterpriseId: decision.enterprise ?? null,
      expiresAt: sim.clock.now() + sim.options.codeLifetimeMs,
      used: false,
    };
    sim.world.codes.set(code.code, code);
    redirect.searchParams.set('code', code.code);
  }
  redirect.searchParams.set('state', query.state ?? '');
  return { redirect: redirect.href };
}

function mayInstall(
  sim: Simulator,
  app: App,
  person: Person | undefined,
  { team, enterprise }: Decision,
): AuthorizeFault | undefined {
  if (!person || person.deleted || person.isBot) return fault('user_not_found', 'There is no such person.');
  if (person.isGuest) return fault('user_is_restricted', 'Guests cannot install apps.');
  const home = sim.world.workspaces.get(person.teamId);
  if (enterprise !== undefined) {
    if (!sim.world.enterprises.has(enterprise))
      return fault('invalid_enterprise', 'There is no such organisation.');
    if (!app.orgDeploy)
      return fault('org_deploy_not_enabled', 'This app cannot be installed for an organisation.');
    if (home?.enterpriseId !== enterprise)
      return fault('invalid_enterprise', 'That is another organisation.');
    if (!person.isAdmin)
      return fault('restricted_action', 'Only an admin can install it for the organisation.');
    return undefined;
  }
  const teamId = team ?? person.teamId;
  const workspace = sim.world.workspaces.get(teamId);
  if (!workspace) return fault('invalid_team', 'There is no such workspace.');
  const same = home?.enterpriseId !== undefined && home.enterpriseId === workspace.enterpriseId;
  if (person.teamId !== teamId && !same)
    return fault('invalid_team', `${person.name} is not in ${workspace.name}.`);
  return conflictingInstall(sim, app, teamId)
    ? fault(
        'cannot_install_an_org_installed_app',
        'This app is installed for the whole organisation already.',
      )
    : undefined;
}
