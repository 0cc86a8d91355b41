import type { JsonObject } from '../../local/slack/json.ts';
import type { SimulatorOptions } from '../../local/slack/options.ts';
import { type Scene, SEED, scene } from './support.ts';

export const CALLBACK = 'https://app.example/slack/oauth';
/** A workspace that the seeded app is not in, with one person. */
export const TEAM = 'T0OTHER0001';
export const INSTALLER = 'U0INSTALLER';

export type OauthScene = Scene & {
  /** A code for TEAM, allowed by INSTALLER. */
  code: (query?: Record<string, string>) => Promise<string>;
  /** `oauth.v2.access` with the app's own id and secret, as a form. */
  access: (args: Record<string, string>) => Promise<JsonObject>;
  /** Code and exchange in one. */
  install: (query?: Record<string, string>) => Promise<JsonObject>;
};

/** A form to a method, without a token unless headers bring one. */
export async function form(
  scene_: Pick<Scene, 'slack'>,
  method: string,
  args: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<JsonObject> {
  const body = new URLSearchParams(args);
  const response = await fetch(`${scene_.slack.apiUrl}${method}`, { method: 'POST', headers, body });
  return (await response.json()) as JsonObject;
}

/** A scene with the seeded app ready to be installed into another workspace. */
export async function oauthScene(
  options: SimulatorOptions & { withApp?: boolean } & { rotation?: boolean; pkce?: boolean } = {},
): Promise<OauthScene> {
  const { rotation = false, pkce = false, ...rest } = options;
  const base = await scene({ withApp: false, ...rest });
  const { slack } = base;
  await slack.createWorkspace({ id: TEAM, name: 'Other' });
  await slack.createPerson({ id: INSTALLER, teamId: TEAM, name: 'installer' });
  await slack.setApp({ redirectUrls: [CALLBACK], tokenRotation: rotation, pkce });
  const code = async (query: Record<string, string> = {}) => {
    const whole = { client_id: SEED.clientId, scope: 'chat:write,commands', ...query };
    const answer = await slack.authorize({ user: INSTALLER, query: whole });
    return answer.code ?? '';
  };
  const access = (args: Record<string, string>) =>
    form(base, 'oauth.v2.access', { client_id: SEED.clientId, client_secret: SEED.clientSecret, ...args });
  return { ...base, code, access, install: async (query) => access({ code: await code(query) }) };
}
