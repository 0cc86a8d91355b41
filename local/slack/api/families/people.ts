import type { Method } from '../method.ts';
import { usersConversations } from '../methods/conversations-list.ts';
import { botsInfo, teamInfo, usergroupsList, usergroupsUsersList } from '../methods/teams.ts';
import { lookupByEmail, profileGet, usersInfo, usersList } from '../methods/users.ts';

/** users.*, usergroups.*, team.*, bots.* */
export const PEOPLE: Record<string, Method> = {
  'bots.info': botsInfo,
  'team.info': teamInfo,
  'usergroups.list': usergroupsList,
  'usergroups.users.list': usergroupsUsersList,
  'users.conversations': usersConversations,
  'users.info': usersInfo,
  'users.list': usersList,
  'users.lookupByEmail': lookupByEmail,
  'users.profile.get': profileGet,
};
