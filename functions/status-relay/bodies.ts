import { S3Client } from '@aws-sdk/client-s3';
import { type Bodies, createBodies } from '../../core/store/bodies.ts';

/** The bucket, for what the relay reads of it. */
export function connectBodies(bucket: string): Pick<Bodies, 'get' | 'getBytes'> {
  return createBodies(new S3Client({}), bucket);
}
