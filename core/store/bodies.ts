import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Bodies too large for an item; written before the item that names them, never changed. */
export interface Bodies {
  put(key: string, body: unknown): Promise<void>;
  /** @throws when the body is gone */
  get(key: string): Promise<unknown>;
}

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
  };
}
