import { authenticateClient, verifierFits } from '../../oauth/client.ts';
import { conflictingInstall } from '../../oauth/conflict.ts';
import { grantCode } from '../../oauth/grant.ts';
import { refreshGrant, renew } from '../../oauth/refresh.ts';
import type { Code } from '../../oauth/types.ts';
import type { Simulator } from '../../simulator.ts';
import type { App } from '../../world/types.ts';
import type { Args, ArgTable } from '../arguments.ts';
import { ApiError } from '../errors.ts';
import type { OpenMethod } from '../method.ts';

const CLIENT_ARGS: ArgTable = { client_id: { type: 'string' }, client_secret: { type: 'string' } };

/** oauth.v2.access (§8): a code for tokens, or a refresh token for the next pair. */
export const access: OpenMethod = {
  auth: 'none',
  args: {
    ...CLIENT_ARGS,
    code: { type: 'string' },
    redirect_uri: { type: 'string' },
    code_verifier: { type: 'string' },
    grant_type: { type: 'string' },
    refresh_token: { type: 'string' },
  },
  run({ sim, args, basic }) {
    const app = authenticateClient(sim.world, { args, basic, secretless: args.has('code_verifier') });
    const grant = args.string('grant_type') || 'authorization_code';
    if (grant === 'refresh_token') return refreshGrant(sim, app, args.string('refresh_token'));
    if (grant !== 'authorization_code') throw new ApiError('invalid_grant_type');
    const code = checkCode(sim, app, args);
    if (code.teamId !== null && conflictingInstall(sim, app, code.teamId)) {
      throw new ApiError('cannot_install_an_org_installed_app');
    }
    code.used = true;
    return grantCode(sim, app, code);
  },
};

/**
 * A code of this app that is neither used nor too old, with the redirect URI and verifier that belong to it. Whatever
 * is wrong leaves the code as it was.
 *
 * @throws ApiError invalid_code, bad_redirect_uri, pkce_not_allowed, invalid_code_verifier
 */
function checkCode(sim: Simulator, app: App, args: Args): Code {
  const code = sim.world.codes.get(args.string('code') ?? '');
  const good = code?.appId === app.id && !code.used && code.expiresAt > sim.clock.now();
  if (!good) throw new ApiError('invalid_code');
  // Sent at the authorize page, it must be sent again and be the same.
  if (code.redirectUri && args.string('redirect_uri') !== code.redirectUri) {
    throw new ApiError('bad_redirect_uri');
  }
  const verifier = args.string('code_verifier');
  if (verifier !== undefined && !app.pkce) throw new ApiError('pkce_not_allowed');
  if (
    code.codeChallenge === undefined ? verifier !== undefined : !verifierFits(verifier, code.codeChallenge)
  ) {
    throw new ApiError('invalid_code_verifier');
  }
  return code;
}

/** oauth.v2.exchange (§8): once per token, a long-lived one becomes an expiring pair. */
export const exchange: OpenMethod = {
  auth: 'none',
  args: CLIENT_ARGS,
  run({ sim, args, basic, token: text }) {
    const app = authenticateClient(sim.world, { args, basic });
    if (!app.tokenRotation) throw new ApiError('token_rotation_not_enabled');
    const token = sim.world.tokens.get(text ?? '');
    const kind = token?.kind === 'bot' || token?.kind === 'user';
    if (!token || !kind || token.appId !== app.id || token.expiresAt !== null)
      throw new ApiError('invalid_token');
    if (token.exchanged) throw new ApiError('token_already_exchanged');
    if (token.ended) throw new ApiError('authorization_not_found');
    const answer = renew(sim, app, token);
    token.exchanged = true;
    token.ended = 'token_revoked';
    return answer;
  },
};
