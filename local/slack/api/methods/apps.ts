import { isObject, type JsonObject, parseJson } from '../../json.ts';
import { authenticateClient } from '../../oauth/client.ts';
import { uninstall } from '../../oauth/uninstall.ts';
import { findToken } from '../authenticate.ts';
import { CURSOR_ARGS, pageOf } from '../cursor.ts';
import { ApiError } from '../errors.ts';
import type { Method, OpenMethod } from '../method.ts';

/** apps.uninstall: with the app's own client id and secret, everything goes (§2, §8). */
export const appsUninstall: Method = {
  args: {
    client_id: { type: 'string', required: true },
    client_secret: { type: 'string', required: true },
  },
  scopes: [],
  tokens: ['bot', 'user'],
  run({ sim, caller, args }) {
    const app = authenticateClient(sim.world, { args, basic: undefined });
    if (app.id !== caller.app.id) throw new ApiError('client_id_token_mismatch');
    uninstall(sim, caller.token ? sim.world.installationsOf(caller.token) : [caller.installation]);
    return {};
  },
};

/** apps.event.authorizations.list (§6): all installs that see an event, by its `event_context`; an app-level token. */
export const eventAuthorizations: OpenMethod = {
  auth: 'none',
  args: { event_context: { type: 'string', required: true }, ...CURSOR_ARGS },
  run({ sim, args, token: text }) {
    const token = findToken(sim, text, ['app']);
    if (!token.scopes.includes('authorizations:read')) {
      throw new ApiError('missing_scope', {
        needed: 'authorizations:read',
        provided: token.scopes.join(','),
      });
    }
    const { team, channel: channelId } = readContext(args.required('event_context'));
    const channel = sim.world.channels.get(String(channelId));
    const all = sim.world.installations.filter((one) => one.appId === token.appId && !one.revoked);
    const seeing = channel
      ? all.filter((one) => sim.world.sees(one.teamId, channel) && channel.members.has(one.botUserId))
      : all.filter((one) => one.teamId === team);
    const authorizations = seeing.map((one) => ({
      enterprise_id: one.enterpriseId ?? '',
      team_id: one.teamId,
      user_id: one.botUserId,
      is_bot: true,
      is_enterprise_install: one.isEnterpriseInstall,
    }));
    const page = { kind: 'authorization', idOf: (one: { team_id: string }) => one.team_id };
    const { items, rest } = pageOf(authorizations, args, page);
    return { authorizations: items, ...rest };
  },
};

/** The context that an envelope carried. @throws ApiError invalid_event_context */
function readContext(text: string): JsonObject {
  try {
    const context: unknown = parseJson(Buffer.from(text.replace(/^4-/, ''), 'base64url').toString());
    if (isObject(context)) return context;
  } catch {
    // Not ours: answered below.
  }
  throw new ApiError('invalid_event_context');
}
