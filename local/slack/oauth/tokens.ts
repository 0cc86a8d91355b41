import { hex, newId } from '../ids.ts';
import type { World } from '../world/world.ts';
import type { RefreshToken, Token } from './types.ts';

/** Life of an access token with rotation, in seconds (§8 `expires_in`). */
export const TOKEN_SECONDS = 43_200;

/** An access token as it is given out: with a refresh token where it expires. */
export type Issued = { access: Token; refresh: RefreshToken | undefined };

/**
 * Makes an access token. With `rotation` it expires and comes with a refresh token, in the forms
 * `xoxe.xoxb-1-…` and `xoxe-1-…` (§8).
 */
export function issueToken(
  world: World,
  given: Omit<Token, 'token' | 'expiresAt' | 'ended'>,
  when: { now: number; rotation: boolean },
): Issued {
  const letter = { bot: 'xoxb', user: 'xoxp', config: 'xoxe.xoxp', app: 'xapp' }[given.kind];
  const tail = `${given.enterpriseId ?? given.teamId ?? 'config'}-${hex(32)}`;
  const access: Token = {
    ...given,
    token: when.rotation ? `xoxe.${letter}-1-${tail}` : `${letter}-${tail}`,
    expiresAt: when.rotation ? when.now + TOKEN_SECONDS * 1000 : null,
    ended: null,
  };
  world.tokens.set(access.token, access);
  if (!when.rotation) return { access, refresh: undefined };
  const refresh: RefreshToken = { token: `xoxe-1-${newId('', 12)}${hex(40)}`, access, usedAt: null };
  world.refreshTokens.set(refresh.token, refresh);
  return { access, refresh };
}

/** What an answer of `oauth.v2.access` says of a token (§8): the same for a bot's and a person's. */
export function tokenFields({ access, refresh }: Issued, now: number) {
  return {
    access_token: access.token,
    token_type: access.kind,
    scope: access.scopes.join(','),
    ...(refresh === undefined
      ? {}
      : {
          refresh_token: refresh.token,
          expires_in: Math.round(((access.expiresAt ?? now) - now) / 1000),
        }),
  };
}
