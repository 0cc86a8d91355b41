import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { createInstallations, type InstallationsDeps, type NewInstallation } from './installations.ts';

/** A key that keeps, as KMS does, the encryption context with the ciphertext. */
function fakeKms() {
  const calls: string[] = [];
  const send = async (command: unknown) => {
    if (command instanceof EncryptCommand) {
      const { Plaintext = new Uint8Array(), EncryptionContext } = command.input;
      calls.push('encrypt');
      const sealed = { token: Buffer.from(Plaintext).toString(), context: EncryptionContext };
      return { CiphertextBlob: Buffer.from(JSON.stringify(sealed)).reverse() };
    }
    if (command instanceof DecryptCommand) {
      calls.push('decrypt');
      const sealed = JSON.parse(
        Buffer.from(command.input.CiphertextBlob ?? [])
          .reverse()
          .toString(),
      );
      if (JSON.stringify(sealed.context) !== JSON.stringify(command.input.EncryptionContext))
        throw Object.assign(new Error('context'), { name: 'InvalidCiphertextException' });
      return { Plaintext: Buffer.from(sealed.token) };
    }
    throw new Error('unexpected command');
  };
  return { calls, kms: { send } as InstallationsDeps['kms'] };
}

function fakeStore() {
  const items = new Map<string, Record<string, unknown>>();
  const store: InstallationsDeps['store'] = {
    get: async <T>(key: { pk: string; sk: string }) => items.get(`${key.pk}|${key.sk}`) as T | undefined,
    put: async (item) => {
      items.set(`${item.pk}|${item.sk}`, { ...item });
    },
    queryIndex: async <T>(index: string, pk: string) =>
      [...items.values()].filter((item) => item[`${index}pk`] === pk) as T[],
  };
  return { items, store };
}

const installation: NewInstallation = {
  appId: 'A1',
  installationId: 'T1',
  teamName: 'One',
  botUserId: 'U1',
  botId: 'B1',
  scopes: ['chat:write'],
  botToken: 'xoxb-secret',
};

function prepare() {
  const { calls, kms } = fakeKms();
  const { items, store } = fakeStore();
  const clock = { at: 1_000 };
  const deps = { kms, store, keyArn: 'arn:key', now: () => clock.at };
  return {
    calls,
    items,
    clock,
    installations: createInstallations(deps),
    again: () => createInstallations(deps),
  };
}

describe('installations', () => {
  it('gives back what was saved, token in clear', async () => {
    const { installations } = prepare();
    await installations.save(installation);
    expect(await installations.find('A1', 'T1')).toEqual({
      appId: 'A1',
      installationId: 'T1',
      botUserId: 'U1',
      botId: 'B1',
      botToken: 'xoxb-secret',
    });
  });

  it('knows nothing of an installation that was not saved', async () => {
    const { installations } = prepare();
    await installations.save(installation);
    expect(await installations.find('A1', 'T2')).toBeUndefined();
    expect(await installations.find('A2', 'T1')).toBeUndefined();
  });

  it('stores no token in clear', async () => {
    const { installations, items } = prepare();
    await installations.save(installation);
    expect(JSON.stringify([...items.values()])).not.toContain('xoxb-secret');
  });

  it('refuses a cipher that was copied to another installation, and says what to do', async () => {
    const { installations, items } = prepare();
    const { botTokenCipher } = await installations.save(installation);
    await installations.save({ ...installation, installationId: 'T2', botToken: 'xoxb-other' });
    const other = items.get('WS#A1#T2|INSTALL');
    items.set('WS#A1#T2|INSTALL', { ...other, botTokenCipher });
    await expect(installations.find('A1', 'T2')).rejects.toThrow(
      /T2.*install the app in that workspace again/,
    );
  });

  it('decrypts once within five minutes, and again after', async () => {
    const { again, calls, clock, installations } = prepare();
    await installations.save(installation);
    const fresh = again();
    const decryptions = () => calls.filter((call) => call === 'decrypt').length;
    await fresh.find('A1', 'T1');
    clock.at += 299_999;
    await fresh.find('A1', 'T1');
    expect(decryptions()).toBe(1);
    clock.at += 1;
    await fresh.find('A1', 'T1');
    expect(decryptions()).toBe(2);
  });

  it('lists every installation once', async () => {
    const { installations } = prepare();
    await installations.save(installation);
    await installations.save({ ...installation, installationId: 'T2' });
    await installations.save(installation);
    expect((await installations.list()).map((record) => record.installationId)).toEqual(['T1', 'T2']);
  });

  it('uses a renewed token at once and keeps the day of the first install', async () => {
    const { clock, installations } = prepare();
    await installations.save(installation);
    await installations.find('A1', 'T1');
    clock.at = 2_000;
    const record = await installations.save({ ...installation, botToken: 'xoxb-new' });
    expect(record).toMatchObject({ installedAt: 1_000, updatedAt: 2_000 });
    expect((await installations.find('A1', 'T1'))?.botToken).toBe('xoxb-new');
  });
});
