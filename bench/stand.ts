import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { install } from '../cli/install.ts';
import { findTarget } from '../cli/target.ts';
import { executionNameOf, turnIdOf } from '../core/ids.ts';
import { keys } from '../core/store/keys.ts';
import { createStore, type Store } from '../core/store/store.ts';
import type { TurnRecord } from '../core/turns/record.ts';
import { hasEnded } from '../core/turns/transitions.ts';
import { down } from '../local/down.ts';
import { projectRoot } from '../local/places.ts';
import { SEED, startSlackSimulator } from '../local/slack/server.ts';
import type { LocalStack } from '../local/stack-file.ts';
import { redeploy, up } from '../local/up.ts';
import { freePort } from '../test/support/free-port.ts';
import { type AdminMessage, SlackSimulatorClient } from '../test/support/slack-client.ts';
import { type AwsMeter, startAwsMeter } from './aws-meter.ts';

export interface StandOptions {
  /** The folder below `.local` that the stack lives in: benches may run beside each other. */
  name: string;
  settings: Readonly<Record<string, string | number>>;
  /** The CDK app's command, for a project that is not this one. */
  app?: string;
  /** Whether Slack counts calls. @default true, as Slack does */
  rateLimits?: boolean;
}

/** The deployed stack on the emulator, with a meter between its functions and AWS, and the Slack simulator. */
export interface Stand extends AsyncDisposable {
  stack: LocalStack;
  stateDir: string;
  slack: SlackSimulatorClient;
  /** What the functions ask of AWS; what the bench itself asks does not pass it. */
  meter: AwsMeter;
  store: Store;
  /** Deploys again with other settings. */
  change(settings: StandOptions['settings']): Promise<void>;
  /** The turn of a post as it is now. */
  turn(asked: AdminMessage): Promise<TurnRecord | undefined>;
  /** The turn of a post once it has ended. */
  ended(asked: AdminMessage, timeoutMs: number): Promise<TurnRecord>;
  /** States that a turn's execution entered, in order: what Step Functions bills as transitions. */
  states(turn: Pick<TurnRecord, 'turnId' | 'epoch'>): Promise<string[]>;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Starts all of it; disposing ends it. */
export async function startStand({ name, settings, app, rateLimits = true }: StandOptions): Promise<Stand> {
  const stateDir = join(projectRoot, '.local', name);
  const port = await freePort();
  const meter = await startAwsMeter(port);
  const simulator = await startSlackSimulator({ port: 0 });
  const close = async () => {
    await down(stateDir);
    await simulator.close();
    await meter.close();
  };
  try {
    const slackApiUrl = `${simulator.url}/api/`;
    const stack = await up({
      stateDir,
      port,
      settings: { ...settings, slackApiUrl },
      appId: SEED.app,
      emulatorEnv: { AWS_ENDPOINT_URL: meter.url },
      ...(app ? { app } : {}),
    });
    const slack = new SlackSimulatorClient(simulator.url, { timeoutMs: 60_000 });
    await slack.setApp({
      eventsUrl: `${stack.apiUrl}/slack/events`,
      interactionsUrl: `${stack.apiUrl}/slack/interactions`,
      signingSecret: stack.signingSecret,
    });
    if (!rateLimits) await slack.setRateLimits({ enabled: false });
    const target = await findTarget({ local: true, stateDir, stack: 'Sluice' });
    await install(target, { team: SEED.team, botToken: SEED.botToken, app: SEED.app });
    const client = {
      endpoint: stack.awsEndpoint,
      region: stack.region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    const store = createStore(DynamoDBDocumentClient.from(new DynamoDBClient(client)), stack.table, {
      sleep: pause,
      random: Math.random,
    });
    const sfn = new SFNClient(client);
    return {
      stack,
      stateDir,
      slack,
      meter,
      store,
      change: async (changed) => {
        await redeploy(stack, {
          stateDir,
          settings: { ...changed, slackApiUrl },
          ...(app ? { app } : {}),
        });
      },
      turn: (asked) => turnOf(store, asked),
      async ended(asked, timeoutMs) {
        const deadline = Date.now() + timeoutMs;
        for (;;) {
          const turn = await turnOf(store, asked);
          if (turn && hasEnded(turn)) return turn;
          if (Date.now() > deadline) throw new Error(`The turn has not ended: ${JSON.stringify(turn)}`);
          await pause(100);
        }
      },
      async states({ turnId, epoch }) {
        const execution = stack.stateMachineArn.replace(':stateMachine:', ':execution:');
        const executionArn = `${execution}:${executionNameOf(turnId, epoch)}`;
        const states: string[] = [];
        for (let nextToken: string | undefined, first = true; first || nextToken; first = false) {
          const page = await sfn.send(
            new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000, nextToken }),
          );
          states.push(...(page.events ?? []).flatMap((event) => event.stateEnteredEventDetails?.name ?? []));
          nextToken = page.nextToken;
        }
        return states;
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function turnOf(store: Store, { channel, ts }: AdminMessage): Promise<TurnRecord | undefined> {
  const address = { appId: SEED.app, installationId: SEED.team, channel, messageTs: ts };
  return store.get<TurnRecord>(keys.turn(turnIdOf(address)));
}
