import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface SluiceApiProps {
  slackEvents: IFunction;
  slackInteractions: IFunction;
  logRetention: RetentionDays;
}

/** The HTTP API: what Slack calls. */
export class SluiceApi extends Construct {
  readonly api: HttpApi;
  /** Without a slash at its end. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: SluiceApiProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.api = new HttpApi(this, 'Http', {
      apiName: `${stack.stackName}-api`,
      description: 'Sluice: what Slack calls',
      createDefaultStage: false,
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // A public address: what is not Slack must not be able to use up the account's concurrency.
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        // No query strings, bodies or addresses of callers.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            route: '$context.routeKey',
            status: '$context.status',
            responseLength: '$context.responseLength',
            latencyMs: '$context.responseLatency',
            integrationMs: '$context.integrationLatency',
            error: '$context.error.message',
          }),
        ),
      },
    });
    this.url = this.api.apiEndpoint;
    this.route('SlackEvents', '/slack/events', props.slackEvents);
    this.route('SlackInteractions', '/slack/interactions', props.slackInteractions);
  }

  private route(id: string, path: string, handler: IFunction): void {
    const integration = new HttpLambdaIntegration(id, handler, {
      payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
    });
    for (const route of this.api.addRoutes({ path, methods: [HttpMethod.POST], integration }))
      acknowledge(
        route,
        'AwsSolutions-APIG4',
        'Slack signs each request; the function checks the signature over the raw bytes before anything else.',
      );
  }
}
