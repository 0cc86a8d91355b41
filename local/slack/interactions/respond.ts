import { Args } from '../api/arguments.ts';
import { readContent } from '../api/content.ts';
import { ApiError } from '../api/errors.ts';
import { botCaller, type MethodCall } from '../api/method.ts';
import { newBotMessage } from '../api/new-message.ts';
import { publishChanged, publishMessage } from '../events/publish.ts';
import { removeMessage } from '../events/remove.ts';
import { type Answer, misbehave } from '../faults/misbehave.ts';
import { momentTs } from '../ids.ts';
import { isObject, type JsonObject, parseJson, wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Installation, Message } from '../world/types.ts';
import { messageView } from '../world/view.ts';
import type { ResponseTarget, ResponseUrl } from './response-urls.ts';

/** Answers a POST to a response_url (§5): replaces or deletes its message, or posts another. */
export async function handleResponseUrl(sim: Simulator, path: string, request: Request): Promise<Answer> {
  const at = sim.clock.now();
  const began = performance.now();
  const body = parse(await request.text());
  const fault = sim.faults.forCall('response_url', undefined);
  let target: ResponseUrl | string | undefined;
  const { result, sent, answer } = await misbehave(
    fault,
    request.signal,
    () => {
      target = sim.responseUrls.use(path);
      return act(sim, target, body);
    },
    ({ status, text }) => ({ status, headers: {}, contentType: 'text/html; charset=utf-8', body: text }),
  );
  const ok = sent?.status === 200 && result?.status === 200;
  const text = sent === null ? null : String(sent.body);
  const known = typeof target === 'object' ? (target as ResponseUrl) : undefined;
  const call = sim.calls.add({
    method: 'response_url',
    app: known?.installation.appId ?? null,
    team: known?.installation.teamId ?? null,
    at,
    durationMs: Math.round((performance.now() - began) * 10) / 10,
    args: wire(body ?? {}),
    unknownArguments: [],
    touched: known?.message ? { channel: known.message.channel, ts: known.message.ts } : null,
    status: sent?.status ?? 0,
    ok,
    error: ok ? null : (text ?? 'connection_closed'),
    answer: text,
    fault: fault?.effect ?? null,
    applied: result?.status === 200,
  });
  sim.changes.emit({ type: 'call', call });
  return answer;
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = parseJson(text);
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
  // Only an interaction in an app's own message has an original; a command's or a person's message stays (§5).
  const original = target.kind === 'actions' ? message : undefined;
  if (body.delete_original === true) {
    if (!original) throw new ApiError('no_original');
    removeMessage(sim, original);
    return;
  }
  if (body.replace_original !== true || !original) {
    answerInChannel(sim, target, body);
    return;
  }
  // Ephemeral stays ephemeral and public stays public: `response_type` changes nothing here (§5).
  const content = readContent(callOf(sim, installation, body));
  const before = messageView(sim.world, original);
  const edited = { user: installation.botUserId, ts: momentTs(sim.clock.now()) };
  Object.assign(original, content, original.ephemeralFor === undefined ? { edited } : {});
  sim.changes.emit({ type: 'message', message: original });
  if (original.ephemeralFor === undefined) publishChanged(sim, original, before);
}

/**
 * Posts what an app answered: for the one person, or with `response_type: in_channel` for all (§5).
 *
 * @throws ApiError for content that chat.postMessage would refuse too
 */
export function answerInChannel(sim: Simulator, target: ResponseTarget, body: JsonObject): Message {
  const call = callOf(sim, target.installation, body);
  const content = readContent(call);
  const inChannel = body.response_type === 'in_channel';
  const given = call.args.string('thread_ts');
  // An ephemeral answer appears where the click was; an in_channel one joins a thread only when told (§5).
  const threadTs = inChannel ? given : (given ?? target.message?.threadTs);
  if (given !== undefined && !sim.world.message(target.channel.id, given))
    throw new ApiError('thread_not_found');
  const who = inChannel ? {} : { ephemeralFor: target.user };
  const posted = newBotMessage(call, target.channel, { ...content, ...who, threadTs });
  sim.changes.emit({ type: 'message', message: posted });
  if (inChannel) publishMessage(sim, posted);
  return posted;
}

function callOf(sim: Simulator, installation: Installation, body: JsonObject): MethodCall {
  const app = sim.world.apps.get(installation.appId);
  if (!app) throw new ApiError('channel_not_found');
  return { sim, caller: botCaller(app, installation), args: new Args(body), warnings: [] };
}
