import { SFNClient } from '@aws-sdk/client-sfn';
import { createExecutions, type Executions } from '../../core/turns/executions.ts';

/** The turns' state machine. */
export function createStateMachine(arn: string): Executions {
  return createExecutions(new SFNClient({}), arn);
}
