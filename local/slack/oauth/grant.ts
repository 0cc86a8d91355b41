import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { placeApp } from '../world/install.ts';
import type { App, Installation } from '../world/types.ts';
import { type Issued, issueToken, tokenFields } from './tokens.ts';
import type { Code, Token } from './types.ts';

/**
 * Installs what a code stands for and issues its tokens: into one workspace, or into every workspace of the
 * organisation with one bot and one token (§8).
 *
 * @returns the answer of `oauth.v2.access`
 */
export function grantCode(sim: Simulator, app: App, code: Code): JsonObject {
  const { world } = sim;
  const when = { now: sim.clock.now(), rotation: app.tokenRotation };
  const teams = code.teamId === null ? teamsOf(sim, code.enterpriseId) : [code.teamId];
  const withBot = code.botScopes.length > 0;
  let first: Installation | undefined;
  const places = teams.map((teamId) => {
    const place = placeApp(world, app, {
      teamId,
      withBot,
      installedBy: code.userId,
      isEnterpriseInstall: code.teamId === null,
      ...(first ? { botUserId: first.botUserId, botId: first.botId } : {}),
    });
    first ??= place;
    return place;
  });
  const where = { appId: app.id, teamId: code.teamId, enterpriseId: enterpriseOf(sim, code) };
  const bot =
    withBot && first ? botToken(sim, app, places, { ...where, userId: first.botUserId }, code) : undefined;
  const user =
    code.userScopes.length > 0
      ? issueToken(world, { ...where, kind: 'user', userId: code.userId, scopes: code.userScopes }, when)
      : undefined;
  sim.changes.emit({ type: 'world' });
  return {
    ...(bot ? { ...tokenFields(bot, when.now), bot_user_id: first?.botUserId } : { scope: '' }),
    ...describe(sim, app, where, code.teamId === null),
    authed_user: { id: code.userId, ...(user ? tokenFields(user, when.now) : {}) },
  };
}

/**
 * The bot's token: scopes are added to those that were granted before. Without rotation a re-install gives the living
 * token again, or a new one beside it (option `reinstallToken`).
 */
function botToken(
  sim: Simulator,
  app: App,
  places: readonly Installation[],
  who: Pick<Token, 'appId' | 'teamId' | 'enterpriseId' | 'userId'>,
  code: Code,
): Issued {
  const before = places.flatMap((place) => place.scopes);
  const living = sim.world.tokens.get(places[0]?.botToken ?? '');
  const keeps = living?.ended === null && living.expiresAt === null;
  const scopes = [...new Set(living?.ended === null ? [...before, ...code.botScopes] : code.botScopes)];
  const again = keeps && !app.tokenRotation && sim.options.reinstallToken === 'same';
  const issued = again
    ? { access: living, refresh: undefined }
    : issueToken(
        sim.world,
        { ...who, kind: 'bot', scopes },
        { now: sim.clock.now(), rotation: app.tokenRotation },
      );
  issued.access.scopes = scopes;
  for (const place of places) Object.assign(place, { scopes, botToken: issued.access.token });
  return issued;
}

/** The members that tell app and place, the same in every answer (§8). */
export function describe(
  sim: Simulator,
  app: App,
  where: { teamId: string | null; enterpriseId: string | null },
  orgWide: boolean,
): JsonObject {
  const team = sim.world.workspaces.get(where.teamId ?? '');
  const enterprise = sim.world.enterprises.get(where.enterpriseId ?? '');
  return {
    app_id: app.id,
    team: team ? { id: team.id, name: team.name } : null,
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: orgWide,
  };
}

function enterpriseOf(sim: Simulator, code: Code): string | null {
  return code.enterpriseId ?? sim.world.workspaces.get(code.teamId ?? '')?.enterpriseId ?? null;
}

function teamsOf(sim: Simulator, enterpriseId: string | null): string[] {
  return [...sim.world.workspaces.values()]
    .filter((one) => one.enterpriseId === enterpriseId)
    .map((one) => one.id);
}
