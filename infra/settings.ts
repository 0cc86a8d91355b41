import { z } from 'zod';
import { defaultLimits, defaultTiers } from '../core/settings.ts';

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

const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);

function httpUrl(what: string) {
  return z
    .string({ error: `must be ${what}` })
    .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), {
      error: `must be ${what}, beginning with https:// (or http:// for a server on this machine)`,
    });
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
    model: z
      .string({
        error:
          'is missing: say which model answers, for example `-c model=bedrock/<model id>`, or `-c model=demo` for the scripted one',
      })
      .regex(/^(demo(\/\d{1,6})?|bedrock\/\S+|openai-compatible\/\S+)$/, {
        error:
          'must be `demo` (or `demo/<characters per second>`), `bedrock/<model id>` or `openai-compatible/<model id>`',
      }),
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
    const complain = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (settings.model.startsWith('openai-compatible/') && !settings.modelBaseUrl)
      complain(
        'modelBaseUrl',
        'is missing: an openai-compatible model needs the address of its API, for example `-c modelBaseUrl=https://models.example.com/v1`',
      );
    for (const key of ['slackApiUrl', 'modelBaseUrl'] as const) {
      const url = URL.parse(settings[key] ?? '');
      // Tokens and prompts travel to these addresses.
      if (url?.protocol === 'http:' && !settings.local && !isLoopback(url))
        complain(key, 'must begin with https:// unless the server is on this machine');
    }
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
