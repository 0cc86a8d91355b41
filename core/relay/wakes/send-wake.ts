import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { MAX_DELAY_MS, type SendWake } from './wake.ts';

/** Whole seconds that a message is delayed so that it arrives not before `delayMs` from now. */
export function delaySecondsOf(delayMs: number): number {
  return Math.ceil(Math.min(MAX_DELAY_MS, Math.max(0, delayMs)) / 1000);
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
