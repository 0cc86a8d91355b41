import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { defaultStateDir } from '../local/places.ts';
import { readStackFile } from '../local/stack-file.ts';
import { CliError, exitCodes } from './cli-error.ts';

/** Which deployment a command works on, as its options say. */
export interface TargetOptions {
  local?: boolean;
  stateDir?: string;
  stack: string;
  region?: string;
}

/** A deployed stack and how to reach it. */
export interface Target {
  /** For people. */
  name: string;
  /** The options that name it, for hints. */
  flags: string;
  /** For the AWS SDK's clients. */
  client: {
    region?: string;
    endpoint?: string;
    credentials?: { accessKeyId: string; secretAccessKey: string };
  };
  apiUrl: string;
  slackApiUrl: string;
  model: string;
  /** Every model that the deployment's settings name. */
  models: readonly string[];
  table: string;
  bucket: string;
  stateMachineArn: string;
  wakeQueueUrl: string;
  tokenKeyArn: string;
  slackSecretArn: string;
  providerSecretArn: string;
  /** The local stack's app, used where Slack does not tell. */
  fallbackAppId?: string;
}

/** Finds the stack: in `stack.json` with `--local`, otherwise by its outputs in CloudFormation. @throws CliError */
export async function findTarget(options: TargetOptions): Promise<Target> {
  return options.local ? localTarget(options.stateDir ?? defaultStateDir) : awsTarget(options);
}

function localTarget(stateDir: string): Target {
  const stack = readStackFile(stateDir);
  return {
    name: `the local stack at ${stack.awsEndpoint}`,
    flags: stateDir === defaultStateDir ? '--local' : `--local --state-dir ${stateDir}`,
    client: {
      region: stack.region,
      endpoint: stack.awsEndpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    apiUrl: stack.apiUrl,
    slackApiUrl: stack.slackApiUrl,
    model: stack.model,
    models: [stack.model],
    table: stack.table,
    bucket: stack.bucket,
    stateMachineArn: stack.stateMachineArn,
    wakeQueueUrl: stack.wakeQueueUrl,
    tokenKeyArn: stack.tokenKeyArn,
    slackSecretArn: stack.slackSecretArn,
    providerSecretArn: stack.providerSecretArn,
    fallbackAppId: stack.appId,
  };
}

async function awsTarget({ stack: stackName, region }: TargetOptions): Promise<Target> {
  const client = region ? { region } : {};
  const stack = await describeStack(new CloudFormationClient(client), stackName);
  const outputs = new Map(stack.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const output = (name: string): string => {
    const value = outputs.get(name);
    if (value === undefined)
      throw new CliError(
        exitCodes.noStack,
        `Stack ${stackName} (${stack.StackStatus}) has no output ${name}. Deploy it again with \`npm run deploy\`, or name another stack with --stack.`,
      );
    return value;
  };
  return {
    name: `stack ${stackName}`,
    flags: `--stack ${stackName}${region ? ` --region ${region}` : ''}`,
    client,
    apiUrl: output('ApiUrl'),
    slackApiUrl: output('SlackApiUrl'),
    model: output('Model'),
    // Deployments of earlier versions name one.
    models: (outputs.get('Models') ?? output('Model')).split(','),
    table: output('TableName'),
    bucket: output('BucketName'),
    stateMachineArn: output('StateMachineArn'),
    wakeQueueUrl: output('WakeQueueUrl'),
    tokenKeyArn: output('TokenKeyArn'),
    slackSecretArn: output('SlackSecretArn'),
    providerSecretArn: output('ProviderSecretArn'),
  };
}

async function describeStack(client: CloudFormationClient, stackName: string): Promise<Stack> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const stack = Stacks?.[0];
    if (stack) return stack;
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : '';
    const said = (cause instanceof Error ? cause.message : String(cause)).replace(/\.?$/, '.');
    if (name !== 'ValidationError')
      throw new CliError(
        exitCodes.noStack,
        `AWS cannot be asked for stack ${stackName}: ${said} Check the region (--region or AWS_REGION) and your credentials (\`aws sts get-caller-identity\`), or use --local.`,
        { cause },
      );
  }
  throw new CliError(
    exitCodes.noStack,
    `There is no stack ${stackName} in this account and region. Deploy it with \`npm run deploy\`, name another with --stack or --region, or use --local.`,
  );
}
