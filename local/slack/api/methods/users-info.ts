import { zoneLabel, zoneOffsetSeconds } from '../../world/time-zone.ts';
import { ApiError } from '../errors.ts';
import type { Method } from '../method.ts';

/** users.info: name and time zone of a person. */
export const usersInfo: Method = {
  args: { user: { type: 'string', required: true }, include_locale: { type: 'boolean' } },
  scopes: ['users:read'],
  run({ sim, args, caller }) {
    const person = sim.world.people.get(args.required('user'));
    if (!person || person.teamId !== caller.installation.teamId) throw new ApiError('user_not_found');
    const now = sim.clock.now();
    const zone = {
      tz: person.timeZone,
      tz_label: zoneLabel(person.timeZone, now),
      tz_offset: zoneOffsetSeconds(person.timeZone, now),
    };
    const name = person.displayName;
    return {
      user: {
        id: person.id,
        team_id: person.teamId,
        name: person.name,
        real_name: name,
        deleted: person.deleted,
        ...(person.deleted ? {} : zone),
        ...(args.boolean('include_locale') ? { locale: 'en-US' } : {}),
        profile: {
          real_name: name,
          display_name: name,
          real_name_normalized: name,
          display_name_normalized: name,
        },
        is_bot: person.isBot,
        is_app_user: false,
        is_admin: false,
        is_owner: false,
        is_restricted: person.isGuest,
        is_ultra_restricted: false,
        updated: 1_750_000_000,
      },
    };
  },
};
