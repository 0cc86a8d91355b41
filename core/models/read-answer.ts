import type { LanguageModelUsage, TextStreamPart, ToolSet } from 'ai';
import type { StreamChunk } from '../stream/chunks.ts';
import { parseInput } from '../tools/parse-input.ts';
import type { StepToolCall, TurnUsage } from '../turns/record.ts';
import { type ModelAnswer, ModelError, type ModelRequest } from './contract.ts';
import { createProviderTools } from './provider-tools.ts';
import { createTextBlocks } from './text-blocks.ts';

type Part = TextStreamPart<ToolSet>;
/** Anthropic's reason. */
const PAUSE = 'pause_turn';

type ToolCallPart = Extract<Part, { type: 'tool-call' }>;

/**
 * Reads a stream to its end and tells of text, reasoning and what the provider runs itself as it comes. All that it
 * opens is closed again, also when the stream breaks off.
 *
 * @throws whatever the stream reports as its error; ModelError `server` when it ended without saying why it ended;
 *   the signal's reason when it was aborted
 */
export async function readAnswer(
  stream: AsyncIterable<Part>,
  request: ModelRequest,
  onChunk: (chunk: StreamChunk) => void,
): Promise<Omit<ModelAnswer, 'messages'>> {
  const prefix = `${request.step}.${request.attempt}`;
  const blocks = createTextBlocks(prefix, onChunk);
  const provided = createProviderTools(prefix, onChunk);
  const toolCalls: StepToolCall[] = [];
  let end: Extract<Part, { type: 'finish' }> | undefined;
  try {
    for await (const part of stream) {
      request.onPart?.();
      if (part.type === 'error') throw part.error;
      if (part.type === 'abort') request.signal.throwIfAborted();
      if (part.type === 'tool-call' && !part.providerExecuted) toolCalls.push(stepCall(part, request));
      if (part.type === 'finish') end = part;
      blocks.add(part);
      provided.add(part);
    }
  } finally {
    blocks.closeAll();
    // What a provider broke off itself goes on in the next answer.
    if (end?.rawFinishReason !== PAUSE) provided.closeAll();
  }
  if (!end || (end.rawFinishReason === undefined && end.finishReason === 'other'))
    throw new ModelError({
      retryable: true,
      code: 'server',
      sentence: 'The model’s answer broke off before its end.',
      adminSentence: `${request.model} closed the stream of an answer without a reason for its end. If it lasts, look at the provider’s status page, and at whatever stands between it and the function.`,
    });
  const { totalUsage } = end;
  // The SDK takes it for a stop; what the provider runs itself is not at its end.
  const finishReason = end.rawFinishReason === PAUSE ? 'pause' : end.finishReason;
  return { text: blocks.text(), toolCalls, finishReason, usage: usageOf(totalUsage) };
}

/** Details that are not told, or are none, are left out. */
function usageOf({ inputTokens, outputTokens, ...details }: LanguageModelUsage): TurnUsage {
  const { cacheReadTokens, cacheWriteTokens } = details.inputTokenDetails;
  const { reasoningTokens } = details.outputTokenDetails;
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    ...(cacheReadTokens ? { cacheReadTokens } : {}),
    ...(cacheWriteTokens ? { cacheWriteTokens } : {}),
    ...(reasoningTokens ? { reasoningTokens } : {}),
  };
}

function stepCall(part: ToolCallPart, { tools }: ModelRequest): StepToolCall {
  const { toolCallId, toolName } = part;
  const known = tools.find((candidate) => candidate.name === toolName);
  // A call whose arguments are no JSON comes with their text; it is stored as the SDK's message has it.
  const unreadable = part.invalid && typeof part.input !== 'object';
  const input: unknown = unreadable ? {} : part.input;
  const call = { toolCallId, toolName, input };
  if (!known) return { ...call, invalid: unknownTool(toolName, tools) };
  if (unreadable)
    return {
      ...call,
      invalid: `The arguments of ${toolName} are no valid JSON, so it did not run. Call it again.`,
    };
  const parsed = parseInput(known, input);
  return parsed.ok ? call : { ...call, invalid: parsed.text };
}

function unknownTool(name: string, tools: ModelRequest['tools']): string {
  const names = tools.map((tool) => tool.name).join(', ');
  return `There is no tool named ${name}. ${names ? `The tools are: ${names}.` : 'There are no tools.'}`;
}
