import { type RuntimeSettings, readRuntimeSettings } from '../../core/settings.ts';

/** What the stack gives its functions; each gets only what it needs. */
const variables = {
  SLUICE_SETTINGS: 'the settings, as JSON',
  SLUICE_TABLE: "the table's name",
  SLUICE_BUCKET: "the bucket's name",
  SLUICE_WAKE_QUEUE_URL: "the wake queue's URL",
  SLUICE_DEAD_LETTERS_URL: "the dead-letter queue's URL",
  SLUICE_STATE_MACHINE_ARN: "the turn state machine's ARN",
  SLUICE_SLACK_SECRET_ARN: "the ARN of the secret with Slack's signing secret",
  SLUICE_PROVIDER_SECRET_ARN: "the ARN of the secret with the model providers' keys",
  SLUICE_TOKEN_KEY_ARN: 'the ARN of the KMS key of the bot tokens',
} as const;

type VariableName = keyof typeof variables;
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables that a function needs.
 *
 * @throws Error that names all that are missing
 */
export function readEnvironment<Name extends VariableName>(
  names: readonly Name[],
  from: Variables = process.env,
): Record<Name, string> {
  const missing = names.filter((name) => !from[name]);
  if (missing.length > 0) {
    const list = missing.map((name) => `${name} (${variables[name]})`).join(', ');
    throw new Error(`The function's environment lacks ${list}. The stack sets it: deploy the stack again.`);
  }
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Record<Name, string>;
}

/** A variable that only some deployments need. */
export function readOptional(name: VariableName, from: Variables = process.env): string | undefined {
  return from[name] || undefined;
}

/** The deployment's settings. @throws Error when SLUICE_SETTINGS is missing or no JSON object */
export function readSettings(from: Variables = process.env): RuntimeSettings {
  const { SLUICE_SETTINGS } = readEnvironment(['SLUICE_SETTINGS'], from);
  try {
    return readRuntimeSettings(SLUICE_SETTINGS);
  } catch (cause) {
    throw new Error('SLUICE_SETTINGS holds no valid JSON. The stack sets it: deploy the stack again.', {
      cause,
    });
  }
}
