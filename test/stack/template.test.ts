import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot, venvDir } from '../../local/places.ts';
import { ensurePythonPackages } from '../../local/python.ts';
import { permissionsOf } from './permissions.ts';
import { type Resource, synthesise } from './synthesise.ts';

// Synthesis costs seconds of a processor: once as for AWS, once as for the emulator.
const aws = synthesise({ model: 'bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0' });
const local = synthesise({
  model: 'demo',
  modelBaseUrl: 'http://127.0.0.1:1/v1',
  overrides: '[{"person":"U1","model":"bedrock/global.anthropic.claude-opus-5-5"}]',
  titleModel: 'bedrock/amazon.nova-lite-v1:0',
  extraModels: '["openai-compatible/m"]',
  local: 'true',
});

const ofType = (type: string): [string, Resource][] =>
  Object.entries(aws.resources).filter(([, resource]) => resource.Type === type);

describe('the template', () => {
  it('keeps the logical ids of what outlives a deploy', () => {
    const frozen = [
      'AWS::DynamoDB::Table',
      'AWS::StepFunctions::StateMachine',
      'AWS::Lambda::Function',
      'AWS::S3::Bucket',
      'AWS::KMS::Key',
      'AWS::SecretsManager::Secret',
      'AWS::SQS::Queue',
    ];
    const ids = Object.entries(aws.resources)
      .filter(([, { Type }]) => frozen.includes(Type))
      .map(([id, { Type }]) => `${Type} ${id}`);
    // A change here replaces what holds people's data or running turns: see docs/deploy.md before updating it.
    expect(ids.sort()).toMatchSnapshot();
    expect(ofType('AWS::StepFunctions::StateMachine')[0]?.[1].Properties.StateMachineName).toMatchSnapshot();
  });

  it('has the same logical ids on the emulator', () => {
    const ids = (from: typeof aws) =>
      Object.keys(from.resources).filter((id) => !/Policy[0-9A-F]{8}$/.test(id));
    expect(ids(local).sort()).toEqual(ids(aws).sort());
  });

  it('has no finding of cdk-nag that was not answered', () => {
    expect(aws.findings).toEqual([]);
    expect(local.findings).toEqual([]);
  });

  it('passes cfn-lint', () => {
    const bin = ensurePythonPackages(venvDir, ['cfn-lint==1.58.0']);
    // W3005: the CDK names dependencies that CloudFormation would see by itself.
    const args = ['--ignore-checks', 'W3005', '--regions', 'us-east-1', 'eu-central-1', '--'];
    const lint = spawnSync(join(bin, 'cfn-lint'), [...args, aws.templateFile, local.templateFile], {
      encoding: 'utf8',
      cwd: projectRoot,
    });
    expect(`${lint.stdout}${lint.stderr}`).toBe('');
    expect(lint.status).toBe(0);
  }, 120_000);
});

describe('what holds data', () => {
  it.each(['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret'])(
    '%s stays when it leaves the stack',
    (type) => {
      const found = ofType(type);
      expect(found.length).toBeGreaterThan(0);
      for (const [, resource] of found)
        expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    },
  );

  it('is protected, encrypted and reached over TLS alone', () => {
    expect(ofType('AWS::DynamoDB::Table')[0]?.[1].Properties).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      BillingMode: 'PAY_PER_REQUEST',
      GlobalSecondaryIndexes: ['gsi1', 'gsi2', 'gsi3'].map((IndexName) => ({
        IndexName,
        KeySchema: [
          { AttributeName: `${IndexName}pk`, KeyType: 'HASH' },
          { AttributeName: `${IndexName}sk`, KeyType: 'RANGE' },
        ],
        // Hot records are in gsi3: their attributes would be written twice.
        Projection: { ProjectionType: IndexName === 'gsi3' ? 'KEYS_ONLY' : 'ALL' },
      })),
    });
    expect(ofType('AWS::KMS::Key')[0]?.[1].Properties.EnableKeyRotation).toBe(true);
    const policies = [...ofType('AWS::S3::BucketPolicy'), ...ofType('AWS::SQS::QueuePolicy')];
    expect(policies).toHaveLength(3);
    for (const [, { Properties }] of policies)
      expect(JSON.stringify(Properties)).toContain('{"Bool":{"aws:SecureTransport":"false"}}');
  });

  it('is not in the template: secrets are made empty', () => {
    for (const [, { Properties }] of ofType('AWS::SecretsManager::Secret')) {
      expect(Properties).not.toHaveProperty('SecretString');
      expect(Properties.GenerateSecretString).toEqual({
        SecretStringTemplate: '{}',
        GenerateStringKey: 'unused',
      });
    }
    expect(aws.text).not.toMatch(/xox[a-z]-|"signingSecret":/);
  });
});

describe('functions', () => {
  const table = (actions: string) => actions.split(' ').map((action) => `dynamodb:${action} on DataTable`);
  const items = table('ConditionCheckItem DeleteItem GetItem PutItem Query UpdateItem');
  const log = (name: string) => [
    `logs:CreateLogStream on Functions${name}Log`,
    `logs:PutLogEvents on Functions${name}Log`,
  ];
  const machine = 'arn:AWS::Partition:states:AWS::Region:AWS::AccountId:stateMachine:Sluice-2AF49A9B-turn';
  const start = `states:StartExecution on ${machine}`;
  const resume = 'states:SendTaskSuccess on *';
  const wake = 'sqs:SendMessage on WakesQueue';
  const slackSecret = 'secretsmanager:GetSecretValue on SecretsSlack';
  const named = '{"Null":{"kms:EncryptionContext:app":"false","kms:EncryptionContext:installation":"false"}}';
  const decrypt = `kms:Decrypt on SecretsTokenKey if ${named}`;
  const bodies = ['s3:GetObject on BodiesBucket/*', 's3:PutObject on BodiesBucket/*'];
  const attachments = 's3:GetObject on BodiesBucket/attachments/*';
  const consume = 'ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ReceiveMessage'
    .split(' ')
    .map((action) => `sqs:${action} on WakesQueue`);
  const letters = ['ChangeMessageVisibility', 'DeleteMessage', 'ReceiveMessage'].map(
    (action) => `sqs:${action} on WakesDeadLetters`,
  );
  const profile = 'arn:AWS::Partition:bedrock:AWS::Region:AWS::AccountId:inference-profile/eu.';
  const model = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
  const bedrock = ['InvokeModel', 'InvokeModelWithResponseStream'].flatMap((action) => [
    `bedrock:${action} on ${profile}${model}`,
    `bedrock:${action} on arn:AWS::Partition:bedrock:*::foundation-model/${model}`,
  ]);

  it.each([
    ['SlackEvents', [...items, wake, start, slackSecret, resume]],
    ['SlackInteractions', [...items, wake, start, slackSecret, resume, decrypt]],
    ['RunTurn', [...items, wake, start, decrypt, ...bodies, ...bedrock]],
    ['StatusRelay', [...items, wake, decrypt, resume, attachments, ...consume]],
    ['Settle', [...items, wake, start, resume]],
    ['Sweep', [...items, 'dynamodb:Query on DataTable/index/gsi3', wake, start, resume, ...letters]],
  ])('%s may do exactly what it needs', (name, expected) => {
    expect(permissionsOf(aws.resources, `Functions${name}`)).toEqual([...expected, ...log(name)].sort());
  });

  it('may call every model that any setting names, and read the providers’ keys where one needs a key', () => {
    const permissions = permissionsOf(local.resources, 'FunctionsRunTurn');
    expect(permissions).toContain('secretsmanager:GetSecretValue on SecretsProviders');
    const arn = 'arn:AWS::Partition:bedrock';
    expect(permissions.filter((permission) => permission.startsWith('bedrock:InvokeModel on'))).toEqual([
      `bedrock:InvokeModel on ${arn}:*::foundation-model/anthropic.claude-opus-5-5`,
      `bedrock:InvokeModel on ${arn}:AWS::Region::foundation-model/amazon.nova-lite-v1:0`,
      `bedrock:InvokeModel on ${arn}:AWS::Region:AWS::AccountId:inference-profile/global.anthropic.claude-opus-5-5`,
    ]);
  });

  it('run on Node 24, arm64, with logs that end and without reserved concurrency', () => {
    const functions = ofType('AWS::Lambda::Function');
    expect(functions).toHaveLength(6);
    for (const [, { Properties }] of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(Properties).toHaveProperty('LoggingConfig.LogGroup');
      expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
    }
    for (const [, { Properties }] of ofType('AWS::Logs::LogGroup'))
      expect(Properties.RetentionInDays).toBe(30);
  });

  it('the relay takes one wake at a time, and a wake stays hidden six times as long as it may work', () => {
    const relay = Object.entries(aws.resources).find(([id]) => /StatusRelayFunction[0-9A-F]{8}$/.test(id));
    const [, mapping] = ofType('AWS::Lambda::EventSourceMapping')[0] ?? [];
    const queue =
      aws.resources[Object.keys(aws.resources).find((id) => /WakesQueue[0-9A-F]{8}$/.test(id)) ?? ''];
    expect(mapping?.Properties).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 10 } });
    expect(Number(queue?.Properties.VisibilityTimeout)).toBe(6 * Number(relay?.[1].Properties.Timeout));
    expect(queue?.Properties).toHaveProperty('RedrivePolicy.deadLetterTargetArn');
  });
});

describe('the state machine', () => {
  it('logs without execution data, which holds task tokens', () => {
    expect(ofType('AWS::StepFunctions::StateMachine')[0]?.[1].Properties).toMatchObject({
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { IncludeExecutionData: false, Level: 'ALL' },
      TracingConfiguration: { Enabled: true },
    });
  });

  it('may invoke its two functions and send wakes', () => {
    const permissions = permissionsOf(aws.resources, 'Turns').filter((text) => !/^(logs|xray):/.test(text));
    expect(permissions).toEqual([
      'lambda:InvokeFunction on FunctionsRunTurnFunction',
      'lambda:InvokeFunction on FunctionsSettleFunction',
      'sqs:SendMessage on WakesQueue',
    ]);
  });

  it('tells settle of executions that ended badly', () => {
    const rules = ofType('AWS::Events::Rule').map(([, { Properties }]) => Properties);
    expect(rules).toContainEqual(
      expect.objectContaining({
        EventPattern: {
          source: ['aws.states'],
          'detail-type': ['Step Functions Execution Status Change'],
          detail: expect.objectContaining({ status: ['FAILED', 'TIMED_OUT', 'ABORTED'] }),
        },
      }),
    );
    expect(rules).toContainEqual(expect.objectContaining({ ScheduleExpression: 'rate(1 minute)' }));
  });
});
