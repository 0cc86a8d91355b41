import type { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { createSecret, type SecretDeps } from './secrets.ts';

function setUp(...values: (string | undefined)[]) {
  const asked: (string | undefined)[] = [];
  const clock = { now: 0 };
  const send = async (command: GetSecretValueCommand) => {
    asked.push(command.input.SecretId);
    return { SecretString: values[Math.min(asked.length, values.length) - 1] };
  };
  const client = { send } as SecretDeps['client'];
  return { secret: createSecret({ client, now: () => clock.now }, 'arn:secret'), asked, clock };
}

describe('a secret', () => {
  it('is read once and kept for five minutes', async () => {
    const { secret, asked, clock } = setUp('{"signingSecret":"one"}', '{"signingSecret":"two"}');
    expect([await secret.field('signingSecret'), await secret.field('signingSecret')]).toEqual([
      'one',
      'one',
    ]);
    clock.now = 299_999;
    expect(await secret.field('signingSecret')).toBe('one');
    expect(asked).toEqual(['arn:secret']);
    clock.now = 300_000;
    expect(await secret.field('signingSecret')).toBe('two');
  });

  it('G-27 an empty field is none, and is looked for again each time', async () => {
    const { secret, asked } = setUp('{"signingSecret":""}', '{"signingSecret":"now"}');
    expect(await secret.field('signingSecret')).toBeUndefined();
    expect(await secret.field('signingSecret')).toBe('now');
    expect(asked.length).toBe(2);
  });

  it('gives all fields at once, an empty object too, without asking again', async () => {
    const { secret, asked } = setUp('{}');
    expect([await secret.fields(), await secret.fields()]).toEqual([{}, {}]);
    expect(asked.length).toBe(1);
    const other = setUp('{"a":"1","b":"","c":3}');
    expect(await other.secret.fields()).toEqual({ a: '1' });
  });

  it.each(['sk-not-json', '["sk-in-a-list"]', 'null', undefined])(
    'that is no object is an error that does not quote it: %j',
    async (value) => {
      const { secret } = setUp(value);
      const error: unknown = await secret.field('signingSecret').catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).toContain('must be a JSON object');
      expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain('sk-');
    },
  );
});
