import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { executionNameOf } from '../ids.ts';
import type { RunInput } from './record.ts';

/** What core needs of Step Functions. */
export interface Executions {
  /** Starts a turn's execution. `exists` says that the name is taken: by a double delivery, or a start whose answer was lost. */
  start(turnId: string, epoch: number): Promise<'started' | 'exists'>;
  /** Resumes a paused execution. `gone` says that the token no longer stands for a waiting task. */
  resume(token: string, turnId: string): Promise<'sent' | 'gone'>;
}

/** Step Functions as the turns use it; the client's own retries cover throttling. */
export function createExecutions(client: SFNClient, stateMachineArn: string): Executions {
  return {
    async start(turnId, epoch) {
      const input: RunInput = { v: 1, turnId, epoch };
      try {
        await client.send(
          new StartExecutionCommand({
            stateMachineArn,
            name: executionNameOf(turnId, epoch),
            input: JSON.stringify(input),
          }),
        );
        return 'started';
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'exists';
        throw error;
      }
    },
    async resume(token, turnId) {
      try {
        await client.send(
          new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify({ v: 1, turnId }) }),
        );
        return 'sent';
      } catch (error) {
        // AWS and the emulator name a used token differently; all three mean that this wait is over.
        if (
          error instanceof TaskTimedOut ||
          error instanceof TaskDoesNotExist ||
          error instanceof InvalidToken
        )
          return 'gone';
        throw error;
      }
    },
  };
}
