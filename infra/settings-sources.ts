import type { z } from 'zod';
import { hostedProviders } from '../core/models/model-name.ts';
import { defaultLimits, defaultTiers } from '../core/settings.ts';
import { nearest } from './nearest.ts';
import { type Settings, SettingsError, settingsSchema } from './settings.ts';

/** Environment variables of this project that are no settings of a deployment. */
const otherVariables = ['SLUICE_LOCAL_PORT', 'SLUICE_MODEL_API_KEY', 'SLUICE_BOT_TOKEN'];

type Kind = 'text' | 'number' | 'flag' | 'json';

const texts = [
  'stackName',
  'account',
  'region',
  'slackApiUrl',
  'model',
  'titleModel',
  'compactionModel',
  'modelBaseUrl',
  'build',
] as const;

/** Every setting by its path, such as `model`, `limits.leaseMs` or `tiers.chat.startStream`. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...texts.map((path) => [path, 'text'] as const),
  ...hostedProviders.map((provider) => [`baseUrls.${provider}`, 'text'] as const),
  ...(['models', 'overrides', 'displays', 'extraModels'] as const).map((path) => [path, 'json'] as const),
  ['local', 'flag'],
  ['logRetentionDays', 'number'],
  ['relayConcurrency', 'number'],
  ...Object.keys(defaultLimits).map((key) => [`limits.${key}`, 'number'] as const),
  ...Object.keys(defaultTiers).map((key) => [`tiers.${key}`, 'number'] as const),
]);

const paths = [...kinds.keys()];
const groups = ['limits', 'tiers', 'baseUrls'] as const;

/** `limits.leaseMs` is SLUICE_LIMITS_LEASE_MS in the environment. */
const variableOf = (path: string): string =>
  `SLUICE_${path
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[.-]/g, '_')
    .toUpperCase()}`;
const pathOfVariable: ReadonlyMap<string, string> = new Map([
  ...paths.map((path) => [variableOf(path), path] as const),
  ['SLACK_API_URL', 'slackApiUrl'],
]);

interface Given {
  path: string;
  value: unknown;
  /** For people: where the value was written. */
  where: string;
}

/** Words of the command line and the environment are texts; numbers, flags and JSON are read here. */
function valueOfText(path: string, text: string): unknown {
  const kind = kinds.get(path);
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (kind === 'json') return jsonOr(text);
  if (kind === 'flag') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

/** What is no JSON stays as it is: the schema says what should be there. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `sluice` in cdk.json: nested objects become paths. */
function fromContextObject(value: unknown, problems: string[]): Given[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push('`sluice` in the context of cdk.json must be an object of settings.');
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const isGroup =
      (groups as readonly string[]).includes(key) && typeof inner === 'object' && inner !== null;
    const entries = isGroup
      ? Object.entries(inner).map(([k, v]) => [`${key}.${k}`, v] as const)
      : [[key, inner] as const];
    return entries.map(([path, v]) => ({ path, value: v, where: `\`sluice.${path}\` in cdk.json` }));
  });
}

function fromEnvironment(env: Readonly<Record<string, string | undefined>>, problems: string[]): Given[] {
  const given: Given[] = [];
  for (const [name, text] of Object.entries(env)) {
    if (text === undefined || text === '' || otherVariables.includes(name)) continue;
    const path = pathOfVariable.get(name);
    if (path) given.push({ path, value: valueOfText(path, text), where: `environment variable ${name}` });
    else if (name.startsWith('SLUICE_'))
      problems.push(
        `Environment variable ${name} is no setting of Sluice. Did you mean ${nearest(name, [...pathOfVariable.keys()])}? Unset it or rename it.`,
      );
  }
  return given;
}

/** Context from `-c key=value`. CDK keeps its own entries there too; those have `:`, `/` or `@` in their names. */
function fromCommandLine(context: Readonly<Record<string, unknown>>): Given[] {
  return Object.entries(context)
    .filter(([key]) => key !== 'sluice' && !/[:/@]/.test(key))
    .map(([path, value]) => ({
      path,
      value: typeof value === 'string' ? valueOfText(path, value) : value,
      where: `context \`-c ${path}=…\``,
    }));
}

function nested(values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const group = groups.find((name) => path.startsWith(`${name}.`));
    if (!group) result[path] = value;
    else result[group] = { ...(result[group] as object | undefined), [path.slice(group.length + 1)]: value };
  }
  return result;
}

function sentenceOf(issue: z.core.$ZodIssue, wheres: ReadonlyMap<string, string>): string {
  const path = issue.path.map(String).join('.');
  // A field inside a value has no place of its own: the value has.
  const where = wheres.get(path) ?? wheres.get(String(issue.path[0]));
  return `Setting \`${path}\` ${issue.message}${where ? ` (given by ${where})` : ''}.`;
}

/**
 * Reads a deployment's settings: the `sluice` object of cdk.json's context, over it the environment
 * (`SLUICE_MODEL`, `SLUICE_LIMITS_LEASE_MS`, …), over it `-c key=value`.
 *
 * @param context everything CDK knows as context, as `app.node.getAllContext()` gives it
 * @throws SettingsError with one sentence per problem; an unknown key is answered with the nearest known one
 */
export function readSettings(
  context: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  const problems: string[] = [];
  const given = [
    ...fromContextObject(context.sluice, problems),
    ...fromEnvironment(env, problems),
    ...fromCommandLine(context),
  ];
  const values = new Map<string, unknown>();
  const wheres = new Map<string, string>();
  for (const { path, value, where } of given) {
    if (!kinds.has(path)) {
      problems.push(
        `There is no setting \`${path}\` (given by ${where}). Did you mean \`${nearest(path, paths)}\`? All settings stand in docs/configuration.md.`,
      );
      continue;
    }
    values.set(path, value);
    wheres.set(path, where);
  }
  const parsed = settingsSchema.safeParse(nested(values));
  if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => sentenceOf(issue, wheres)));
  if (problems.length > 0 || !parsed.data) throw new SettingsError(problems);
  return parsed.data;
}
