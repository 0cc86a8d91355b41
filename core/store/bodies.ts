import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Bodies too large for an item; written before the item that names them, never changed. */
export interface Bodies {
  put(key: string, body: unknown): Promise<void>;
  /** @throws when the body is gone */
  get(key: string): Promise<unknown>;
  /** Bytes as they are, such as a file's; never under a name that `put` uses. */
  putBytes(key: string, bytes: Uint8Array): Promise<void>;
  /** @throws when they are gone */
  getBytes(key: string): Promise<Uint8Array>;
}

/** Without the right to list the bucket, S3 answers for what is not there as for what is forbidden. */
const absentNames: readonly string[] = ['NoSuchKey', 'NotFound', 'AccessDenied'];

/** Whether a body could not be read because it is not there. */
export const isAbsent = (error: unknown): boolean =>
  error instanceof Error && absentNames.includes(error.name);

/** From this many UTF-8 bytes on a body goes into an object of its own: an item holds 400 KB and is billed by size. */
export const LARGE_BODY_BYTES = 32_768;

export function createBodies(client: S3Client, bucket: string): Bodies {
  return {
    async put(key, body) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: JSON.stringify(body),
          ContentType: 'application/json',
        }),
      );
    },
    async get(key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (!Body) throw new Error(`The stored body ${key} is empty.`);
      return JSON.parse(await Body.transformToString()) as unknown;
    },
    async putBytes(key, bytes) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          ContentType: 'application/octet-stream',
        }),
      );
    },
    async getBytes(key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (!Body) throw new Error(`The stored body ${key} is empty.`);
      return Body.transformToByteArray();
    },
  };
}
