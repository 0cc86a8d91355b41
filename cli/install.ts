import { InstallRefusedError, installWorkspace } from '../core/installations/install-workspace.ts';
import type { InstallationRecord } from '../core/installations/record.ts';
import { SlackCallError } from '../core/slack/api.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { installationsOf, slackOf } from './deployment.ts';
import type { Target } from './target.ts';

export interface InstallOptions {
  team: string;
  botToken: string;
  app?: string;
}

/** Puts a workspace in. The token is neither printed nor part of an error. @throws CliError */
export async function install(
  target: Target,
  { team, botToken, app }: InstallOptions,
): Promise<InstallationRecord> {
  try {
    return await installWorkspace(
      { slack: slackOf(target), installations: installationsOf(target) },
      {
        team,
        botToken,
        ...(app ? { appId: app } : {}),
        ...(target.fallbackAppId ? { fallbackAppId: target.fallbackAppId } : {}),
      },
    );
  } catch (cause) {
    if (cause instanceof InstallRefusedError) throw new CliError(exitCodes.slack, cause.message, { cause });
    if (cause instanceof SlackCallError)
      throw new CliError(exitCodes.slack, `${slackSentence(cause)} (asked at ${target.slackApiUrl})`, {
        cause,
      });
    throw cause;
  }
}

function slackSentence({ method, failure }: SlackCallError): string {
  if (failure.kind === 'platform') {
    const stale = ['invalid_auth', 'account_inactive', 'token_revoked', 'token_expired', 'not_authed'];
    return stale.includes(failure.code)
      ? `Slack does not accept the token (${failure.code}): copy the bot token (xoxb-…) from the app's page "OAuth & Permissions".`
      : `Slack refused ${method}: ${failure.code}.`;
  }
  if (failure.kind === 'rate_limited')
    return `Slack asks to wait ${Math.ceil(failure.retryAfterMs / 1000)} s. Try again then.`;
  return `Slack could not be reached (${failure.detail}). Check the address and the network.`;
}
