import { streamText } from 'ai';
import { classifyError } from './classify-error.ts';
import { contentFiltered } from './content-filter.ts';
import type { CallModel, ModelAnswer, ModelRequest } from './contract.ts';
import { costOf } from './cost.ts';
import { healProviderCalls } from './heal-provider-calls.ts';
import { parseModelName } from './model-name.ts';
import { type ModelSettings, modelFactsOf } from './model-table.ts';
import { toModelTools, WEB_SEARCH } from './model-tools.ts';
import { markAuthor, ownParts } from './own-parts.ts';
import { markForCache } from './prompt-cache.ts';
import { callSettings } from './provider-options.ts';
import { refusesOwnParts, withoutProviderParts } from './provider-parts.ts';
import { readAnswer } from './read-answer.ts';
import { type ModelAccess, resolveModel } from './resolve-model.ts';

export interface CallModelDeps extends ModelAccess {
  /** Epoch milliseconds. */
  now: () => number;
  /** Facts of models over the built-in ones. */
  models?: ModelSettings;
}

// Providers' remarks about settings they ignore are noise in a function's log.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

/**
 * The model layer: one call of AI SDK's `streamText` per step. Tools have no `execute` and there are no retries
 * here: both are the loop's. One exception: a provider that refuses its own former ids or signatures is asked once
 * more without them, before anything was shown (case K-39); no waiting would mend that.
 */
export function createCallModel(deps: CallModelDeps): CallModel {
  return async (request, onChunk) => {
    // Leaving the SDK's stream does not close the provider's: whatever ends the call does (case T-61).
    const left = new AbortController();
    const call = { ...request, signal: AbortSignal.any([request.signal, left.signal]) };
    let told = false;
    const tell: typeof onChunk = (chunk) => {
      told = true;
      onChunk(chunk);
    };
    try {
      return await callOnce(deps, call, tell).catch((error: unknown) => {
        if (told || !refusesOwnParts(error)) throw error;
        // Without its former reasoning a model may not be asked to go on reasoning.
        const { effort: _effort, ...bare } = call;
        return callOnce(deps, { ...bare, messages: withoutProviderParts(request.messages) }, tell);
      });
    } catch (error) {
      request.signal.throwIfAborted();
      throw classifyError(error, deps.now(), request);
    } finally {
      left.abort();
    }
  };
}

async function callOnce(
  deps: CallModelDeps,
  request: ModelRequest,
  onChunk: Parameters<CallModel>[1],
): Promise<ModelAnswer> {
  request.signal.throwIfAborted();
  const { turnId, step, attempt } = request;
  const { model, webSearch } = await resolveModel(request.model, deps);
  const name = parseModelName(request.model) ?? { provider: 'demo', charsPerSecond: 0 };
  const facts = modelFactsOf(request.model, deps.models);
  const { providerOptions, ...limits } = callSettings(name, facts, request);
  const search = request.webSearch && facts.webSearch ? webSearch?.(request.webSearch) : undefined;
  // Here too, for the loop adds requests of its own behind a history that was healed.
  const sent = ownParts(healProviderCalls(request.messages), name, request.model);
  const result = streamText({
    model,
    ...markForCache(name, request.instructions, sent),
    tools: { ...(search ? { [WEB_SEARCH]: search } : {}), ...toModelTools(request.tools) },
    ...limits,
    maxRetries: 0,
    abortSignal: request.signal,
    // The demo model's script follows these; other providers ignore them.
    providerOptions: { ...providerOptions, demo: { turnId, step, attempt } },
    // Errors are parts of the stream as well; by default they are also printed.
    onError: () => {},
  });
  const read = await readAnswer(result.stream, request, onChunk);
  // The SDK adds answers to invalid calls; the loop answers every call itself.
  const messages = (await result.responseMessages).filter((message) => message.role === 'assistant');
  if (read.finishReason === 'content-filter' && !read.text.trim())
    throw contentFiltered(request.model, await result.finalStep);
  const costUsd = costOf(read.usage, facts);
  const usage = { ...read.usage, ...(costUsd === undefined ? {} : { costUsd }) };
  return { ...read, usage, messages: JSON.parse(JSON.stringify(markAuthor(messages, request.model))) };
}
