import { SQSClient } from '@aws-sdk/client-sqs';
import type { Log } from '../../core/log.ts';
import { createDeadLetters } from '../../core/relay/wakes/dead-letter-queue.ts';
import type { ReplayDeps } from '../../core/relay/wakes/replay-dead-letters.ts';
import type { SweepDeps } from '../../core/turns/sweep.ts';
import { readEnvironment } from '../shared/environment.ts';
import { turnDeps } from '../shared/turn-deps.ts';

export function sweepDeps(log: Log): SweepDeps & ReplayDeps {
  const env = readEnvironment(['SLUICE_DEAD_LETTERS_URL']);
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  return { ...turnDeps(log), deadLetters: createDeadLetters(client, env.SLUICE_DEAD_LETTERS_URL) };
}
