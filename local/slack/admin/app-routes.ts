import { Hono } from 'hono';
import { createFromManifest } from '../api/methods/apps-manifest.ts';
import type { JsonObject } from '../json.ts';
import { checkManifest } from '../manifest/check.ts';
import { manifestSettings } from '../manifest/to-app.ts';
import { issueToken } from '../oauth/tokens.ts';
import { revokeToken, tellEnd, uninstall } from '../oauth/uninstall.ts';
import type { Simulator } from '../simulator.ts';
import { createApp } from '../world/create.ts';
import { installApp, installOrgWide } from '../world/install.ts';
import { BadRequest, bodyOf } from './body.ts';
import { appOf, found, installationOf, withoutUndefined } from './find.ts';
import { verifyUrl } from './verify-url.ts';
import * as schemas from './world-schemas.ts';

/** Routes of apps, their installs and their tokens. */
export function appRoutes(sim: Simulator): Hono {
  const routes = new Hono();
  const { world } = sim;
  const changed = () => sim.changes.emit({ type: 'world' });

  routes.post('/apps', async (context) => {
    const { manifest, verify, ...given } = await bodyOf(context, schemas.newApp);
    let app: ReturnType<typeof createApp>;
    if (manifest) {
      refuseFaulty(manifest, true);
      app = createFromManifest(sim, manifest, withoutUndefined(given));
    } else {
      const { name, signingSecret, ...settings } = withoutUndefined(given);
      if (!name || !signingSecret) throw new BadRequest('give a manifest, or name and signingSecret');
      app = createApp(world, { name, signingSecret, ...settings });
    }
    if (verify)
      await verified(sim, app.id, app.eventsUrl).catch((error: unknown) => {
        world.apps.delete(app.id);
        throw error;
      });
    changed();
    return context.json(app, 201);
  });

  routes.put('/app', async (context) => {
    const { app: id, commandsUrl, verify, manifest, ...given } = await bodyOf(context, schemas.setApp);
    const app = appOf(sim, id);
    if (manifest) {
      refuseFaulty(manifest, false);
      Object.assign(app, manifestSettings(manifest));
      for (const place of world.installations) {
        if (place.appId === app.id) place.scopes = [...app.botScopes];
      }
    }
    if (verify) await verified(sim, app.id, given.eventsUrl ?? app.eventsUrl);
    Object.assign(app, withoutUndefined(given));
    if (commandsUrl !== undefined) {
      app.commands = app.commands.map((command) => ({ ...command, url: commandsUrl }));
    }
    changed();
    return context.json(app);
  });

  routes.post('/installations', async (context) => {
    const { app: id, enterpriseId, teamId, ...given } = await bodyOf(context, schemas.newInstallation);
    const app = appOf(sim, id);
    if (enterpriseId !== undefined) {
      found(world.enterprises, enterpriseId, 'organisation');
      const [first] = installOrgWide(world, app, { enterpriseId, ...withoutUndefined(given) });
      if (!first) throw new BadRequest(`organisation ${enterpriseId} has no workspace`);
      changed();
      return context.json(first, 201);
    }
    if (teamId === undefined) throw new BadRequest('give teamId, or enterpriseId for all of an organisation');
    found(world.workspaces, teamId, 'workspace');
    const installation = installApp(world, app, { teamId, ...withoutUndefined(given) });
    changed();
    return context.json(installation, 201);
  });

  routes.put('/installation', async (context) => {
    const { app, team, ...given } = await bodyOf(context, schemas.setInstallation);
    const installation = installationOf(sim, app, team);
    const revoking = given.revoked === true && !installation.revoked;
    Object.assign(installation, withoutUndefined(given));
    // One workspace taken from an org-wide install is no uninstall.
    if (revoking && !installation.isEnterpriseInstall) tellEnd(sim, installation);
    changed();
    return context.json(installation);
  });

  routes.post('/uninstall', async (context) => {
    const { app, team } = await bodyOf(context, schemas.uninstall);
    const place = installationOf(sim, app, team);
    if (place.revoked) throw new BadRequest('it is uninstalled already');
    const orgWide = world.installations.filter(
      (one) =>
        one.appId === place.appId && one.isEnterpriseInstall && one.enterpriseId === place.enterpriseId,
    );
    uninstall(sim, place.isEnterpriseInstall ? orgWide : [place]);
    return context.json({});
  });

  routes.post('/tokens', async (context) => {
    const { kind, app: id, team, user, scopes } = await bodyOf(context, schemas.newToken);
    const teamId = team ?? [...world.workspaces.keys()][0] ?? '';
    found(world.workspaces, teamId, 'workspace');
    if (kind === 'user') found(world.people, user ?? '', 'person');
    const app = kind === 'config' ? undefined : appOf(sim, id);
    if (app && kind === 'user') installationOf(sim, app.id, teamId);
    const enterpriseId = world.workspaces.get(teamId)?.enterpriseId ?? null;
    const who = { kind, appId: app?.id ?? '', teamId, enterpriseId, userId: user ?? '' };
    const when = { now: sim.clock.now(), rotation: kind === 'user' && (app?.tokenRotation ?? false) };
    const { access } = issueToken(
      world,
      { ...who, scopes: scopes ?? defaultScopes(kind, app?.userScopes) },
      when,
    );
    changed();
    return context.json(access, 201);
  });

  routes.patch('/tokens', async (context) => {
    const { token: text, expire, revoke } = await bodyOf(context, schemas.changeToken);
    const token = found(world.tokens, text, 'token');
    if (expire) token.expiresAt = sim.clock.now();
    if (revoke && token.ended === null) revokeToken(sim, token);
    changed();
    return context.json(token);
  });

  return routes;
}

function defaultScopes(kind: 'config' | 'app' | 'user', ofApp: string[] = []): string[] {
  return kind === 'app' ? ['authorizations:read', 'connections:write'] : kind === 'user' ? [...ofApp] : [];
}

/** @throws BadRequest naming every fault of a manifest */
function refuseFaulty(manifest: JsonObject, newApp: boolean): void {
  const faults = checkManifest(manifest, { newApp });
  if (faults.length > 0) throw new BadRequest(`the manifest is wrong: ${faults.map(said).join('; ')}`);
}

/** Asks an events URL whether it is the app's (§6). @throws BadRequest with what it answered */
async function verified(sim: Simulator, appId: string, url: string | null): Promise<void> {
  if (url === null) throw new BadRequest('there is no events URL to verify');
  const answer = await verifyUrl(sim, found(sim.world.apps, appId, 'app'), url);
  if (answer.verified) return;
  const status = answer.status ? `status ${answer.status} with "${answer.answer?.slice(0, 200)}"` : undefined;
  const what = status ?? answer.failure ?? 'no answer';
  throw new BadRequest(`${url} did not answer url_verification with its challenge: ${what}`);
}

function said({ pointer, message }: { pointer: string; message: string }): string {
  return `${pointer === '' ? '/' : pointer} ${message}`;
}
