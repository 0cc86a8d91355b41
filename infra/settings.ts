import { z } from 'zod';
import { modelNameForms, parseModelName } from '../core/models/model-name.ts';
import { defaultLimits, defaultTiers } from '../core/settings.ts';
import { displaysSchema } from './display-settings.ts';
import {
  baseUrlsSchema,
  extraModelsSchema,
  httpUrl,
  modelNameSchema,
  modelsSchema,
  overridesSchema,
} from './model-settings.ts';

/** What CloudWatch Logs accepts as a retention, in days. */
const logRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const wholeNumber = (least: number, unit: string) =>
  z
    .int({ error: `must be a whole number of ${unit}` })
    .min(least, { error: `must be at least ${least} ${unit}` });

/** One optional whole number for each key of a table of defaults. */
function overridesOf<K extends string>(defaults: Record<K, number>, least: number, unit: (key: K) => string) {
  const keys = Object.keys(defaults) as K[];
  const shape = Object.fromEntries(keys.map((key) => [key, wholeNumber(least, unit(key)).exactOptional()]));
  return z.strictObject(shape as Record<K, z.ZodExactOptional<z.ZodInt>>);
}

const unitOf = (limit: string): string =>
  limit.endsWith('Ms') ? 'milliseconds' : limit.endsWith('Bytes') ? 'bytes' : 'things';

/** The name of the group that takes the most room. */
function longestOf(groups: Readonly<Record<string, unknown>>): string {
  const [longest] = Object.entries(groups).sort(
    ([, one], [, other]) => JSON.stringify(other).length - JSON.stringify(one).length,
  );
  return longest?.[0] ?? '';
}

const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);

/** Of the 4 KB that AWS Lambda allows for a function's environment; the rest is names, ARNs and addresses. */
const SETTINGS_BYTES = 2_800;

/** Every model that the settings name, each once: what the deployment must be able to reach. */
export function namedModels(settings: {
  model: string;
  titleModel?: string;
  compactionModel?: string;
  overrides?: readonly { model: string }[];
  extraModels?: readonly string[];
}): string[] {
  const { model, titleModel, compactionModel, overrides = [], extraModels = [] } = settings;
  const named = [model, titleModel, compactionModel, ...overrides.map((one) => one.model), ...extraModels];
  return [...new Set(named.filter((name) => name !== undefined).filter((name) => name !== 'none'))];
}

/**
 * Every setting of a deployment. The schema is closed: what it does not name is an error. Where values come from
 * and how they are written there is told by `settings-sources.ts`.
 */
export const settingsSchema = z
  .strictObject({
    stackName: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, {
        error: 'must begin with a letter and hold letters, digits and hyphens only (at most 100)',
      })
      .default('Sluice'),
    local: z.boolean({ error: 'must be true or false' }).default(false),
    account: z
      .string()
      .regex(/^\d{12}$/, { error: 'must be the 12 digits of an AWS account' })
      .exactOptional(),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'must be the name of an AWS region, such as eu-central-1' })
      .exactOptional(),
    slackApiUrl: httpUrl("the address of Slack's Web API")
      .transform((url) => (url.endsWith('/') ? url : `${url}/`))
      .default('https://slack.com/api/'),
    model: modelNameSchema(
      'is missing: say which model answers, for example `-c model=bedrock/<model id>`, or `-c model=demo` for the scripted one',
    ),
    titleModel: z
      .string({ error: 'must be the name of a model' })
      .refine((name) => name === 'none' || parseModelName(name) !== undefined, {
        error: `must be \`none\` or ${modelNameForms}`,
      })
      .exactOptional(),
    compactionModel: modelNameSchema('must be the name of a model').exactOptional(),
    models: modelsSchema.default({}),
    overrides: overridesSchema.default([]),
    displays: displaysSchema.default([]),
    extraModels: extraModelsSchema.default([]),
    baseUrls: baseUrlsSchema.default({}),
    modelBaseUrl: httpUrl("the address of the model's API").exactOptional(),
    logRetentionDays: z
      .int()
      .refine((days) => logRetentions.includes(days), {
        error: `must be one of ${logRetentions.join(', ')} days`,
      })
      .default(30),
    relayConcurrency: z
      .int({ error: 'must be a whole number' })
      .min(2, { error: 'must be at least 2: AWS allows no less' })
      .max(1000, { error: 'must be at most 1000: AWS allows no more' })
      .default(10),
    build: z
      .string()
      .regex(/^[\w.+-]{1,64}$/, { error: 'must be a label of letters, digits and `.+_-` (at most 64)' })
      .exactOptional(),
    limits: overridesOf(defaultLimits, 0, unitOf).default({}),
    tiers: overridesOf(defaultTiers, 1, () => 'calls per minute').default({}),
  })
  .superRefine((settings, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const { modelBaseUrl, baseUrls } = settings;
    const compatible = namedModels(settings).find(
      (name) => parseModelName(name)?.provider === 'openai-compatible',
    );
    if (compatible && !modelBaseUrl && !baseUrls['openai-compatible'])
      complain(
        ['baseUrls', 'openai-compatible'],
        `is missing: \`${compatible}\` needs the address of its API, for example \`-c baseUrls.openai-compatible=https://models.example.com/v1\``,
      );
    if (modelBaseUrl && baseUrls['openai-compatible'])
      complain(['modelBaseUrl'], 'is the old name of `baseUrls.openai-compatible`: leave one of them out');
    const urls: [string[], string | undefined][] = [
      [['slackApiUrl'], settings.slackApiUrl],
      [['modelBaseUrl'], modelBaseUrl],
      ...Object.entries(baseUrls).map(([key, text]): [string[], string] => [['baseUrls', key], text]),
    ];
    for (const [path, text] of urls) {
      const url = URL.parse(text ?? '');
      // Tokens and prompts travel to these addresses.
      if (url?.protocol === 'http:' && !settings.local && !isLoopback(url))
        complain(path, 'must begin with https:// unless the server is on this machine');
    }
    const { models, overrides, displays, limits, tiers } = settings;
    const bytes = Buffer.byteLength(JSON.stringify({ models, overrides, displays, limits, tiers }));
    if (bytes > SETTINGS_BYTES)
      complain(
        [longestOf({ overrides, displays, models })],
        `makes the settings too long: \`models\`, \`overrides\`, \`displays\`, \`limits\` and \`tiers\` are ${bytes} bytes as JSON together and may be ${SETTINGS_BYTES}, for they stand in the functions’ environment, where AWS Lambda allows 4 KB. Leave some out`,
      );
  });

export type Settings = z.output<typeof settingsSchema>;

/** Stopping a deployment for its settings: every problem is a sentence that says what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
