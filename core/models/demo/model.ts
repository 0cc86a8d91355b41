import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { APICallError } from '@ai-sdk/provider';
import { TITLE_REQUEST, titleOfPost } from '../../titles/title-text.ts';
import { type Conversation, readConversation } from './conversation.ts';
import { paceText } from './pace.ts';
import { type DemoReply, planReply } from './plan-reply.ts';
import type { DemoFailure } from './script.ts';
import { isSummaryRequest, writeSummary } from './summary.ts';

/**
 * A model that needs no key: it follows a script that it finds by the words of the last request (`requests.ts`) and
 * writes at a human pace. Deterministic and without memory: the same messages give the same answer.
 */
export function createDemoModel(charsPerSecond: number): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'demo',
    modelId: `demo/${charsPerSecond}`,
    supportedUrls: {},
    doStream: async (options) => {
      const conversation = readConversation(options);
      const reply = replyTo(conversation, options);
      if (reply.failure && !reply.failure.midway) throw failureOf(reply.failure);
      const parts = streamReply(reply, conversation, options, charsPerSecond);
      return { stream: ReadableStream.from(parts) };
    },
    doGenerate: async () => {
      throw new Error('The demo model streams only.');
    },
  };
}

function replyTo(conversation: Conversation, { prompt }: LanguageModelV4CallOptions): DemoReply {
  if (isSummaryRequest(conversation.request)) return { text: writeSummary(prompt), calls: [] };
  const [first] = prompt;
  // Its own title for a thread are the person's first words, as they are where a model gives none.
  if (first?.role === 'system' && first.content === TITLE_REQUEST)
    return { text: titleOfPost(conversation.request) ?? '', calls: [] };
  return planReply(conversation);
}

async function* streamReply(
  reply: DemoReply,
  conversation: Conversation,
  options: LanguageModelV4CallOptions,
  charsPerSecond: number,
): AsyncGenerator<LanguageModelV4StreamPart> {
  const { abortSignal } = options;
  yield { type: 'stream-start', warnings: [] };
  if (reply.silentSeconds) await waitUntil(performance.now() + reply.silentSeconds * 1000, abortSignal);
  if (reply.thinking) yield* block('reasoning', reply.thinking, charsPerSecond, abortSignal);
  const text = reply.failure?.midway ? reply.text.slice(0, reply.text.length / 2) : reply.text;
  const pace = reply.seconds ? reply.text.length / reply.seconds : charsPerSecond;
  if (text) yield* block('text', text, pace, abortSignal, !reply.failure);
  if (reply.failure) {
    yield { type: 'error', error: failureOf(reply.failure) };
    return;
  }
  for (const [index, { tool, input }] of reply.calls.entries()) {
    const id = `demo_${conversation.turnId.slice(1, 9)}_${conversation.steps.length}_${index}`;
    const json = JSON.stringify(input);
    yield { type: 'tool-input-start', id, toolName: tool };
    yield { type: 'tool-input-delta', id, delta: json };
    yield { type: 'tool-input-end', id };
    yield { type: 'tool-call', toolCallId: id, toolName: tool, input: json };
  }
  const raw = reply.calls.length > 0 ? 'tool-calls' : reply.cut ? 'length' : 'stop';
  yield { type: 'finish', finishReason: { unified: raw, raw }, usage: usageOf(options, reply) };
}

async function* block(
  kind: 'text' | 'reasoning',
  text: string,
  charsPerSecond: number,
  signal: AbortSignal | undefined,
  whole = true,
): AsyncGenerator<LanguageModelV4StreamPart> {
  const id = '0';
  yield { type: `${kind}-start`, id };
  const begun = performance.now();
  for (const piece of paceText(text, charsPerSecond)) {
    await waitUntil(begun + piece.atMs, signal);
    yield { type: `${kind}-delta`, id, delta: piece.text };
  }
  if (whole) yield { type: `${kind}-end`, id };
}

/** Waits on the monotonic clock; an abort ends the wait at once. */
function waitUntil(atMs: number, signal: AbortSignal | undefined): Promise<void> {
  const waitMs = atMs - performance.now();
  if (signal?.aborted) return Promise.reject(signal.reason);
  if (waitMs <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, waitMs);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

function failureOf({ status, message, retryAfterSeconds }: DemoFailure): APICallError {
  const responseHeaders = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return new APICallError({
    message,
    url: 'demo:',
    requestBodyValues: {},
    statusCode: status,
    responseHeaders,
  });
}

/** Four characters a token, as a rule of thumb; an image or a PDF counts with its name alone. */
function usageOf(
  { prompt }: LanguageModelV4CallOptions,
  { text, calls, thinking }: DemoReply,
): LanguageModelV4Usage {
  const tokens = (value: unknown) => Math.ceil(JSON.stringify(value).length / 4);
  const input = tokens(
    prompt.map(({ role, content }) => ({
      role,
      content:
        typeof content === 'string'
          ? content
          : content.map((part) => (part.type === 'file' ? { ...part, data: {} } : part)),
    })),
  );
  const reasoning = thinking ? tokens(thinking) : 0;
  const output = tokens(text) + tokens(calls) + reasoning;
  return {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: output, text: output - reasoning, reasoning },
  };
}
