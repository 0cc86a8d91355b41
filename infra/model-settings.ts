import { z } from 'zod';
import { efforts } from '../core/models/model-choice.ts';
import { hostedProviders, modelNameForms, parseModelName } from '../core/models/model-name.ts';
import { closedObject } from './closed-object.ts';
import { placeFields } from './place-settings.ts';

export function httpUrl(what: string) {
  return z
    .string({ error: `must be ${what}` })
    .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), {
      error: `must be ${what}, beginning with https:// (or http:// for a server on this machine)`,
    });
}

/** @param otherwise what is said of a value that is no text */
export function modelNameSchema(otherwise: string) {
  return z
    .string({ error: otherwise })
    .refine((name) => parseModelName(name) !== undefined, { error: `must be ${modelNameForms}` });
}

const count = z.int({ error: 'must be a whole number' }).min(1, { error: 'must be at least 1' });
const price = z
  .number({ error: 'must be a number of US dollars per million tokens' })
  .min(0, { error: 'must be at least 0 US dollars' });
const flag = z.boolean({ error: 'must be true or false' });
const effort = z.enum(efforts, { error: `must be one of ${efforts.join(', ')}` });

const prices = closedObject({
  input: price,
  output: price,
  cacheRead: price.exactOptional(),
  cacheWrite: price.exactOptional(),
  upToTokens: count.exactOptional(),
});

const facts = closedObject({
  contextTokens: count.exactOptional(),
  maxOutputTokens: count.exactOptional(),
  prices: prices.exactOptional(),
  images: flag.exactOptional(),
  pdf: flag.exactOptional(),
  efforts: z.array(effort, { error: 'must be a list of efforts' }).exactOptional(),
  thinking: z.enum(['adaptive', 'budget'], { error: 'must be adaptive or budget' }).exactOptional(),
  webSearch: flag.exactOptional(),
});

/** Facts of models by name (`ModelSettings`). */
export const modelsSchema = z.record(
  z.string().refine((name) => parseModelName(name) !== undefined, {
    error: `names no model: a model must be ${modelNameForms}`,
  }),
  facts,
  {
    error: (issue) =>
      issue.code === 'invalid_key'
        ? `has a name that is no model’s: a model must be ${modelNameForms}`
        : 'must be an object of facts by model name, as JSON where it is not in cdk.json: {"openai/<model id>": {"contextTokens": 200000}}',
  },
);

/** `ModelOverride[]`. */
export const overridesSchema = z.array(
  closedObject({
    ...placeFields,
    model: modelNameSchema('is missing: say which model answers there'),
    effort: effort.exactOptional(),
  }),
  {
    error:
      'must be a list of objects, as JSON where it is not in cdk.json: [{"channel": "C024BE91L", "model": "openai/<model id>"}]',
  },
);

/** Models that only agents name. */
export const extraModelsSchema = z.array(modelNameSchema('must be the name of a model'), {
  error: 'must be a list of model names, as JSON where it is not in cdk.json: ["anthropic/<model id>"]',
});

/** Addresses by provider. */
export const baseUrlsSchema = z.strictObject(
  Object.fromEntries(
    hostedProviders.map((provider) => [
      provider,
      httpUrl(`the address of the API of ${provider}`).exactOptional(),
    ]),
  ) as Record<(typeof hostedProviders)[number], z.ZodExactOptional<ReturnType<typeof httpUrl>>>,
);
