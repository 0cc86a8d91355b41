import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SendWake } from './wake.ts';

/** SQS delays by whole seconds and by fifteen minutes at most. */
const MAX_DELAY_SECONDS = 900;

/** Seconds that a message is delayed so that it arrives not before `delayMs` from now. */
export function delaySecondsOf(delayMs: number): number {
  return Math.min(MAX_DELAY_SECONDS, Math.max(0, Math.ceil(delayMs / 1000)));
}

/** Sends into the wake queue. A delay beyond SQS's bound comes early, and whoever is woken looks at the time. */
export function createSendWake(client: Pick<SQSClient, 'send'>, queueUrl: string): SendWake {
  return async (message, delayMs) => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(message),
        DelaySeconds: delaySecondsOf(delayMs),
      }),
    );
  };
}
