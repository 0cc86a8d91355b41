import type { DisplayChoice } from '../../core/display/display.ts';
import { pauseIdOf, sessionIdOf, turnIdOf } from '../../core/ids.ts';
import { pauseActions } from '../../core/pauses/new-pause.ts';
import type { RelayDeps } from '../../core/relay/handle-wake.ts';
import { newRelayItem } from '../../core/relay/new-relay-item.ts';
import type { RelayRecord } from '../../core/relay/record.ts';
import { requestWake } from '../../core/relay/wakes/request-wake.ts';
import { keys } from '../../core/store/keys.ts';
import { chunkItem } from '../../core/stream/chunk-item.ts';
import type { FinishNotice, StreamChunk } from '../../core/stream/chunks.ts';
import type { TurnRecord } from '../../core/turns/record.ts';
import { cancelPauseOf } from '../../core/turns/settle.ts';
import { SEED } from '../../local/slack/server.ts';
import type { MemoryStore } from './memory-store.ts';
import { aPause } from './pauses.ts';
import { isStandIn } from './shown-end.ts';
import { lettersIn } from './shown-turn.ts';
import type { SlackSimulatorClient } from './slack-client.ts';

const CHANNEL = SEED.channels.general;
const REQUESTER = SEED.people.requester;

/** A turn that a person asked for in a thread of #general, with its log to write. */
export async function newTurn(
  { slack, store, deps }: { slack: SlackSimulatorClient; store: MemoryStore; deps: RelayDeps },
  over: Partial<TurnRecord>,
  display?: DisplayChoice,
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
  await store.put(newRelayItem({ turn, display, now: deps.now() }));
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
    /** The session's title, stored and in the log; the wake that brings it as well is the test's own. */
    async title(title: string): Promise<void> {
      await store.update({ key: keys.session(sessionId), set: { title, titleBy: 'model' } });
      await write({ type: 'data-title', data: { title } });
    },
    /** Ends the turn as run-turn does: the end and the `finish` chunk are one transaction. */
    async end(
      end: FinishNotice['end'] = 'completed',
      reason?: string,
      told: Pick<FinishNotice, 'model' | 'usage'> = {},
    ): Promise<void> {
      const now = deps.now();
      const before = await store.get<TurnRecord>(keys.turn(turnId));
      const finish: StreamChunk = {
        type: 'finish',
        messageMetadata: { end, ...(reason ? { reason } : {}), ...told },
      };
      await store.transact([
        { put: chunkItem(turnId, { fence: 1, seq: ++seq }, [finish], now) },
        { update: { key: keys.turn(turnId), set: { state: end, end: { state: end, at: now } } } },
        { update: { key: keys.session(sessionId), set: { state: 'idle' }, remove: ['activeTurnId'] } },
        // A stop while people are asked takes their question back.
        ...(before && end === 'stopped' ? await cancelPauseOf(deps, before, REQUESTER) : []),
      ]);
      await requestWake(deps, turnId, 0);
    },
    /**
     * Pauses the turn; the state machine's message with the token comes afterwards.
     *
     * @param step tells one pause of the turn from another
     */
    async pause(step = 0): Promise<string> {
      const pause = aPause({
        turn: { ...turn },
        pauseId: pauseIdOf(turnId, step),
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
        .filter(({ botId, blocks }) => botId === SEED.bot && !isStandIn(blocks))
        .map(lettersIn)
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

export type WorldTurn = Awaited<ReturnType<typeof newTurn>>;
