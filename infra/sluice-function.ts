import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { bundledCode } from './bundle.ts';
import { type Permission, permit } from './permission.ts';

export interface SluiceFunctionProps {
  description: string;
  /** The handler's TypeScript file. */
  entry: string;
  build: string | undefined;
  timeout: Duration;
  /** MB; the share of a processor grows with it. */
  memorySize: number;
  environment: Record<string, string>;
  logRetention: RetentionDays;
  /** All that the function may do besides writing its log. */
  permissions: readonly Permission[];
}

/** One Lambda function with a log group, a role of its own and nothing in that role that is not named here. */
export class SluiceFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly timeout: Duration;

  constructor(scope: Construct, id: string, props: SluiceFunctionProps) {
    super(scope, id);
    this.timeout = props.timeout;
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.fn = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: bundledCode({ entry: props.entry, ...(props.build ? { build: props.build } : {}) }),
      handler: 'handler.handler',
      timeout: props.timeout,
      memorySize: props.memorySize,
      role,
      logGroup,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: 'sluice',
        POWERTOOLS_METRICS_NAMESPACE: 'Sluice',
        ...props.environment,
      },
    });
    this.fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    for (const permission of props.permissions) permit(role, permission);
  }
}
