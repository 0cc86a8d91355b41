import { type Answer, jsonReply, misbehave } from '../faults/misbehave.ts';
import { hex } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { type RawCall, readCall } from './body.ts';
import type { CallTier } from './call-log.ts';
import { ApiError } from './errors.ts';
import { maskSecrets } from './mask.ts';
import { METHODS } from './methods.ts';
import { appOfCall, type Performed, perform } from './perform.ts';
import { touchedBy } from './touched.ts';

export type { Answer } from '../faults/misbehave.ts';

/** Answers one Web API call, with the misbehaviour that was asked for, and logs it. */
export async function handleCall(sim: Simulator, name: string, request: Request): Promise<Answer> {
  const at = sim.clock.now();
  const began = performance.now();
  let raw: RawCall = { args: {}, token: undefined };
  let unread: Performed | undefined;
  try {
    raw = formArguments(name, await readCall(request));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    unread = refused(error);
  }
  const fault = sim.faults.forCall(name, channelOf(raw.args));
  if (fault?.effect === 'revoke_token') revoke(sim, raw.token);
  const { result, sent, answer } = await misbehave(
    fault,
    request.signal,
    () => unread ?? perform(sim, name, raw),
    ({ status, headers, body }) => jsonReply(status, body, { 'x-slack-req-id': hex(32), ...headers }),
  );
  const installation = result?.caller?.installation ?? sim.world.installationByToken(raw.token ?? '');
  const text = sent === null ? '' : String(sent.body);
  const read = parsed(text);
  const args = JSON.stringify({ ...raw.args, token: raw.token });
  const call = sim.calls.add(
    {
      method: name,
      app: installation?.appId ?? appOfCall(sim.world, raw)?.id ?? null,
      team: installation?.teamId ?? null,
      at,
      durationMs: Math.round((performance.now() - began) * 10) / 10,
      args: maskSecrets(JSON.parse(args) as JsonObject),
      unknownArguments: result?.unknownArguments ?? [],
      notes: result?.notes ?? [],
      tier: installation ? tierOf(sim, name, installation) : null,
      touched: touchedBy(raw.args, result?.body ?? {}),
      retryAfter: sent?.headers['retry-after'] ?? null,
      status: sent?.status ?? 0,
      ok: sent?.status === 200 && read?.ok === true,
      error: errorOf(sent?.status, read),
      answer: sent === null ? null : read ? maskSecrets(read) : text,
      fault: fault?.effect ?? null,
      applied: result?.applied ?? false,
    },
    args.length + text.length,
  );
  sim.changes.emit({ type: 'call', call });
  return answer;
}

/** A method that takes forms only does not see what came as JSON (§11 "form-encoded only"). */
function formArguments(name: string, raw: RawCall): RawCall {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  const unseen =
    raw.json === true && method !== undefined && method.auth !== 'none' && method.formOnly === true;
  return unseen ? { ...raw, args: {} } : raw;
}

function channelOf({ channel, channel_id }: JsonObject): string | undefined {
  const given = channel ?? channel_id;
  return typeof given === 'string' ? given : undefined;
}

function revoke(sim: Simulator, token: string | undefined): void {
  const found = sim.world.tokens.get(token ?? '');
  if (found) found.ended = 'token_revoked';
}

function tierOf(sim: Simulator, method: string, of: { appId: string; teamId: string }): CallTier | null {
  const key = { app: of.appId, team: of.teamId, method };
  const counter = sim.limits.counter(key, sim.clock.now());
  return counter ? { tier: counter.tier, limit: counter.limit, inWindow: counter.inWindow } : null;
}

function errorOf(status: number | undefined, read: JsonObject | undefined): string | null {
  if (status === undefined) return 'connection_closed';
  if (read === undefined) return `http_${status}`;
  return typeof read.error === 'string' ? read.error : null;
}

function refused(error: ApiError): Performed {
  const nothing = { headers: {}, caller: undefined, unknownArguments: [], notes: [], applied: false };
  return { ...nothing, status: 200, body: error.body() };
}

function parsed(text: string): JsonObject | undefined {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}
