import { hex, newId } from '../../ids.ts';
import type { JsonObject } from '../../json.ts';
import { checkManifest } from '../../manifest/check.ts';
import { manifestOf } from '../../manifest/of-app.ts';
import { manifestSettings } from '../../manifest/to-app.ts';
import { uninstall } from '../../oauth/uninstall.ts';
import type { Simulator } from '../../simulator.ts';
import { createApp } from '../../world/create.ts';
import type { App } from '../../world/types.ts';
import type { Args, ArgTable } from '../arguments.ts';
import { findToken } from '../authenticate.ts';
import { ApiError } from '../errors.ts';
import type { OpenMethod } from '../method.ts';

const MANIFEST: ArgTable = { manifest: { type: 'object', required: true, error: 'invalid_manifest' } };
const APP: ArgTable = { app_id: { type: 'string', required: true } };

/** A method of the manifest API: its token is one for configuring apps. */
function configMethod(args: ArgTable, run: (call: { sim: Simulator; args: Args }) => JsonObject): OpenMethod {
  return {
    auth: 'none',
    args,
    run({ sim, args: given, token }) {
      findToken(sim, token, ['config']);
      return run({ sim, args: given });
    },
  };
}

/** apps.manifest.validate (§9): `invalid_manifest` with a pointer to each fault. */
export const validate = configMethod({ ...MANIFEST, app_id: { type: 'string' } }, ({ args }) => {
  checked(args, !args.has('app_id'));
  return {};
});

/** apps.manifest.create: an app with its credentials. */
export const create = configMethod(MANIFEST, ({ sim, args }) => {
  const app = createFromManifest(sim, checked(args, true));
  sim.changes.emit({ type: 'world' });
  return {
    app_id: app.id,
    credentials: {
      client_id: app.clientId,
      client_secret: app.clientSecret,
      verification_token: app.verificationToken,
      signing_secret: app.signingSecret,
    },
    oauth_authorize_url: `${sim.url}/oauth/v2/authorize?client_id=${app.clientId}&scope=${app.botScopes.join(',')}`,
  };
});

/** apps.manifest.update: rotation stays on once it is (§8, secondary); `permissions_updated` tells that installs have to be made anew for new scopes. */
export const update = configMethod({ ...MANIFEST, ...APP }, ({ sim, args }) => {
  const app = appOf(sim, args);
  const settings = manifestSettings(checked(args, false));
  if (app.tokenRotation && !settings.tokenRotation) {
    const fault = { message: 'cannot be turned off', pointer: '/settings/token_rotation_enabled' };
    throw new ApiError('invalid_manifest', { errors: [fault] });
  }
  const before = [...app.botScopes, ...app.userScopes].sort().join();
  Object.assign(app, settings);
  sim.changes.emit({ type: 'world' });
  const after = [...app.botScopes, ...app.userScopes].sort().join();
  return { app_id: app.id, permissions_updated: before !== after };
});

/** apps.manifest.export */
export const exportManifest = configMethod(APP, ({ sim, args }) => ({
  manifest: manifestOf(appOf(sim, args)),
}));

/** apps.manifest.delete: the app is uninstalled everywhere and gone. */
export const deleteApp = configMethod(APP, ({ sim, args }) => {
  const app = appOf(sim, args);
  for (const place of sim.world.installations.filter((one) => one.appId === app.id && !one.revoked)) {
    uninstall(sim, [place]);
  }
  sim.world.apps.delete(app.id);
  sim.changes.emit({ type: 'world' });
  return {};
});

/** An app of a checked manifest, with an id and secrets of its own. */
export function createFromManifest(sim: Simulator, manifest: JsonObject, given: Partial<App> = {}): App {
  return createApp(sim.world, {
    signingSecret: hex(32),
    ...manifestSettings(manifest),
    verificationToken: newId('v', 24),
    ...given,
  });
}

/** @throws ApiError invalid_manifest with errors */
function checked(args: Args, newApp: boolean): JsonObject {
  const manifest = args.object('manifest') ?? {};
  const errors = checkManifest(manifest, { newApp });
  if (errors.length > 0) throw new ApiError('invalid_manifest', { errors });
  return manifest;
}

/** @throws ApiError app_not_found */
function appOf(sim: Simulator, args: Args): App {
  const app = sim.world.apps.get(args.required('app_id'));
  if (!app) throw new ApiError('app_not_found');
  return app;
}
