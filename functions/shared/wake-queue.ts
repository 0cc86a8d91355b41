import { SQSClient } from '@aws-sdk/client-sqs';
import { createSendWake } from '../../core/relay/wakes/send-wake.ts';
import type { Notice, SendWake } from '../../core/relay/wakes/wake.ts';

/** The deployed queue. The region's endpoint is used, not the one in the queue's URL. */
export function createWakeQueue(queueUrl: string): SendWake {
  return createSendWake(new SQSClient({ useQueueUrlAsEndpoint: false }), queueUrl);
}

/** Has the relay tell one person something. */
export function createRequestNotice(sendWake: SendWake): (notice: Notice) => Promise<void> {
  return (notice) => sendWake({ v: 1, kind: 'notice', ...notice }, 0);
}
