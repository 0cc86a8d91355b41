import { createHash } from 'node:crypto';
import type { Args } from '../api/arguments.ts';
import { ApiError } from '../api/errors.ts';
import type { Basic } from '../api/method.ts';
import type { App } from '../world/types.ts';
import type { World } from '../world/world.ts';

/** The app of a client id; undefined when there is none. */
export function appOfClient(world: World, clientId: string | undefined): App | undefined {
  return [...world.apps.values()].find((app) => app.clientId === clientId);
}

/**
 * The app that asks, by client id and secret as arguments or by HTTP Basic (§8).
 *
 * @param given.secretless a PKCE exchange may leave the secret out: the code verifier proves who asks
 * @throws ApiError invalid_client_id, bad_client_secret
 */
export function authenticateClient(
  world: World,
  given: { args: Args; basic: Basic | undefined; secretless?: boolean },
): App {
  const id = given.basic?.user ?? given.args.string('client_id');
  const secret = given.basic?.password ?? given.args.string('client_secret');
  const app = appOfClient(world, id);
  if (!app) throw new ApiError('invalid_client_id');
  if (secret === undefined && given.secretless && app.pkce) return app;
  if (secret !== app.clientSecret) throw new ApiError('bad_client_secret');
  return app;
}

/** Whether a verifier belongs to a challenge: base64url of its SHA-256 (PKCE, method S256). */
export function verifierFits(verifier: string | undefined, challenge: string): boolean {
  return (
    createHash('sha256')
      .update(verifier ?? '')
      .digest('base64url') === challenge
  );
}
