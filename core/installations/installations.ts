import { inInstallations, installationsPartition, keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { FindInstallation, Installation, InstallationRecord } from './record.ts';
import { decryptToken, encryptToken, type TokenCipherDeps } from './token-cipher.ts';

/** How long a decrypted token may stay in memory. */
const KEEP_MS = 300_000;

export interface InstallationsDeps extends TokenCipherDeps {
  store: Pick<Store, 'get' | 'put' | 'queryIndex'>;
  now: () => number;
}

/** A workspace that adds the app, with its token in clear. */
export interface NewInstallation extends Installation {
  teamName: string;
  scopes: readonly string[];
}

export interface Installations {
  /** Reads the record each time, so that a removed or renewed installation counts at once; decrypts seldom. */
  find: FindInstallation;
  /** Stores an installation or replaces it, the token encrypted. @returns the stored record */
  save(installation: NewInstallation): Promise<InstallationRecord>;
  /** All of them, as of a moment ago. */
  list(): Promise<InstallationRecord[]>;
}

/** The workspaces that added the app. Tokens are encrypted with KMS, bound to app and installation. */
export function createInstallations(deps: InstallationsDeps): Installations {
  // By ciphertext: a renewed token is another entry.
  const tokens = new Map<string, { token: string; until: number }>();

  async function tokenOf(record: InstallationRecord): Promise<string> {
    const at = deps.now();
    const kept = tokens.get(record.botTokenCipher);
    if (kept && at < kept.until) return kept.token;
    for (const [cipher, { until }] of tokens) if (until <= at) tokens.delete(cipher);
    const token = await decryptToken(deps, record, record.botTokenCipher);
    tokens.set(record.botTokenCipher, { token, until: at + KEEP_MS });
    return token;
  }

  return {
    async find(appId, installationId) {
      const record = await deps.store.get<InstallationRecord>(keys.installation(appId, installationId));
      if (!record) return undefined;
      const { botUserId, botId } = record;
      return { appId, installationId, botUserId, botId, botToken: await tokenOf(record) };
    },
    async save({ appId, installationId, teamName, botUserId, botId, scopes, botToken }) {
      const key = keys.installation(appId, installationId);
      const [before, botTokenCipher] = await Promise.all([
        deps.store.get<InstallationRecord>(key),
        encryptToken(deps, { appId, installationId }, botToken),
      ]);
      const at = deps.now();
      const record: InstallationRecord = {
        v: 1,
        appId,
        installationId,
        teamName,
        botUserId,
        botId,
        scopes: [...scopes],
        botTokenCipher,
        installedAt: before?.installedAt ?? at,
        updatedAt: at,
      };
      await deps.store.put({ ...key, ...record, ...inInstallations(appId, installationId) });
      return record;
    },
    list: () => deps.store.queryIndex<InstallationRecord>('gsi1', installationsPartition),
  };
}
