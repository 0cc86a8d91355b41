import type { DisplayChoice } from '../../core/display/display.ts';
import type { RelayMetric } from '../../core/relay/deps.ts';
import { handleWake, type RelayDeps } from '../../core/relay/handle-wake.ts';
import { MAX_DELAY_MS, type WakeMessage } from '../../core/relay/wakes/wake.ts';
import { defaultLimits, defaultTiers, type Limits, type Tiers } from '../../core/settings.ts';
import type { SlackApi } from '../../core/slack/api.ts';
import { createSlackConnect } from '../../core/slack/client.ts';
import { createUpload } from '../../core/slack/upload.ts';
import type { TurnRecord } from '../../core/turns/record.ts';
import { SEED, type SimulatorOptions, startSlackSimulator } from '../../local/slack/server.ts';
import { memoryBodies } from './memory-bodies.ts';
import { createMemoryStore } from './memory-store.ts';
import { SlackSimulatorClient } from './slack-client.ts';
import { newTurn } from './world-turn.ts';

export type { WorldTurn } from './world-turn.ts';

/** A relay that dies at this point: nothing behind it happens. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export interface RelayWorldOptions {
  limits?: Partial<Limits>;
  tiers?: Partial<Tiers>;
  simulator?: SimulatorOptions;
  random?: () => number;
}

/** A fault: Slack opens no stream here. */
export const noStreams = {
  method: 'chat.startStream',
  effect: 'error',
  error: 'channel_type_not_supported',
} as const;

type CallHook = (method: string, send: () => Promise<unknown>) => Promise<unknown>;

/** A message that a crashed relay had in hands comes again after the queue's visibility timeout. */
const VISIBILITY_MS = 180_000;

/**
 * The relay against the Slack simulator, on a store in memory and in virtual time: the queue's delays, the relay's
 * waits and Slack's clock all move one clock, so hours pass in milliseconds and every run is the same.
 */
export async function createRelayWorld(options: RelayWorldOptions = {}) {
  const simulator = await startSlackSimulator({ port: 0, ...options.simulator });
  const slack = new SlackSimulatorClient(simulator.url);
  await slack.freezeClock();
  let now = (await slack.state()).clock.now;
  const store = createMemoryStore();
  const limits = { ...defaultLimits, ...options.limits };
  const queue: { message: WakeMessage; at: number; order: number }[] = [];
  const timeline: { at: number; order: number; act: () => Promise<unknown> }[] = [];
  const logged: string[] = [];
  const resumed: string[] = [];
  const measured: { metric: RelayMetric; ms: number }[] = [];
  let order = 0;
  let hook: CallHook = (_method, send) => send();
  const bodies = memoryBodies();
  const upload = createUpload({ slackApiUrl: slack.apiUrl, timeoutMs: 5_000 });
  const connect = createSlackConnect({ slackApiUrl: slack.apiUrl, timeoutMs: 5_000 });

  const advanceTo = async (at: number): Promise<void> => {
    for (;;) {
      const [due] = timeline;
      if (!due || due.at > at) break;
      timeline.shift();
      await move(due.at);
      const relayWaits = inRelay;
      inRelay = false;
      await due.act();
      inRelay = relayWaits;
    }
    await move(at);
  };
  const move = async (at: number): Promise<void> => {
    if (at <= now) return;
    await slack.advanceClock(at - now);
    now = at;
  };
  const log = (message: string, fields: Record<string, unknown> = {}) => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  const deps: RelayDeps = {
    store,
    now: () => now,
    random: options.random ?? (() => 0.5),
    sleep: (ms) => advanceTo(now + ms),
    limits,
    tiers: { ...defaultTiers, ...options.tiers },
    sendWake: async (message, delayMs) => {
      // In whole seconds, and a quarter of an hour at most, as SQS delays.
      const delay = Math.min(MAX_DELAY_MS, Math.ceil(delayMs / 1000) * 1000);
      queue.push({ message, at: now + delay, order: order++ });
    },
    findInstallation: async (appId, installationId) => ({
      appId,
      installationId,
      botUserId: SEED.botUser,
      botId: SEED.bot,
      botToken: SEED.botToken,
    }),
    connectSlack: (token): SlackApi => ({
      call: <T>(method: string, args: Record<string, unknown>) =>
        hook(method, () => connect(token).call(method, args)) as Promise<T>,
    }),
    bodies,
    sendUpload: async (url, bytes) => {
      await hook('upload_url', () => upload(url, bytes));
    },
    executions: {
      start: async () => 'started',
      resume: async (token) => {
        resumed.push(token);
        return 'sent';
      },
    },
    log: { info: log, warn: log, error: log },
    measure: (metric, ms) => measured.push({ metric, ms }),
  };

  let deaths: number[] = [];
  let writesLeft = Number.POSITIVE_INFINITY;
  let inRelay = false;
  let crashes = 0;
  let handled: WakeMessage | undefined;
  store.beforeWrite = () => {
    if (inRelay && --writesLeft < 0) {
      writesLeft = deaths.shift() ?? Number.POSITIVE_INFINITY;
      throw new Crash();
    }
  };
  const handle = async (message: WakeMessage): Promise<void> => {
    // Another relay may be at work: this one is in the middle of one of its calls.
    const outer = { inRelay, handled };
    inRelay = true;
    handled = message;
    try {
      await handleWake(deps, message);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      crashes++;
      queue.push({ message, at: now + VISIBILITY_MS, order: order++ });
    } finally {
      ({ inRelay, handled } = outer);
    }
  };

  return {
    slack,
    store,
    bodies,
    deps,
    queue,
    logged,
    resumed,
    measured,
    now: () => now,
    /** What happens around each Slack call of the relay. */
    onCall(next: CallHook): void {
      hook = next;
    },
    /** The relay dies before it writes its n-th record from now on; those that come after it likewise. */
    dieBeforeWrite(n: number, ...next: number[]): void {
      writesLeft = n;
      deaths = next;
    },
    /** Something that happens `ms` from now, while the relay works or waits. */
    after(ms: number, act: () => Promise<unknown>): void {
      const event = { at: now + ms, order: order++, act };
      timeline.splice(timeline.findLastIndex((other) => byTime(other, event) < 0) + 1, 0, event);
    },
    handle,
    /** What the relay at work was woken by. */
    handled: () => handled,
    /** How many relays died so far. */
    crashes: () => crashes,
    /** Whether a relay is at work now, and not whoever writes the log. */
    inRelay: () => inRelay,
    /** Hands out wakes in their time until none is left, or until so much time has passed. */
    async run(ms = Number.POSITIVE_INFINITY, steps = 2_000): Promise<void> {
      const until = now + ms;
      for (let n = 0; n < steps; n++) {
        const [next] = queue.sort(byTime);
        const [event] = timeline;
        if (event && event.at <= until && (!next || event.at < next.at)) {
          await advanceTo(event.at);
          continue;
        }
        if (!next || next.at > until) {
          if (ms !== Number.POSITIVE_INFINITY) await advanceTo(until);
          return;
        }
        queue.shift();
        await advanceTo(next.at);
        await handle(next.message);
      }
      throw new Error('The relay does not come to rest.');
    },
    newTurn: (over: Partial<TurnRecord> = {}, display?: DisplayChoice) =>
      newTurn({ slack, store, deps }, over, display),
    close: () => simulator.close(),
  };
}

const byTime = (a: { at: number; order: number }, b: { at: number; order: number }): number =>
  a.at - b.at || a.order - b.order;

export type RelayWorld = Awaited<ReturnType<typeof createRelayWorld>>;
