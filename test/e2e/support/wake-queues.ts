import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { LocalStack } from '../../../local/stack-file.ts';

/** The relay's wake queue and its dead-letter queue, as an operator may handle them. */
export async function wakeQueues(stack: LocalStack) {
  const client = {
    endpoint: stack.awsEndpoint,
    region: stack.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const sqs = new SQSClient(client);
  const lambda = new LambdaClient(client);
  const dead = stack.deadLetterQueueUrl;
  const { EventSourceMappings: mappings = [] } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: stack.functions['status-relay'] }),
  );
  const enable = async (Enabled: boolean): Promise<void> => {
    for (const { UUID } of mappings)
      await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  };
  const addLetter = async (MessageBody: string): Promise<void> => {
    await sqs.send(new SendMessageCommand({ QueueUrl: dead, MessageBody }));
  };

  return {
    /** Wakes wait in the queue from now on. */
    pause: () => enable(false),
    goOn: () => enable(true),
    addLetter,
    /** Moves the wakes of a turn into the dead-letter queue; others are left alone. @returns how many */
    letDie: async (turnId: string): Promise<number> => {
      const QueueUrl = stack.wakeQueueUrl;
      let moved = 0;
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            WaitTimeSeconds: 1,
            VisibilityTimeout: 5,
          }),
        );
        const own = Messages.filter(({ Body }) => Body?.includes(turnId));
        if (own.length === 0) return moved;
        for (const { Body = '', ReceiptHandle } of own) {
          await addLetter(Body);
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          moved++;
        }
      }
    },
    /** How many letters are in the dead-letter queue, seen or not. */
    letters: async (): Promise<number> => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: dead,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
    },
    empty: async (): Promise<void> => {
      await sqs.send(new PurgeQueueCommand({ QueueUrl: dead }));
    },
  };
}
