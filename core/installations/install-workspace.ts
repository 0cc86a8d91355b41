import type { ConnectSlack } from '../slack/api.ts';
import type { Installations } from './installations.ts';
import type { InstallationRecord } from './record.ts';

/** What Slack's auth.test tells about a bot token. */
interface AuthTest {
  team?: string;
  team_id?: string;
  enterprise_id?: string;
  is_enterprise_install?: boolean;
  user_id?: string;
  bot_id?: string;
  app_id?: string;
  /** The SDK reads the header x-oauth-scopes into this. */
  response_metadata?: { scopes?: string[] };
}

export interface InstallDeps {
  slack: ConnectSlack;
  installations: Pick<Installations, 'save'>;
}

export interface InstallRequest {
  /** The team that the token must belong to: a token of another workspace is refused. */
  team: string;
  botToken: string;
  /** The app's id; where it is not given, Slack is asked. */
  appId?: string;
  /** Used when Slack does not tell either. */
  fallbackAppId?: string;
}

/** An installation that cannot be made; the message says why and what to do. */
export class InstallRefusedError extends Error {
  override readonly name = 'InstallRefusedError';
}

/**
 * Puts a workspace in by its bot token: asks Slack whose it is and stores it encrypted.
 *
 * @throws InstallRefusedError when the token is no bot token of that team, or the app's id cannot be found out
 * @throws SlackCallError when auth.test fails
 */
export async function installWorkspace(
  deps: InstallDeps,
  request: InstallRequest,
): Promise<InstallationRecord> {
  const api = deps.slack(request.botToken);
  const auth = await api.call<AuthTest>('auth.test', {});
  const installationId = auth.is_enterprise_install && auth.enterprise_id ? auth.enterprise_id : auth.team_id;
  if (!installationId || installationId !== request.team)
    throw new InstallRefusedError(
      `The token belongs to ${installationId ?? 'no team'}, not to ${request.team}. Use the bot token of that workspace, or its id with --team.`,
    );
  if (!auth.user_id || !auth.bot_id)
    throw new InstallRefusedError('The token is no bot token. Use the one that begins with xoxb-.');
  const appId = request.appId ?? auth.app_id ?? (await appIdOfBot(api, auth.bot_id)) ?? request.fallbackAppId;
  if (!appId)
    throw new InstallRefusedError(
      "Slack does not tell which app the token is of. Name it with --app; the app's settings show it as App ID.",
    );
  return deps.installations.save({
    appId,
    installationId,
    teamName: auth.team ?? installationId,
    botUserId: auth.user_id,
    botId: auth.bot_id,
    scopes: auth.response_metadata?.scopes ?? [],
    botToken: request.botToken,
  });
}

/** bots.info needs the scope users:read; without it the answer is left to others. */
async function appIdOfBot(api: ReturnType<ConnectSlack>, bot: string): Promise<string | undefined> {
  try {
    const answer = await api.call<{ bot?: { app_id?: string } }>('bots.info', { bot });
    return answer.bot?.app_id;
  } catch {
    return undefined;
  }
}
