import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Agent } from '../core/agents/define-agent.ts';
import type { DisplayChoice } from '../core/display/display.ts';
import type { Installations } from '../core/installations/installations.ts';
import type { InstallationRecord } from '../core/installations/record.ts';
import { keyFieldOf } from '../core/models/model-name.ts';
import { namedModels, type Settings, SettingsError } from '../infra/settings.ts';
import { readSettings } from '../infra/settings-sources.ts';
import { LocalError } from '../local/local-error.ts';
import { projectRoot } from '../local/places.ts';
import { CliError } from './cli-error.ts';
import { installationsOf, slackOf } from './deployment.ts';
import { missingScopes } from './manifest.ts';
import { missingForDisplay } from './missing-for-display.ts';
import { findTarget, type Target, type TargetOptions } from './target.ts';

/** One thing that was looked at; `todo` says what to do where it is not as it should be. */
export interface Finding {
  check: string;
  ok: boolean;
  found: string;
  todo?: string;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Looks at settings, stack, API, secrets and installations, in this order; stops where the rest needs the former. */
export async function examine(options: TargetOptions): Promise<Finding[]> {
  // Only here: other commands need no agents.
  const { agents } = await import('../agents/index.ts');
  const findings = checkSettings(agents);
  let target: Target;
  try {
    target = await findTarget(options);
  } catch (error) {
    if (!(error instanceof CliError) && !(error instanceof LocalError)) throw error;
    return [...findings, { check: 'stack', ok: false, found: 'not found', todo: messageOf(error) }];
  }
  findings.push({ check: 'stack', ok: true, found: `${target.name}, model ${target.model}` });
  findings.push(await checkApi(target));
  findings.push(await checkSecret(target, 'Slack secret', target.slackSecretArn, 'signingSecret'));
  for (const field of keyFieldsOf(target.models))
    findings.push(await checkSecret(target, 'provider secret', target.providerSecretArn, field));
  findings.push(...(await checkInstallations(target)));
  return findings;
}

/** The settings of the next deployment, as far as they do not come from `-c`. @throws SettingsError */
function nextSettings(): Settings {
  const cdk = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8')) as {
    context?: { sluice?: unknown };
  };
  return readSettings({ sluice: cdk.context?.sluice }, process.env);
}

/** How turns are to be shown, by doors and settings; settings that are not valid were told before. */
async function wantedDisplays(): Promise<readonly DisplayChoice[]> {
  const { doors } = await import('../agents/doors.ts');
  const own = doors.map(({ display }) => display);
  try {
    return [...own, ...nextSettings().displays];
  } catch {
    return own;
  }
}

/** The settings of the next deployment and the agents against them. */
function checkSettings(agents: readonly Agent[]): Finding[] {
  const check = 'settings';
  try {
    const settings = nextSettings();
    return [
      { check, ok: true, found: `valid; the next deployment uses ${settings.model}` },
      ...checkAgents(agents, namedModels(settings)),
    ];
  } catch (error) {
    const todo = error instanceof SettingsError ? error.problems.join(' ') : messageOf(error);
    return [{ check, ok: false, found: 'not valid', todo }];
  }
}

/** Synthesis knows no agents: a model that only an agent names must be named by the settings to get its rights. */
export function checkAgents(
  agents: readonly Pick<Agent, 'name' | 'model'>[],
  named: readonly string[],
): Finding[] {
  return agents.flatMap(({ name, model }): Finding[] => {
    if (!model || named.includes(model) || model === 'demo' || model.startsWith('demo/')) return [];
    return [
      {
        check: `agent ${name}`,
        ok: false,
        found: `its model ${model} is named by no setting, so the function may not call it`,
        todo: `Add ${JSON.stringify(model)} to the list \`extraModels\` in cdk.json and deploy again.`,
      },
    ];
  });
}

/** The fields of the provider secret that these models need; a server behind an own address may want no key. */
function keyFieldsOf(models: readonly string[]): string[] {
  return [...new Set(models.map(keyFieldOf).filter((field) => field !== undefined))];
}

/** A request that Slack did not sign must be turned away by our own code, not by anything before it. */
async function checkApi({ apiUrl }: Target): Promise<Finding> {
  const check = 'API';
  const url = `${apiUrl}/slack/events`;
  try {
    const { status } = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
        'x-slack-signature': `v0=${'0'.repeat(64)}`,
      },
      body: '{}',
      signal: AbortSignal.timeout(10_000),
    });
    if (status === 401 || status === 403)
      return { check, ok: true, found: `${url} answers and refuses what Slack did not sign` };
    return {
      check,
      ok: false,
      found: `${url} answers a wrongly signed request with ${status}`,
      todo: 'Look at the log of the function slack-events; deploy again if it is not there.',
    };
  } catch (error) {
    return {
      check,
      ok: false,
      found: `${url} does not answer (${messageOf(error)})`,
      todo: 'Is the stack running?',
    };
  }
}

async function checkSecret(target: Target, check: string, arn: string, field: string): Promise<Finding> {
  try {
    const answer = await new SecretsManagerClient(target.client).send(
      new GetSecretValueCommand({ SecretId: arn }),
    );
    const fields: unknown = JSON.parse(answer.SecretString ?? '{}');
    const value =
      typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>)[field] : '';
    if (typeof value === 'string' && value !== '') return { check, ok: true, found: `${field} is set` };
  } catch (error) {
    const found = error instanceof SyntaxError ? 'is no JSON' : `cannot be read (${messageOf(error)})`;
    return { check, ok: false, found, todo: putSecretHint(arn, field) };
  }
  return { check, ok: false, found: `${field} is not set`, todo: putSecretHint(arn, field) };
}

const putSecretHint = (arn: string, field: string): string =>
  `aws secretsmanager put-secret-value --secret-id ${arn} --secret-string '{"${field}":"…"}'`;

async function checkInstallations(target: Target): Promise<Finding[]> {
  const check = 'installations';
  const installations = installationsOf(target);
  const known = await installations.list();
  if (known.length > 0)
    return Promise.all(known.map((record) => checkInstallation(target, installations, record)));
  const todo = `npm run sluice -- install ${target.flags} --team T… --bot-token xoxb-…`;
  return [{ check, ok: false, found: 'no workspace has been put in', todo }];
}

async function checkInstallation(
  target: Target,
  installations: Installations,
  { appId, installationId, teamName }: InstallationRecord,
): Promise<Finding> {
  const check = `workspace ${teamName} (${installationId}, app ${appId})`;
  const install = `npm run sluice -- install ${target.flags} --team ${installationId} --app ${appId} --bot-token xoxb-…`;
  try {
    const found = await installations.find(appId, installationId);
    if (!found) throw new Error('it was removed just now');
    const auth = await slackOf(target)(found.botToken).call<{ response_metadata?: { scopes?: string[] } }>(
      'auth.test',
      {},
    );
    // The SDK reads them from a header, which a proxy may leave out.
    const scopes = auth.response_metadata?.scopes ?? [];
    const missing = scopes.length > 0 ? missingScopes(scopes) : [];
    if (missing.length === 0) return { check, ok: true, found: 'its token is accepted' };
    const todo = `Give the app the present manifest (npm run sluice -- manifest ${target.flags}), install it in the workspace again, then ${install}`;
    const away = missingForDisplay(missing, await wantedDisplays());
    return { check, ok: false, found: `its token lacks ${missing.join(', ')}${away}`, todo };
  } catch (error) {
    return { check, ok: false, found: messageOf(error), todo: install };
  }
}
