import type { ToolResultPart } from 'ai';
import { cleanValue, wellFormed } from './clean-value.ts';

/** A stored value of which nothing is known yet. */
export type Raw = Readonly<Record<string, unknown>>;

type ProviderOptions = NonNullable<ToolResultPart['providerOptions']>;

/** A value's fields; none when it is no object. */
export function fieldsOf(value: unknown): Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}

/**
 * The provider's own metadata of a part, to be spread: signatures and encrypted content must go back as they came
 * (case K-12), so of their texts only what cannot be sent at all is changed. Absent when there is none (case T-17).
 */
export function optionsOf({ providerOptions }: Raw): { providerOptions?: ProviderOptions } {
  const entries = Object.entries(fieldsOf(providerOptions)).filter(
    ([, options]) => typeof options === 'object' && options !== null && !Array.isArray(options),
  );
  if (entries.length === 0) return {};
  return {
    providerOptions: Object.fromEntries(
      entries.map(([provider, options]) => [
        provider,
        cleanValue(options, wellFormed) as ProviderOptions[string],
      ]),
    ),
  };
}
