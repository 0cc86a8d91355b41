import type { Method } from '../method.ts';
import { usersInfo } from '../methods/users-info.ts';

/** users.*, usergroups.*, team.*, bots.* */
export const PEOPLE: Record<string, Method> = {
  'users.info': usersInfo,
};
