import type { Method } from '../method.ts';

/** auth.test: who the token is (§8 handleCallback uses it for the bot id). */
export const authTest: Method = {
  args: {},
  scopes: [],
  run({ sim, caller }) {
    const { teamId, botUserId, botId } = caller.installation;
    const workspace = sim.world.workspaces.get(teamId);
    return {
      url: `https://${workspace?.domain}.slack.com/`,
      team: workspace?.name,
      user: caller.app.name,
      team_id: teamId,
      user_id: botUserId,
      bot_id: botId,
      app_id: caller.app.id,
      is_enterprise_install: false,
    };
  },
};
