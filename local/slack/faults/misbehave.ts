import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../json.ts';
import type { ApiFault } from './types.ts';

/** An HTTP answer before it is sent. */
export type Reply = {
  status: number;
  headers: Record<string, string>;
  contentType: string;
  body: string | Uint8Array<ArrayBuffer>;
};

/** What to send back; `close` ends the connection without an answer, `reset` by a TCP reset. */
export type Answer = Response | 'close' | 'reset';

/** What became of a request. */
export type Outcome<R> = {
  /** What it was answered by itself; undefined when the fault kept it from being applied. */
  result: R | undefined;
  /** What goes over the wire; null when the connection ends without an answer. */
  sent: Reply | null;
  answer: Answer;
};

/** A connection that hangs is given up after this, should the app never do so. */
const HANG_MS = 120_000;
const SLOW_MS = 2_000;
const SLOW_PIECES = 8;

/**
 * Answers a request with the misbehaviour that was asked for: `run` applies it, `reply` makes the HTTP answer.
 *
 * @param signal of the request, so that nothing hangs for an app that has gone
 */
export async function misbehave<R>(
  fault: ApiFault | undefined,
  signal: AbortSignal,
  run: () => R,
  reply: (result: R) => Reply,
): Promise<Outcome<R>> {
  const first = fault !== undefined && appliesFirst(fault);
  const replacement = fault && replaced(fault);
  if (fault?.delayMs && !first) await sleep(fault.delayMs, undefined, { ref: false });
  const result = replacement === undefined || first ? run() : undefined;
  if (fault?.delayMs && first && fault.effect !== 'slow_body') {
    await sleep(fault.delayMs, undefined, { ref: false });
  }
  if (replacement === 'hang') await hang(signal);
  if (replacement === 'reset') return { result, sent: null, answer: 'reset' };
  if (replacement === 'close' || replacement === 'hang') return { result, sent: null, answer: 'close' };
  const sent = replacement ?? spoilt(fault, reply(result as R));
  return { result, sent, answer: responseOf(sent, fault) };
}

function appliesFirst({ effect, applied }: ApiFault): boolean {
  return ['drop_answer', 'slow_body', 'truncated_json'].includes(effect) || applied === true;
}

/** What stands in the place of the real answer; undefined where there is one. */
function replaced(fault: ApiFault): Reply | 'close' | 'reset' | 'hang' | undefined {
  switch (fault.effect) {
    case 'drop_request':
    case 'drop_answer':
      return 'close';
    case 'reset':
      return 'reset';
    case 'hang':
      return 'hang';
    case 'http_error': {
      const body = 'upstream connect error or disconnect/reset before headers';
      return { status: fault.status ?? 503, headers: {}, contentType: 'text/html; charset=utf-8', body };
    }
    case 'html': {
      const body = '<!DOCTYPE html><html><body>Server Error</body></html>';
      return { status: fault.status ?? 200, headers: {}, contentType: 'text/html; charset=utf-8', body };
    }
    case 'rate_limited':
      return jsonReply(429, { ok: false, error: 'ratelimited' }, retryHeader(fault.retryAfter));
    case 'error':
      return jsonReply(200, { ok: false, error: fault.error ?? 'internal_error' });
    default:
      return undefined;
  }
}

/** 429 sometimes lacks a valid Retry-After (§2): `null` leaves it out, a text is sent as it stands. */
function retryHeader(retryAfter: ApiFault['retryAfter']): Record<string, string> {
  return retryAfter === null ? {} : { 'retry-after': String(retryAfter ?? 1) };
}

/** A JSON answer. */
export function jsonReply(status: number, body: JsonObject, headers: Record<string, string> = {}): Reply {
  return { status, headers, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}

function spoilt(fault: ApiFault | undefined, reply: Reply): Reply {
  if (fault?.effect !== 'truncated_json') return reply;
  return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
}

function responseOf({ status, headers, contentType, body }: Reply, fault: ApiFault | undefined): Response {
  const all = { 'content-type': contentType, ...headers };
  if (fault?.effect !== 'slow_body') return new Response(body, { status, headers: all });
  return new Response(slowly(body, fault.delayMs ?? SLOW_MS), { status, headers: all });
}

function slowly(body: string | Uint8Array, overMs: number): ReadableStream {
  const bytes = Buffer.from(body as string);
  const size = Math.max(1, Math.ceil(bytes.length / SLOW_PIECES));
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at >= bytes.length) return controller.close();
      await sleep(overMs / SLOW_PIECES, undefined, { ref: false });
      controller.enqueue(new Uint8Array(bytes.subarray(at, at + size)));
      at += size;
    },
  });
}

function hang(signal: AbortSignal): Promise<void> {
  return sleep(HANG_MS, undefined, { ref: false, signal }).catch(() => undefined);
}
