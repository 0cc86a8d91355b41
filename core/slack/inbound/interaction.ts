import { type Fields, fieldsAt, idAt } from './structure.ts';

/** An interaction that is none of Slack's, or that nothing of ours is about. */
export type NotForUs = { kind: 'malformed'; reason: string } | { kind: 'ignored'; reason: string };

/** Who did something in Slack, and through which installation of the app. */
export interface InteractionPerson {
  by: string;
  appId: string;
  /** Team of the workspace it came from, or the enterprise of an org-wide install. */
  installationId: string;
}

/** Reads who an interaction is of; undefined where Slack's payload is not whole. */
export function personOf(payload: Fields): InteractionPerson | undefined {
  const user = fieldsAt(payload, 'user');
  const by = idAt(user, 'id');
  const appId = idAt(payload, 'api_app_id');
  const installationId = installationOf(payload, user);
  return by && appId && installationId ? { by, appId, installationId } : undefined;
}

/**
 * `team` is null where the install is org-wide and the click came from no single workspace. Of a sent form it is the
 * sender's own, which in a shared channel need not have the app; the view names the one that has (bolt-js #1614).
 */
function installationOf(payload: Fields, user: Fields): string | undefined {
  if (payload.is_enterprise_install === true) return idAt(fieldsAt(payload, 'enterprise'), 'id');
  return (
    idAt(fieldsAt(payload, 'view'), 'app_installed_team_id') ??
    idAt(fieldsAt(payload, 'team'), 'id') ??
    idAt(user, 'team_id')
  );
}
