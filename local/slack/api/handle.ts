import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiFault } from '../faults/faults.ts';
import { hex } from '../ids.ts';
import { wire } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import { type RawCall, readCall } from './body.ts';
import { ApiError } from './errors.ts';
import { type Performed, perform, rateLimited } from './perform.ts';

/** What to send back; `close` means: end the connection without an answer. */
export type Answer = Response | 'close';

/** Answers one Web API call, with the misbehaviour that was asked for, and logs it. */
export async function handleCall(sim: Simulator, name: string, request: Request): Promise<Answer> {
  const at = sim.clock.now();
  const began = performance.now();
  let raw: RawCall = { args: {}, token: undefined };
  let done: Performed | undefined;
  try {
    raw = await readCall(request);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    done = refused(error);
  }
  const channel = typeof raw.args.channel === 'string' ? raw.args.channel : undefined;
  const fault = sim.faults.forCall(name, channel);
  const late = () => (fault?.delayMs ? sleep(fault.delayMs, undefined, { ref: false }) : undefined);
  if (!appliesFirst(fault)) await late();
  const bad = fault && !appliesFirst(fault) ? badAnswer(fault) : undefined;
  done ??= bad?.performed ?? (bad?.close ? nothing() : perform(sim, name, raw));
  if (appliesFirst(fault)) await late();
  const worse = fault && appliesFirst(fault) ? badAnswer(fault) : undefined;
  const close = bad?.close || worse?.close || false;
  const sent = worse?.performed ?? done;
  const text = bad?.text ?? worse?.text;
  const installation = done.caller?.installation ?? sim.world.installationByToken(raw.token ?? '');
  const call = sim.calls.add({
    method: name,
    app: installation?.appId ?? null,
    team: installation?.teamId ?? null,
    at,
    durationMs: Math.round((performance.now() - began) * 10) / 10,
    args: wire({ ...raw.args, ...(raw.token === undefined ? {} : { token: mask(raw.token) }) }),
    unknownArguments: done.unknownArguments,
    status: close ? 0 : sent.status,
    ok: !close && sent.status === 200 && sent.body.ok === true && text === undefined,
    error: close
      ? 'connection_closed'
      : text === undefined
        ? ((sent.body.error as string | undefined) ?? null)
        : `http_${sent.status}`,
    answer: close ? null : (text ?? wire(sent.body)),
    fault: fault?.effect ?? null,
    applied: done.applied,
  });
  sim.changes.emit({ type: 'call', call });
  if (close) return 'close';
  const type = text === undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8';
  return new Response(text ?? JSON.stringify(sent.body), {
    status: sent.status,
    headers: { 'content-type': type, 'x-slack-req-id': hex(32), ...sent.headers },
  });
}

function appliesFirst(fault: ApiFault | undefined): boolean {
  return fault?.effect === 'drop_answer' || fault?.applied === true;
}

function nothing(): Performed {
  return { status: 0, headers: {}, body: {}, caller: undefined, unknownArguments: [], applied: false };
}

function refused(error: ApiError): Performed {
  return { ...nothing(), status: 200, body: error.body() };
}

/** What a fault makes of the answer: nothing for a mere delay. */
function badAnswer(fault: ApiFault): { close?: true; text?: string; performed?: Performed } | undefined {
  switch (fault.effect) {
    case 'drop_request':
    case 'drop_answer':
      return { close: true };
    case 'http_error':
      return {
        text: 'upstream connect error or disconnect/reset before headers',
        performed: { ...nothing(), status: fault.status ?? 503 },
      };
    case 'html':
      return {
        text: '<!DOCTYPE html><html><body>Server Error</body></html>',
        performed: { ...nothing(), status: fault.status ?? 200 },
      };
    case 'rate_limited':
      return {
        performed: { ...nothing(), ...rateLimited(fault.retryAfter === undefined ? 1 : fault.retryAfter) },
      };
    case 'error':
      return {
        performed: { ...nothing(), status: 200, body: { ok: false, error: fault.error ?? 'internal_error' } },
      };
    case 'delay':
      return undefined;
  }
}

/** A token as the call log shows it: its kind and its last characters. */
export function mask(token: string): string {
  return `${token.slice(0, 5)}…${token.slice(-4)}`;
}
