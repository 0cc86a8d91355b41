import { revokeToken } from '../../oauth/uninstall.ts';
import { CURSOR_ARGS, pageOf } from '../cursor.ts';
import type { Method } from '../method.ts';

/** auth.test: who the token is (§8 handleCallback uses it for the bot id). */
export const authTest: Method = {
  args: {},
  scopes: [],
  tokens: ['bot', 'user'],
  run({ sim, caller }) {
    const { installation, token, userId, app } = caller;
    const { teamId, botId, enterpriseId, isEnterpriseInstall } = installation;
    const workspace = sim.world.workspaces.get(teamId);
    const enterprise = sim.world.enterprises.get(enterpriseId ?? '');
    const person = sim.world.people.get(userId);
    const org = isEnterpriseInstall && enterprise;
    return {
      url: `https://${org ? `${org.domain}.enterprise` : workspace?.domain}.slack.com/`,
      team: org ? org.name : workspace?.name,
      user: person?.name ?? app.botName,
      team_id: org ? org.id : teamId,
      user_id: userId,
      ...(token?.kind === 'user' ? {} : { bot_id: botId }),
      app_id: app.id,
      ...(enterpriseId === null ? {} : { enterprise_id: enterpriseId }),
      is_enterprise_install: isEnterpriseInstall,
      ...(token?.expiresAt ? { expires_in: Math.round((token.expiresAt - sim.clock.now()) / 1000) } : {}),
    };
  },
};

/** auth.revoke: ends the token it is called with; `test` only says whether it could. */
export const authRevoke: Method = {
  args: { test: { type: 'boolean' } },
  scopes: [],
  tokens: ['bot', 'user'],
  run({ sim, caller, args }) {
    const revoked = !args.boolean('test') && caller.token !== null;
    if (revoked && caller.token) revokeToken(sim, caller.token);
    return { revoked };
  },
};

/** auth.teams.list (§8 org install): the workspaces that a token is good for. */
export const authTeamsList: Method = {
  args: { ...CURSOR_ARGS, include_icon: { type: 'boolean' } },
  scopes: [],
  tokens: ['bot', 'user'],
  run({ sim, caller, args }) {
    const { token, installation } = caller;
    const places = token ? sim.world.installationsOf(token) : [installation];
    const teams = places
      .filter((one) => !one.revoked)
      .map(({ teamId }) => ({ id: teamId, name: sim.world.workspaces.get(teamId)?.name ?? '' }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const { items, rest } = pageOf(teams, args, { kind: 'team', idOf: (team) => team.id });
    return { teams: items, ...rest };
  },
};
