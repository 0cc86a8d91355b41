import { KMSClient } from '@aws-sdk/client-kms';
import { createInstallations } from '../../core/installations/installations.ts';
import type { FindInstallation } from '../../core/installations/record.ts';
import type { Store } from '../../core/store/store.ts';

/** Finds installations with their tokens decrypted by the deployed key. */
export function createFindInstallation(store: Store, keyArn: string, now: () => number): FindInstallation {
  return createInstallations({ store, kms: new KMSClient({}), keyArn, now }).find;
}
