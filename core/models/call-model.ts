import { streamText } from 'ai';
import { classifyError } from './classify-error.ts';
import { type CallModel, type ModelAnswer, ModelError, type ModelRequest } from './contract.ts';
import { toModelTools } from './model-tools.ts';
import { readAnswer } from './read-answer.ts';
import { type ModelAccess, resolveModel } from './resolve-model.ts';

export interface CallModelDeps extends ModelAccess {
  /** Epoch milliseconds. */
  now: () => number;
}

// Providers' remarks about settings they ignore are noise in a function's log.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

/**
 * The model layer: one call of AI SDK's `streamText` per step. Tools have no `execute` and there are no retries
 * here: both are the loop's.
 */
export function createCallModel(deps: CallModelDeps): CallModel {
  return async (request, onChunk) => {
    try {
      return await callOnce(deps, request, onChunk);
    } catch (error) {
      request.signal.throwIfAborted();
      throw classifyError(error, deps.now());
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
  const result = streamText({
    model: await resolveModel(request.model, deps),
    instructions: request.instructions,
    messages: request.messages,
    tools: toModelTools(request.tools),
    maxRetries: 0,
    abortSignal: request.signal,
    // The demo model's script follows these; other providers ignore them.
    providerOptions: { demo: { turnId, step, attempt } },
    // Errors are parts of the stream as well; by default they are also printed.
    onError: () => {},
  });
  const read = await readAnswer(result.stream, request, onChunk);
  // The SDK adds answers to invalid calls; the loop answers every call itself.
  const messages = (await result.responseMessages).filter((message) => message.role === 'assistant');
  const answer: ModelAnswer = { ...read, messages: JSON.parse(JSON.stringify(messages)) };
  if (read.finishReason === 'content-filter' && !read.text)
    throw new ModelError({
      retryable: false,
      code: 'content_filter',
      sentence: 'The model’s content filter refused to answer.',
    });
  return answer;
}
