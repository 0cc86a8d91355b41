import type { UserGroup } from '../../world/types.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';

/** team.info: the caller's workspace. @throws ApiError team_not_found for another */
export const teamInfo: Method = {
  args: { team: { type: 'string' }, domain: { type: 'string' } },
  scopes: ['team:read'],
  tokens: ['bot', 'user'],
  run({ sim, caller, args }) {
    const { token, installation } = caller;
    const own = token ? sim.world.installationsOf(token).filter((one) => !one.revoked) : [installation];
    const wanted = args.string('team') || installation.teamId;
    const team = own.some((one) => one.teamId === wanted) ? sim.world.workspaces.get(wanted) : undefined;
    if (!team) throw new ApiError('team_not_found');
    const enterprise = sim.world.enterprises.get(team.enterpriseId ?? '');
    return {
      team: {
        id: team.id,
        name: team.name,
        domain: team.domain,
        url: `https://${team.domain}.slack.com/`,
        email_domain: '',
        icon: { image_default: true },
        ...(enterprise
          ? {
              enterprise_id: enterprise.id,
              enterprise_name: enterprise.name,
              enterprise_domain: enterprise.domain,
            }
          : {}),
      },
    };
  },
};

/** bots.info: a bot of the workspace by its `B…` id. @throws ApiError bot_not_found */
export const botsInfo: Method = {
  args: { bot: { type: 'string' }, team_id: { type: 'string' } },
  scopes: ['users:read'],
  tokens: ['bot', 'user'],
  run({ sim, caller, args }) {
    const id = args.string('bot') || caller.installation.botId;
    const found = sim.world.installations.find(
      (one) => one.botId === id && one.teamId === caller.installation.teamId,
    );
    if (!found) throw new ApiError('bot_not_found');
    return {
      bot: {
        id: found.botId,
        deleted: found.revoked,
        name: sim.world.apps.get(found.appId)?.botName ?? 'bot',
        updated: 1_750_000_000,
        app_id: found.appId,
        user_id: found.botUserId,
        icons: {},
      },
    };
  },
};

function groups({ sim, caller, args }: MethodCall): UserGroup[] {
  return [...sim.world.userGroups.values()].filter(
    (one) => one.teamId === caller.installation.teamId && (args.boolean('include_disabled') || !one.deleted),
  );
}

/** usergroups.list */
export const usergroupsList: Method = {
  args: {
    include_count: { type: 'boolean' },
    include_disabled: { type: 'boolean' },
    include_users: { type: 'boolean' },
    team_id: { type: 'string' },
  },
  scopes: ['usergroups:read'],
  tokens: ['bot', 'user'],
  namesTeam: true,
  run(call) {
    const { args } = call;
    const usergroups = groups(call).map((one) => ({
      id: one.id,
      team_id: one.teamId,
      is_usergroup: true,
      is_subteam: true,
      name: one.name,
      handle: one.handle,
      description: '',
      is_external: false,
      date_create: 1_750_000_000,
      date_update: 1_750_000_000,
      date_delete: one.deleted ? 1_750_000_000 : 0,
      prefs: { channels: [], groups: [] },
      ...(args.boolean('include_users') ? { users: one.members } : {}),
      ...(args.boolean('include_count') ? { user_count: one.members.length } : {}),
    }));
    return { usergroups };
  },
};

/** usergroups.users.list. @throws ApiError no_such_subteam */
export const usergroupsUsersList: Method = {
  args: {
    usergroup: { type: 'string', required: true },
    include_disabled: { type: 'boolean' },
    team_id: { type: 'string' },
  },
  scopes: ['usergroups:read'],
  tokens: ['bot', 'user'],
  namesTeam: true,
  run(call) {
    const group = groups(call).find((one) => one.id === call.args.required('usergroup'));
    if (!group) throw new ApiError('no_such_subteam');
    return { users: group.members };
  },
};
