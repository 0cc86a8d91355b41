import { setTimeout as sleep } from 'node:timers/promises';
import type { CallRecord } from '../../local/slack/api/call-log.ts';
import { SEED } from '../../local/slack/server.ts';
import { type Stand, startStand } from '../stand.ts';
import { AwsUsage } from './aws-usage.ts';
import { writeBenchProject } from './bench-agent.ts';
import { type BenchModel, startBenchModel } from './model-server.ts';
import { stateDirName } from './results.ts';

const CHANNELS = 5;
const GATHER_MS = 2_000;
/** Slack's windows are a minute long; the budgets' a little longer. */
const FRESH_MS = 66_000;
const QUIET_MS = 3_000;

type Settings = Readonly<Record<string, string | number>>;

/** The deployed stack with the bench's model and agent, and all that passes between it, AWS and Slack. */
export interface BenchWorld extends AsyncDisposable {
  stand: Stand;
  model: BenchModel;
  /** Channels with the app and the requester in them. */
  channels: readonly string[];
  /** Deploys again with other settings beside the bench's own. */
  change(settings: Settings): Promise<void>;
  /** Begins to count from nothing. */
  begin(): Promise<void>;
  /** What came since then, up to now. */
  gathered(): Promise<{ calls: readonly CallRecord[]; aws: AwsUsage }>;
  /** Waits until nothing passes any more, and for windows and budgets that are as good as new. */
  rest(fresh: boolean): Promise<void>;
}

/** Starts it with the settings that a deployment has by default. */
export async function startBenchWorld(): Promise<BenchWorld> {
  const model = await startBenchModel();
  const own = { model: 'openai-compatible/bench', 'baseUrls.openai-compatible': model.baseUrl };
  let stand: Stand;
  try {
    stand = await startStand({ name: stateDirName, app: writeBenchProject(), settings: own });
  } catch (error) {
    await model[Symbol.asyncDispose]();
    throw error;
  }
  const { slack, meter } = stand;
  const channels: string[] = [];
  for (let n = 1; n <= CHANNELS; n++) {
    const members = [SEED.people.requester, SEED.botUser];
    const { id } = await slack.createChannel({ teamId: SEED.team, name: `bench-${n}`, members });
    channels.push(id);
  }

  let calls: CallRecord[] = [];
  let aws = new AwsUsage();
  let after = 0;
  let gathering = Promise.resolve();
  /** Logs are kept short on the other side: they are fetched by and by. */
  const gather = (): Promise<void> => {
    gathering = gathering.then(async () => {
      const more = await slack.calls({ after });
      after = more.at(-1)?.id ?? after;
      calls.push(...more);
      aws.add(meter.take());
    });
    return gathering;
  };
  const timer = setInterval(() => void gather().catch(() => {}), GATHER_MS);
  return {
    stand,
    model,
    channels,
    change: (settings) => stand.change({ ...own, ...settings }),
    async begin() {
      await gather();
      calls = [];
      aws = new AwsUsage();
    },
    async gathered() {
      await gather();
      return { calls, aws };
    },
    async rest(fresh) {
      const began = Date.now();
      for (let before = -1; before !== aws.dynamoDb; ) {
        before = aws.dynamoDb;
        await sleep(QUIET_MS);
        await gather();
      }
      if (fresh) await sleep(Math.max(0, began + FRESH_MS - Date.now()));
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await gathering.catch(() => {});
      await stand[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
    },
  };
}
