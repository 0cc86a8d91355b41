import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetters } from './replay-dead-letters.ts';

/** The wake queue's dead-letter queue in SQS. */
export function createDeadLetters(client: Pick<SQSClient, 'send'>, queueUrl: string): DeadLetters {
  const placeOf = (handle: string) => ({ QueueUrl: queueUrl, ReceiptHandle: handle });
  return {
    async receive(hiddenSeconds) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: hiddenSeconds,
        }),
      );
      return Messages.flatMap(({ MessageId: id = '', Body: body = '', ReceiptHandle: handle }) =>
        handle === undefined ? [] : [{ id, body, handle }],
      );
    },
    async remove({ handle }) {
      await client.send(new DeleteMessageCommand(placeOf(handle)));
    },
    async hide({ handle }, seconds) {
      await client.send(
        new ChangeMessageVisibilityCommand({ ...placeOf(handle), VisibilityTimeout: seconds }),
      );
    },
  };
}
