import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { region } from './emulator.ts';

/** Puts a JSON object of strings into one of the emulated stack's secrets. */
export async function putSecret(
  endpoint: string,
  secretArn: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const client = new SecretsManagerClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    await client.send(
      new PutSecretValueCommand({ SecretId: secretArn, SecretString: JSON.stringify(fields) }),
    );
  } finally {
    client.destroy();
  }
}
