import { sessionIdOf, turnIdOf } from '../../core/ids.ts';
import { pauseActions } from '../../core/pauses/new-pause.ts';
import { handleWake, type RelayDeps } from '../../core/relay/handle-wake.ts';
import { newRelayItem, type RelayRecord } from '../../core/relay/record.ts';
import { requestWake } from '../../core/relay/request-wake.ts';
import type { WakeMessage } from '../../core/relay/wake.ts';
import { defaultLimits, defaultTiers, type Limits, type Tiers } from '../../core/settings.ts';
import type { SlackApi } from '../../core/slack/api.ts';
import { createSlackConnect } from '../../core/slack/client.ts';
import { lettersOfMarkdown, lettersOfMessage } from '../../core/slack/visible-text.ts';
import { keys } from '../../core/store/keys.ts';
import { chunkItem } from '../../core/stream/chunk-item.ts';
import type { FinishNotice, StreamChunk } from '../../core/stream/chunks.ts';
import type { TurnRecord } from '../../core/turns/record.ts';
import { SEED, type SimulatorOptions, startSlackSimulator } from '../../local/slack/server.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';
import { aPause } from './pauses.ts';
import { SlackSimulatorClient } from './slack-client.ts';

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

type CallHook = (method: string, send: () => Promise<unknown>) => Promise<unknown>;

const CHANNEL = SEED.channels.general;
const REQUESTER = SEED.people.requester;
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
  let order = 0;
  let hook: CallHook = (_method, send) => send();
  const connect = createSlackConnect({ slackApiUrl: slack.apiUrl, timeoutMs: 5_000 });

  const advanceTo = async (at: number): Promise<void> => {
    for (;;) {
      const due = timeline.filter((event) => event.at <= at).sort(byTime)[0];
      if (!due) break;
      timeline.splice(timeline.indexOf(due), 1);
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
      queue.push({ message, at: now + Math.ceil(delayMs / 1000) * 1000, order: order++ });
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
    executions: {
      start: async () => 'started',
      resume: async (token) => {
        resumed.push(token);
        return 'sent';
      },
    },
    log: { info: log, warn: log, error: log },
  };

  let writesLeft = Number.POSITIVE_INFINITY;
  let inRelay = false;
  store.beforeWrite = () => {
    if (inRelay && --writesLeft < 0) {
      writesLeft = Number.POSITIVE_INFINITY;
      throw new Crash();
    }
  };
  const handle = async (message: WakeMessage): Promise<void> => {
    inRelay = true;
    try {
      await handleWake(deps, message);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      queue.push({ message, at: now + VISIBILITY_MS, order: order++ });
    } finally {
      inRelay = false;
    }
  };

  return {
    slack,
    store,
    deps,
    queue,
    logged,
    resumed,
    now: () => now,
    /** What happens around each Slack call of the relay. */
    onCall(next: CallHook): void {
      hook = next;
    },
    /** The relay dies before it writes its n-th record from now on. */
    dieBeforeWrite(n: number): void {
      writesLeft = n;
    },
    /** Something that happens `ms` from now, while the relay works or waits. */
    after(ms: number, act: () => Promise<unknown>): void {
      timeline.push({ at: now + ms, order: order++, act });
    },
    handle,
    /** Hands out wakes in their time until none is left, or until so much time has passed. */
    async run(ms = Number.POSITIVE_INFINITY, steps = 2_000): Promise<void> {
      const until = now + ms;
      for (let n = 0; n < steps; n++) {
        const [next] = queue.sort(byTime);
        const [event] = timeline.sort(byTime);
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
    newTurn: (over: Partial<TurnRecord> = {}) => newTurn({ slack, store, deps }, over),
    close: () => simulator.close(),
  };
}

const byTime = (a: { at: number; order: number }, b: { at: number; order: number }): number =>
  a.at - b.at || a.order - b.order;

export type RelayWorld = Awaited<ReturnType<typeof createRelayWorld>>;

/** A turn that a person asked for in a thread of #general, with its log to write. */
async function newTurn(
  { slack, store, deps }: { slack: SlackSimulatorClient; store: MemoryStore; deps: RelayDeps },
  over: Partial<TurnRecord>,
) {
  const post = over.threadTs
    ? undefined
    : await slack.post({ user: REQUESTER, channel: CHANNEL, text: 'Please help' });
  const threadTs = over.threadTs ?? post?.ts ?? '';
  const place = { appId: SEED.app, installationId: SEED.team, channel: CHANNEL };
  const messageTs = over.messageTs ?? threadTs;
  const turnId = turnIdOf({ ...place, messageTs });
  const sessionId = sessionIdOf({ ...place, threadTs });
  const turn: TurnRecord = {
    v: 1,
    ...place,
    turnId,
    sessionId,
    threadTs,
    messageTs,
    state: 'running',
    requester: { userId: REQUESTER, teamId: SEED.team },
    agent: 'assistant',
    epoch: 1,
    fence: 1,
    seals: {},
    step: 0,
    attempts: 0,
    nextSeq: 2,
    usage: { inputTokens: 0, outputTokens: 0 },
    createdAt: deps.now(),
    updatedAt: deps.now(),
    ...over,
  };
  await store.put({ ...keys.turn(turnId), ...turn });
  await store.put({ ...keys.session(sessionId), v: 1, sessionId, activeTurnId: turnId });
  await store.put(newRelayItem({ turn, now: deps.now() }));
  await deps.sendWake({ v: 1, kind: 'flush', turnId }, 0);
  let seq = 0;
  const write = async (...chunks: StreamChunk[]): Promise<void> => {
    await store.put(chunkItem(turnId, { fence: 1, seq: ++seq }, chunks, deps.now()));
    await requestWake(deps, turnId, deps.limits.debounceMs);
  };
  return {
    turnId,
    sessionId,
    threadTs,
    channel: CHANNEL,
    /** Writes a batch as run-turn does. */
    write,
    /** Ends the turn as run-turn does: the end and the `finish` chunk are one transaction. */
    async end(end: FinishNotice['end'] = 'completed', reason?: string): Promise<void> {
      const now = deps.now();
      const finish: StreamChunk = { type: 'finish', messageMetadata: { end, ...(reason ? { reason } : {}) } };
      await store.transact([
        { put: chunkItem(turnId, { fence: 1, seq: ++seq }, [finish], now) },
        { update: { key: keys.turn(turnId), set: { state: end, end: { state: end, at: now } } } },
        { update: { key: keys.session(sessionId), set: { state: 'idle' }, remove: ['activeTurnId'] } },
      ]);
      await requestWake(deps, turnId, 0);
    },
    /** Pauses the turn; the state machine's message with the token comes afterwards. */
    async pause(): Promise<string> {
      const pause = aPause({
        turn: { ...turn },
        pauseId: `p${turnId.slice(1)}`,
        now: deps.now(),
        expiresAt: deps.now() + 3_600_000,
      });
      const { pauseId } = pause;
      await store.put(
        chunkItem(turnId, { fence: 1, seq: ++seq }, [{ type: 'data-pause', data: { pauseId } }], deps.now()),
      );
      await store.transact([
        ...pauseActions(pause),
        { update: { key: keys.turn(turnId), set: { state: 'paused', pauseId } } },
      ]);
      await requestWake(deps, turnId, 0);
      return pauseId;
    },
    async setState(state: TurnRecord['state']): Promise<void> {
      await store.update({ key: keys.turn(turnId), set: { state } });
    },
    record: async (): Promise<RelayRecord> => {
      const record = await store.get<RelayRecord>(keys.relay(turnId));
      if (!record) throw new Error('The relay record is gone.');
      return record;
    },
    /** What the thread shows of the app, oldest first. */
    messages: async () =>
      (await slack.thread(CHANNEL, threadTs)).filter((message) => message.botId === SEED.bot),
    /** Letters and digits of all that was streamed and posted as the answer, without the stand-in for a stream. */
    letters: async (): Promise<string> => {
      const messages = await slack.thread(CHANNEL, threadTs);
      return messages
        .filter(({ botId, blocks }) => botId === SEED.bot && !isProgress(blocks))
        .map((message) =>
          message.stream ? lettersOfMarkdown(message.stream.markdown) : lettersOfMessage(message),
        )
        .join('');
    },
    /** All text that was streamed or posted, as Markdown where Slack knows it. */
    text: async (): Promise<string> => {
      const messages = await slack.thread(CHANNEL, threadTs);
      return messages
        .filter((message) => message.botId === SEED.bot)
        .map((message) => message.stream?.markdown ?? message.visibleText)
        .join('');
    },
  };
}

const isProgress = (blocks: readonly object[]): boolean =>
  blocks.some((block) => 'block_id' in block && String(block.block_id).startsWith('sluice-progress-'));

export type WorldTurn = Awaited<ReturnType<typeof newTurn>>;
