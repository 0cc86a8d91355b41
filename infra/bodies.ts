import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, plainHttpReason } from './acknowledge.ts';

/** The bucket for bodies that are too large for an item of the table. */
export class SluiceBodies extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { local }: { local: boolean }) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: !local,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (local) acknowledge(this.bucket, 'AwsSolutions-S10', plainHttpReason);
    acknowledge(
      this.bucket,
      'AwsSolutions-S1',
      'Only this stack’s functions read and write it; CloudTrail data events serve who needs a record of each access, without a second bucket.',
    );
  }
}
