import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge, plainHttpReason } from './acknowledge.ts';

export interface WakeQueueProps {
  /** How long one wake may be worked on. */
  consumerTimeout: Duration;
  /** The emulator has no TLS. */
  local: boolean;
}

/** The queue through which turns wake the relay, with what could not be delivered beside it. */
export class WakeQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WakeQueueProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: !props.local,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: !props.local,
      // AWS advises six times the consumer's timeout. A wake whose relay crashed is not missed meanwhile: the
      // guard wake and the sweep come earlier.
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    if (props.local)
      for (const queue of [this.queue, this.deadLetters])
        acknowledge(queue, 'AwsSolutions-SQS4', plainHttpReason);
  }
}
