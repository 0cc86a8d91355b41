import type { JsonObject } from '../../json.ts';
import { acquaintance, personView, profileView } from '../../world/person-view.ts';
import type { Person } from '../../world/types.ts';
import { CURSOR_ARGS, pageOf } from '../cursor.ts';
import { ApiError } from '../errors.ts';
import type { Method, MethodCall } from '../method.ts';
import { viewerOf } from '../viewer.ts';

/** A person as the caller may see one. @throws ApiError user_not_found */
function shown({ sim, caller, args }: MethodCall, person: Person | undefined): JsonObject {
  const as = person && acquaintance(sim.world, person, viewerOf(caller));
  if (!as) throw new ApiError('user_not_found');
  return personView(sim.world, person, {
    now: sim.clock.now(),
    email: caller.scopes.includes('users:read.email'),
    locale: args.boolean('include_locale'),
    as,
  });
}

/** users.info: name, zone and standing; people of other organisations as far as shared channels reach. */
export const usersInfo: Method = {
  args: { user: { type: 'string', required: true }, include_locale: { type: 'boolean' } },
  scopes: ['users:read'],
  tokens: ['bot', 'user'],
  run: (call) => ({ user: shown(call, call.sim.world.people.get(call.args.required('user'))) }),
};

/** users.list: everybody of the workspace, deactivated ones and bots included, by id. */
export const usersList: Method = {
  args: { ...CURSOR_ARGS, include_locale: { type: 'boolean' }, team_id: { type: 'string' } },
  scopes: ['users:read'],
  tokens: ['bot', 'user'],
  namesTeam: true,
  run(call) {
    const { sim, caller, args } = call;
    const people = [...sim.world.people.values()]
      .filter((person) => person.teamId === caller.installation.teamId)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const { items, rest } = pageOf(people, args, { kind: 'user', idOf: (one) => one.id, limit: 1000 });
    const cache_ts = Math.floor(sim.clock.now() / 1000);
    return { members: items.map((person) => shown(call, person)), cache_ts, ...rest };
  },
};

/** users.lookupByEmail: somebody active of the workspace. @throws ApiError users_not_found */
export const lookupByEmail: Method = {
  args: { email: { type: 'string', required: true } },
  scopes: ['users:read.email'],
  tokens: ['bot', 'user'],
  run(call) {
    const { sim, caller, args } = call;
    const email = args.required('email').toLowerCase();
    const found = [...sim.world.people.values()].find(
      (one) =>
        one.teamId === caller.installation.teamId &&
        !one.deleted &&
        !one.isBot &&
        one.email.toLowerCase() === email,
    );
    if (!found) throw new ApiError('users_not_found');
    return { user: shown(call, found) };
  },
};

/** users.profile.get: of a person, by default the caller. */
export const profileGet: Method = {
  args: { user: { type: 'string' }, include_labels: { type: 'boolean' } },
  scopes: ['users.profile:read'],
  tokens: ['bot', 'user'],
  run({ sim, caller, args }) {
    const person = sim.world.people.get(args.string('user') || caller.userId);
    const as = person && acquaintance(sim.world, person, viewerOf(caller));
    if (!as) throw new ApiError('user_not_found');
    const email = caller.scopes.includes('users:read.email') && as !== 'stranger';
    return { profile: profileView(sim.world, person, { email }) };
  },
};
