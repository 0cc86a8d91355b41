import { ApiError } from '../api/errors.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { App } from '../world/types.ts';
import { describe } from './grant.ts';
import { issueToken, tokenFields } from './tokens.ts';
import type { Token } from './types.ts';

/**
 * A new pair for a refresh token, which works once (within `refreshGraceMs` again). The old access token lives on until
 * it expires. Of two refreshes at once the second finds it used (§8).
 *
 * @throws ApiError invalid_refresh_token
 */
export function refreshGrant(sim: Simulator, app: App, text: string | undefined): JsonObject {
  const now = sim.clock.now();
  const refresh = sim.world.refreshTokens.get(text ?? '');
  if (refresh?.access.appId !== app.id || refresh.access.ended) throw new ApiError('invalid_refresh_token');
  const spent = refresh.usedAt !== null && now - refresh.usedAt >= sim.options.refreshGraceMs;
  if (spent) throw new ApiError('invalid_refresh_token');
  refresh.usedAt ??= now;
  return renew(sim, app, refresh.access);
}

/** A new expiring pair in the place of a token: for a refresh and for `oauth.v2.exchange`. */
export function renew(sim: Simulator, app: App, old: Token): JsonObject {
  const now = sim.clock.now();
  const { kind, appId, teamId, enterpriseId, userId, scopes } = old;
  const same = { kind, appId, teamId, enterpriseId, userId, scopes };
  const issued = issueToken(sim.world, same, { now, rotation: true });
  const places = sim.world.installationsOf(old);
  if (old.kind === 'bot') for (const place of places) place.botToken = issued.access.token;
  sim.changes.emit({ type: 'world' });
  return {
    ...tokenFields(issued, now),
    ...describe(sim, app, old, old.teamId === null),
    ...(old.kind === 'bot' ? { bot_user_id: old.userId } : { authed_user: { id: old.userId } }),
  };
}
