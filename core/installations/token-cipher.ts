import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';

/** Whose token it is. KMS binds the ciphertext to it: a cipher copied to another installation cannot be read. */
export interface TokenOwner {
  appId: string;
  installationId: string;
}

export interface TokenCipherDeps {
  kms: Pick<KMSClient, 'send'>;
  keyArn: string;
}

const contextOf = (owner: TokenOwner) => ({ app: owner.appId, installation: owner.installationId });

/** Encrypts a bot token under the stack's key. @returns base64 */
export async function encryptToken(
  { kms, keyArn }: TokenCipherDeps,
  owner: TokenOwner,
  token: string,
): Promise<string> {
  const { CiphertextBlob } = await kms.send(
    new EncryptCommand({
      KeyId: keyArn,
      Plaintext: new TextEncoder().encode(token),
      EncryptionContext: contextOf(owner),
    }),
  );
  if (!CiphertextBlob) throw new Error('KMS answered an encryption without a ciphertext.');
  return Buffer.from(CiphertextBlob).toString('base64');
}

/** The inverse. @throws Error saying what to do when the cipher is not of this key and owner */
export async function decryptToken(
  { kms, keyArn }: TokenCipherDeps,
  owner: TokenOwner,
  cipher: string,
): Promise<string> {
  try {
    const { Plaintext } = await kms.send(
      new DecryptCommand({
        KeyId: keyArn,
        CiphertextBlob: Buffer.from(cipher, 'base64'),
        EncryptionContext: contextOf(owner),
      }),
    );
    if (Plaintext) return new TextDecoder().decode(Plaintext);
    throw new Error('KMS answered a decryption without a plaintext.');
  } catch (cause) {
    const isForeign =
      cause instanceof Error && /^(InvalidCiphertext|IncorrectKey)Exception$/.test(cause.name);
    if (!isForeign) throw cause;
    throw new Error(
      `The bot token of installation ${owner.installationId} of app ${owner.appId} cannot be decrypted: install the app in that workspace again.`,
      { cause },
    );
  }
}
