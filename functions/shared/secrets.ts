import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** How long a secret is kept in memory: a rotated one is taken up within this. */
const KEEP_MS = 300_000;

export interface SecretDeps {
  client: Pick<SecretsManagerClient, 'send'>;
  now: () => number;
}

/** A secret that holds a JSON object of strings. */
export interface Secret {
  /** All of it, empty strings left out; kept for five minutes. */
  fields(): Promise<Record<string, string>>;
  /** One field. While it is missing it is looked for each time, so that it is taken up at once when it is put in. */
  field(name: string): Promise<string | undefined>;
}

/**
 * Reads a secret through Secrets Manager. Both methods throw what that throws, and Error when the secret is no
 * JSON object. (Powertools' parameters does the same with more code than all of a Slack door.)
 */
export function createSecret({ client, now }: SecretDeps, arn: string): Secret {
  let kept: { fields: Record<string, string>; until: number } | undefined;
  const read = async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    kept = { fields: parseSecret(SecretString, arn), until: now() + KEEP_MS };
    return kept.fields;
  };
  const known = () => (kept && now() < kept.until ? kept.fields : undefined);
  return {
    fields: async () => known() ?? read(),
    field: async (name) => known()?.[name] ?? (await read())[name],
  };
}

/** The parser's own message would quote the secret, so it is not passed on. */
function parseSecret(text: string | undefined, arn: string): Record<string, string> {
  const value = parse(text ?? '');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`The secret ${arn} must be a JSON object of strings, such as {"signingSecret": "…"}.`);
  const fields = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  );
  return Object.fromEntries(fields);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The deployed secret. */
export function deployedSecret(arn: string, now: () => number): Secret {
  return createSecret({ client: new SecretsManagerClient({}), now }, arn);
}
