import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject, vi } from 'vitest';
import { executionNameOf, type MessageAddress, turnIdOf } from '../../../core/ids.ts';
import { keys } from '../../../core/store/keys.ts';
import { createStore } from '../../../core/store/store.ts';
import type { TurnRecord } from '../../../core/turns/record.ts';
import { hasEnded } from '../../../core/turns/transitions.ts';
import { SEED } from '../../../local/slack/server.ts';
import { type AdminMessage, SlackSimulatorClient } from '../../support/slack-client.ts';

const WAIT = { timeout: 60_000, interval: 50 };

/** The deployed stack as tests look at it: Slack through the simulator, records and executions through AWS's APIs. */
export function deployed() {
  const stack = inject('stack');
  const slack = new SlackSimulatorClient(inject('slackUrl'), { timeoutMs: 45_000 });
  const client = {
    endpoint: stack.awsEndpoint,
    region: stack.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const store = createStore(DynamoDBDocumentClient.from(new DynamoDBClient(client)), stack.table, {
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
  });
  const sfn = new SFNClient(client);
  const lambda = new LambdaClient(client);
  const { requester } = SEED.people;
  const { general } = SEED.channels;

  const addressOf = (message: Pick<AdminMessage, 'channel' | 'ts'>): MessageAddress => ({
    appId: SEED.app,
    installationId: SEED.team,
    channel: message.channel,
    messageTs: message.ts,
  });
  const turnOf = async (message: Pick<AdminMessage, 'channel' | 'ts'>) =>
    store.get<TurnRecord>(keys.turn(turnIdOf(addressOf(message))));

  return {
    stack,
    slack,
    store,
    SEED,
    turnOf,
    /** Somebody mentions the agent. */
    ask: (text: string, given: { user?: string; channel?: string; thread_ts?: string } = {}) =>
      slack.post({ user: requester, channel: general, ...given, text: `@sluice ${text}` }),
    /** The turn of a post, once a condition holds for it. */
    turnWhen: (message: Pick<AdminMessage, 'channel' | 'ts'>, holds: (turn: TurnRecord) => boolean) =>
      vi.waitFor(async () => {
        const turn = await turnOf(message);
        if (!turn || !holds(turn))
          throw new Error(`The turn is ${turn ? JSON.stringify(turn) : 'not there'}.`);
        return turn;
      }, WAIT),
    ended: (turn: TurnRecord) => hasEnded(turn),
    /** The sweep, at once instead of at the next minute. */
    sweepNow: async (): Promise<void> => {
      const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: stack.functions.sweep }));
      if (FunctionError) throw new Error(`The sweep failed: ${FunctionError}`);
    },
    /** Makes the next invocation of a function a cold one: a change of its configuration ends what is warm. */
    makeCold: async (deployedName: string): Promise<void> => {
      const FunctionName = deployedName;
      const { Timeout } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout }));
      await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
    },
    /** States entered by a turn's execution, in order: what Step Functions bills as transitions. */
    statesOf: async (turn: Pick<TurnRecord, 'turnId' | 'epoch'>): Promise<string[]> => {
      const arn = `${stack.stateMachineArn.replace(':stateMachine:', ':execution:')}:${executionNameOf(turn.turnId, turn.epoch)}`;
      return vi.waitFor(async () => {
        const { events } = await sfn.send(
          new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1_000 }),
        );
        const types = (events ?? []).map((event) => event.type ?? '');
        if (!types.some((type) => /^Execution(Succeeded|Failed|Aborted)$/.test(type)))
          throw new Error(`The execution is still running: ${types.join(' ')}`);
        return (events ?? []).flatMap((event) => event.stateEnteredEventDetails?.name ?? []);
      }, WAIT);
    },
  };
}

/** Everything that a person sees of the agent in a thread, in order. */
export async function shownBy(slack: SlackSimulatorClient, asked: AdminMessage): Promise<AdminMessage[]> {
  const thread = await slack.thread(asked.channel, asked.threadTs ?? asked.ts);
  return thread.filter((message) => message.botId && message.ts > asked.ts && !message.ephemeralFor);
}

/** What the agent wrote in a message: the Markdown that was streamed, or the text that was posted. */
export const writtenIn = (message: AdminMessage): string => message.stream?.markdown ?? message.text;

/** How often a text stands in another. */
export const occurrences = (text: string, part: string): number => text.split(part).length - 1;
