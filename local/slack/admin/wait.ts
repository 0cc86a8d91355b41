import type { CallRecord } from '../api/call-log.ts';
import type { Change } from '../changes.ts';
import { parseTs } from '../ids.ts';
import type { Simulator } from '../simulator.ts';
import { matchingViews } from './find-views.ts';
import { adminMessage } from './state.ts';
import type {
  AdminMessage,
  CallCondition,
  DeliveryCondition,
  MessageCondition,
  WaitCondition,
  WaitResult,
} from './types.ts';

/** Waits on the server until a condition holds; undefined when the time is over. */
export function waitFor(
  sim: Simulator,
  condition: WaitCondition,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<WaitResult | undefined> {
  return new Promise((resolve) => {
    const finish = (result: WaitResult | undefined) => {
      clearTimeout(timer);
      stopListening();
      resolve(result);
    };
    const look = () => {
      const result = evaluate(sim, condition);
      if (result) finish(result);
    };
    const timer = setTimeout(() => finish(evaluate(sim, condition)), timeoutMs);
    const stopListening = sim.changes.listen((change) => {
      if (concerns(change, condition)) look();
    });
    signal.addEventListener('abort', () => finish(undefined), { once: true });
    look();
  });
}

/** Whether a change can make a condition come true: looking costs as much as there are messages or calls. */
function concerns({ type }: Change, { kind }: WaitCondition): boolean {
  return type === kind || type === 'world' || (kind === 'message' && type === 'message_deleted');
}

/** What matches a condition now; undefined when it does not hold. */
export function evaluate(sim: Simulator, condition: WaitCondition): WaitResult | undefined {
  switch (condition.kind) {
    case 'message': {
      sim.streams.sweep();
      const messages = candidates(sim, condition).filter((message) => messageMatches(message, condition));
      return enough(messages.length, condition.count) ? { messages } : undefined;
    }
    case 'call': {
      const calls = sim.calls.all().filter((call) => callMatches(call, condition));
      return enough(calls.length, condition.count) ? { calls } : undefined;
    }
    case 'delivery': {
      const deliveries = sim.deliveries.all().filter((one) => deliveryMatches(one, condition));
      return enough(deliveries.length, condition.count) ? { deliveries } : undefined;
    }
    case 'session': {
      const session = sim.sessions.get(condition.channel, condition.thread_ts);
      return session?.status === condition.status ? { session } : undefined;
    }
    case 'view': {
      const views = matchingViews(sim, condition);
      const holds = condition.closed ? views.length === 0 : enough(views.length, condition.count);
      return holds ? { views } : undefined;
    }
  }
}

/** 0 means: none may match. Anything else: at least so many. */
function enough(found: number, count: number | undefined): boolean {
  return count === 0 ? found === 0 : found >= (count ?? 1);
}

function candidates(sim: Simulator, { channel }: MessageCondition): AdminMessage[] {
  const messages = channel ? sim.world.messages(channel, { ephemeral: true }) : sim.world.allMessages();
  return messages.map(adminMessage);
}

function messageMatches(message: AdminMessage, want: MessageCondition): boolean {
  const { streamingState, actionIds, visibleText } = message;
  const inThread = message.threadTs === want.thread_ts || message.ts === want.thread_ts;
  return (
    (want.thread_ts === undefined || inThread) &&
    (want.ts === undefined || message.ts === want.ts) &&
    (want.after === undefined || parseTs(message.ts) > parseTs(want.after)) &&
    (want.textIncludes === undefined || visibleText.includes(want.textIncludes)) &&
    (want.textMatches === undefined || new RegExp(want.textMatches).test(visibleText)) &&
    (want.streaming_state === undefined || streamingState === want.streaming_state) &&
    (want.notStreamed === undefined || (streamingState === undefined) === want.notStreamed) &&
    (want.hasActionId === undefined || actionIds.includes(want.hasActionId)) &&
    (want.noActions === undefined || (actionIds.length === 0) === want.noActions) &&
    (want.fromBot === undefined || (message.botId !== undefined) === want.fromBot) &&
    (want.user === undefined || message.user === want.user) &&
    (want.ephemeralFor === undefined || message.ephemeralFor === want.ephemeralFor)
  );
}

function callMatches(call: CallRecord, want: CallCondition): boolean {
  const channel = call.args.channel ?? call.args.channel_id;
  return (
    (want.method === undefined || call.method === want.method) &&
    (want.channel === undefined || channel === want.channel) &&
    (want.ok === undefined || call.ok === want.ok) &&
    (want.error === undefined || call.error === want.error) &&
    (want.argsInclude === undefined || JSON.stringify(call.args).includes(want.argsInclude)) &&
    (want.after === undefined || call.id > want.after)
  );
}

function deliveryMatches(
  delivery: { id: number; type: string; state: string; attempts: unknown[] },
  want: DeliveryCondition,
): boolean {
  return (
    (want.type === undefined || delivery.type === want.type) &&
    (want.state === undefined || delivery.state === want.state) &&
    (want.attempts === undefined || delivery.attempts.length >= want.attempts) &&
    (want.after === undefined || delivery.id > want.after)
  );
}
