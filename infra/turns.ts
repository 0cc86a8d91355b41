import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArnFormat, Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct, type IConstruct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { sendWakes } from './grants.ts';
import { permit } from './permission.ts';

const definitionFile = join(import.meta.dirname, '..', 'statemachines', 'turn.asl.json');

/** The state machine's name and ARN, settled before it exists: it refers to functions that refer to it. */
export function turnMachineIdentity(scope: IConstruct): { name: string; arn: string } {
  const name = `${Names.uniqueResourceName(scope, { maxLength: 70, separator: '-' })}-turn`;
  const arn = Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { name, arn };
}

export interface SluiceTurnsProps {
  stateMachineName: string;
  stateMachineArn: string;
  runTurn: IFunction;
  settle: IFunction;
  wakeQueue: Queue;
  logRetention: RetentionDays;
}

/** The state machine that waits for turns, and the rule that tells `settle` of executions that ended badly. */
export class SluiceTurns extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: SluiceTurnsProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    permit(role, {
      statement: new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [props.runTurn.functionArn, props.settle.functionArn],
      }),
    });
    permit(role, sendWakes(props.wakeQueue));

    const log = new LogGroup(this, 'Log', {
      // Log groups of this prefix need no entry of their own in the account's resource policy, whose size is limited.
      logGroupName: `/aws/vendedlogs/states/${props.stateMachineName}`,
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: props.stateMachineName,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(readFileSync(definitionFile, 'utf8')),
      definitionSubstitutions: {
        RunTurnArn: props.runTurn.functionArn,
        SettleArn: props.settle.functionArn,
        WakeQueueUrl: props.wakeQueue.queueUrl,
      },
      role,
      // Execution data holds task tokens, which are credentials.
      logs: { destination: log, level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    });
    acknowledge(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'Log delivery and X-Ray offer no narrower resources (AWS: vended log permissions and tracing of state machines).',
    );

    new Rule(this, 'EndedBadly', {
      description: 'Executions of turns that failed, timed out or were aborted',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [props.stateMachineArn],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      targets: [new LambdaTarget(props.settle, { maxEventAge: Duration.hours(1) })],
    });
  }
}
