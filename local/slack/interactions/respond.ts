import { setTimeout as sleep } from 'node:timers/promises';
import { Args } from '../api/arguments.ts';
import { readContent } from '../api/content.ts';
import { ApiError } from '../api/errors.ts';
import type { Answer } from '../api/handle.ts';
import type { MethodCall } from '../api/method.ts';
import { newBotMessage } from '../api/new-message.ts';
import { publishChanged, publishMessage } from '../events/publish.ts';
import { removeMessage } from '../events/remove.ts';
import { momentTs } from '../ids.ts';
import { isObject, type JsonObject, wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { messageView } from '../world/view.ts';
import type { ResponseUrl } from './response-urls.ts';

/** Answers a POST to a response_url (§5): replaces or deletes its message, or posts another. */
export async function handleResponseUrl(sim: Simulator, path: string, request: Request): Promise<Answer> {
  const at = sim.clock.now();
  const body = parse(await request.text());
  const fault = sim.faults.forCall('response_url', undefined);
  if (fault?.delayMs) await sleep(fault.delayMs, undefined, { ref: false });
  const stopped = fault !== undefined && fault.effect !== 'delay';
  const target = stopped ? undefined : sim.responseUrls.use(path);
  const { status, text } = stopped
    ? { status: fault.status ?? 503, text: fault.effect }
    : act(sim, target, body);
  const close = fault?.effect === 'drop_request';
  const call = sim.calls.add({
    method: 'response_url',
    app: isObject(target) ? (target as unknown as ResponseUrl).installation.appId : null,
    team: isObject(target) ? (target as unknown as ResponseUrl).installation.teamId : null,
    at,
    durationMs: 0,
    args: wire(body ?? {}),
    unknownArguments: [],
    status: close ? 0 : status,
    ok: status === 200 && !close,
    error: status === 200 ? null : text,
    answer: text,
    fault: fault?.effect ?? null,
    applied: status === 200,
  });
  sim.changes.emit({ type: 'call', call });
  return close ? 'close' : new Response(text, { status });
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function act(
  sim: Simulator,
  target: ResponseUrl | string | undefined,
  body: JsonObject | undefined,
): { status: number; text: string } {
  if (target === undefined || typeof target === 'string')
    return { status: 404, text: target ?? 'invalid_url' };
  if (!body) return { status: 400, text: 'invalid_payload' };
  try {
    apply(sim, target, body);
    return { status: 200, text: 'ok' };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.code === 'no_text' ? 400 : 404, text: error.code };
  }
}

function apply(sim: Simulator, target: ResponseUrl, body: JsonObject): void {
  const { message, installation } = target;
  const app = sim.world.apps.get(installation.appId);
  const channel = sim.world.channels.get(message.channel);
  if (!app || !channel) throw new ApiError('channel_not_found');
  if (body.delete_original === true) {
    removeMessage(sim, message);
    return;
  }
  const call: MethodCall = { sim, caller: { app, installation }, args: new Args(body), warnings: [] };
  const content = readContent(call);
  if (body.replace_original === true) {
    const before = messageView(sim.world, message);
    const edited = { user: installation.botUserId, ts: momentTs(sim.clock.now()) };
    Object.assign(message, content, message.ephemeralFor === undefined ? { edited } : {});
    sim.changes.emit({ type: 'message', message });
    if (message.ephemeralFor === undefined) publishChanged(sim, message, before);
    return;
  }
  const inChannel = body.response_type === 'in_channel';
  const given = call.args.string('thread_ts');
  // An ephemeral answer appears where the click was; an in_channel one joins a thread only when told (§5).
  const threadTs = inChannel ? given : (given ?? message.threadTs);
  const who = inChannel ? {} : { ephemeralFor: target.user };
  const posted = newBotMessage(call, channel, { ...content, ...who, threadTs });
  sim.changes.emit({ type: 'message', message: posted });
  if (inChannel) publishMessage(sim, posted);
}
