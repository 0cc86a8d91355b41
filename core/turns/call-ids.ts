import type { ModelMessage } from 'ai';
import type { ModelAnswer } from '../models/contract.ts';
import type { TurnRecord } from './record.ts';

function callIdsOf(messages: readonly ModelMessage[]): Set<string> {
  const ids = new Set<string>();
  for (const { role, content } of messages)
    if (role === 'assistant' && Array.isArray(content))
      for (const part of content) if (part.type === 'tool-call') ids.add(part.toolCallId);
  return ids;
}

/**
 * Some providers number their tool calls anew in each answer (`call_0`, `call_1`, …), or give two calls of one
 * answer the same id. Records, cards and results are kept by that id, so one that was used before gets the step's
 * number and a count added. Calls and message parts stand in the same order.
 */
export function uniqueCallIds(
  answer: ModelAnswer,
  before: readonly ModelMessage[],
  { step, compactions = 0 }: Pick<TurnRecord, 'step' | 'compactions'>,
): ModelAnswer {
  const used = callIdsOf(before);
  const fresh = answer.toolCalls.map(({ toolCallId }, index) => {
    // What a summary stands for may have used any id.
    const id = compactions > 0 || used.has(toolCallId) ? `${toolCallId}-${step}-${index}` : toolCallId;
    used.add(id);
    return id;
  });
  if (answer.toolCalls.every((call, index) => call.toolCallId === fresh[index])) return answer;
  let next = 0;
  const ours = new Set(answer.toolCalls.map((call) => call.toolCallId));
  return {
    ...answer,
    toolCalls: answer.toolCalls.map((call, index) => ({
      ...call,
      toolCallId: fresh[index] ?? call.toolCallId,
    })),
    messages: answer.messages.map((message) => {
      if (message.role !== 'assistant' || !Array.isArray(message.content)) return message;
      const content = message.content.map((part) =>
        part.type === 'tool-call' && ours.has(part.toolCallId)
          ? { ...part, toolCallId: fresh[next++] ?? part.toolCallId }
          : part,
      );
      return { ...message, content };
    }),
  };
}
