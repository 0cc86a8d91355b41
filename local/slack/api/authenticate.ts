import type { JsonObject } from '../json.ts';
import type { Token } from '../oauth/types.ts';
import type { Simulator } from '../simulator.ts';
import type { Installation } from '../world/types.ts';
import { ApiError } from './errors.ts';
import type { Caller, Method } from './method.ts';

/**
 * Who calls, by the token.
 *
 * @throws ApiError not_authed, not_allowed_token_type, invalid_auth, token_revoked, token_expired, account_inactive,
 *   team_access_not_granted, missing_argument (§1.6 Generic, §8 org install)
 */
export function authenticate(
  sim: Simulator,
  method: Pick<Method, 'tokens' | 'namesTeam'>,
  raw: { token: string | undefined; args: JsonObject },
): Caller {
  const token = findToken(sim, raw.token, method.tokens ?? ['bot']);
  const installation = pickInstallation(sim, token, raw.args, method.namesTeam ?? false);
  const app = sim.world.apps.get(installation.appId);
  if (!app) throw new ApiError('invalid_auth');
  if (installation.revoked) throw new ApiError('token_revoked');
  const bot = token.kind === 'bot';
  return {
    app,
    installation,
    token,
    userId: bot ? installation.botUserId : token.userId,
    scopes: bot ? installation.scopes : token.scopes,
  };
}

/** @throws ApiError not_authed, not_allowed_token_type, invalid_auth, token_revoked, token_expired, account_inactive */
export function findToken(
  sim: Simulator,
  text: string | undefined,
  allowed: readonly Token['kind'][],
): Token {
  if (text === undefined) throw new ApiError('not_authed');
  const token = sim.world.tokens.get(text);
  if (!allowed.includes(token?.kind ?? kindOf(text))) throw new ApiError('not_allowed_token_type');
  if (!token) throw new ApiError('invalid_auth');
  if (token.ended) throw new ApiError(token.ended);
  if (token.expiresAt !== null && token.expiresAt <= sim.clock.now()) throw new ApiError('token_expired');
  if (sim.world.people.get(token.userId)?.deleted) throw new ApiError('account_inactive');
  return token;
}

function kindOf(text: string): Token['kind'] {
  return /^(xoxe\.)?xoxp-/.test(text) ? 'user' : 'bot';
}

/** The place that the call is about: an org-wide token has several, told apart by `team_id` or the channel (§1.1, §8). */
function pickInstallation(sim: Simulator, token: Token, args: JsonObject, namesTeam: boolean): Installation {
  const places = sim.world.installationsOf(token);
  const [first] = places;
  if (!first) throw new ApiError('invalid_auth');
  if (token.teamId !== null) return first;
  const team = args.team_id;
  if (typeof team === 'string' && team !== '') return granted(places.find((one) => one.teamId === team));
  if (namesTeam) throw new ApiError('missing_argument');
  const channelId = [args.channel, args.channel_id].find((one) => typeof one === 'string');
  const channel = sim.world.channels.get(String(channelId));
  if (!channel) return places.find((one) => !one.revoked) ?? first;
  const seeing = places.filter((one) => sim.world.sees(one.teamId, channel));
  const place = seeing.find((one) => !one.revoked) ?? seeing[0];
  const ours = sim.world.workspaces.get(channel.teamId)?.enterpriseId === token.enterpriseId;
  // A channel of a stranger's workspace is simply not found; one of a workspace that was not granted is refused.
  return !place && !ours ? first : granted(place);
}

function granted(place: Installation | undefined): Installation {
  if (!place || place.revoked) throw new ApiError('team_access_not_granted');
  return place;
}
