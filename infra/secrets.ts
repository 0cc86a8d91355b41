import { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/**
 * What must not be read by everybody: Slack's signing secret, the providers' keys, and the key that bot tokens
 * are encrypted with. All of it is retained. The secrets are created empty (JSON without the expected keys) and
 * filled from outside, so that no value is ever part of a template.
 */
export class SluiceSecrets extends Construct {
  readonly slack: Secret;
  readonly providers: Secret;
  readonly tokenKey: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.slack = this.emptySecret('Slack', 'Sluice: {"signingSecret": "…"} of the Slack app');
    this.providers = this.emptySecret(
      'Providers',
      `Sluice: API keys of model providers, {"anthropic": "…", "openai": "…", "openai-compatible": "…"}`,
    );
    this.tokenKey = new Key(this, 'TokenKey', {
      description: 'Sluice: encrypts the bot tokens of installations',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /**
   * A secret's ARN. `secretArn` is a `Ref`, which the emulator answers with the secret's name; the attribute is the
   * ARN everywhere.
   */
  static arnOf(secret: Secret): string {
    const resource = secret.node.defaultChild;
    return resource instanceof CfnSecret ? resource.attrId : secret.secretArn;
  }

  private emptySecret(id: string, description: string): Secret {
    const secret = new Secret(this, id, {
      description,
      // CloudFormation fills the one key it must generate; nobody reads it.
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'unused' },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      secret,
      'AwsSolutions-SMG4',
      'Slack and the model providers issue these values; they cannot be rotated from here.',
    );
    return secret;
  }
}
