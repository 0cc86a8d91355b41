import type { AnyMethod } from '../method.ts';
import { appsUninstall, eventAuthorizations } from '../methods/apps.ts';
import { create, deleteApp, exportManifest, update, validate } from '../methods/apps-manifest.ts';
import { authRevoke, authTeamsList, authTest } from '../methods/auth.ts';
import { access, exchange } from '../methods/oauth.ts';

/** auth.*, oauth.*, apps.* */
export const APPS: Record<string, AnyMethod> = {
  'apps.event.authorizations.list': eventAuthorizations,
  'apps.manifest.create': create,
  'apps.manifest.delete': deleteApp,
  'apps.manifest.export': exportManifest,
  'apps.manifest.update': update,
  'apps.manifest.validate': validate,
  'apps.uninstall': appsUninstall,
  'auth.revoke': authRevoke,
  'auth.teams.list': authTeamsList,
  'auth.test': authTest,
  'oauth.v2.access': access,
  'oauth.v2.exchange': exchange,
};
