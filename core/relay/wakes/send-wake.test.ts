import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { createSendWake, delaySecondsOf } from './send-wake.ts';

it.each([
  [0, 0],
  [-5, 0],
  [1, 1],
  [1000, 1],
  [1001, 2],
  [899_500, 900],
  [10_000_000, 900],
])('%i ms is a delay of %i s: never early, and never more than SQS takes', (ms, seconds) => {
  expect(delaySecondsOf(ms)).toBe(seconds);
});

it('sends the wake as JSON into its queue', async () => {
  const sent: unknown[] = [];
  const client = {
    send: async (command: SendMessageCommand) => {
      sent.push(command.input);
      return {};
    },
  } as Pick<SQSClient, 'send'>;
  await createSendWake(client, 'https://queue')({ v: 1, kind: 'flush', turnId: 't1' }, 1500);
  expect(sent).toEqual([
    { QueueUrl: 'https://queue', MessageBody: '{"v":1,"kind":"flush","turnId":"t1"}', DelaySeconds: 2 },
  ]);
});
