import type { AssistantModelMessage, ModelMessage, ToolModelMessage } from 'ai';

const NO_RESULT =
  'There is no result: the turn ended before this call did. Whether it had its effect is unknown; check before you repeat it.';

type AssistantPart = Exclude<AssistantModelMessage['content'], string>[number];
type CallPart = Extract<AssistantPart, { type: 'tool-call' }>;
type ResultPart = ToolModelMessage['content'][number];

/**
 * Makes calls and results fit: providers refuse a call without its result and a result without its call. Results
 * stand right behind the message that asked, in call order, each once; a call that has none is told to have none,
 * unless it is open.
 */
export function healCalls(messages: readonly ModelMessage[], open: ReadonlySet<string>): ModelMessage[] {
  return messages.flatMap((message, index): ModelMessage[] => {
    if (message.role === 'tool') return [];
    const calls = message.role === 'assistant' ? callsOf(message) : [];
    if (calls.length === 0) return [message];
    const results = resultsBehind(messages, index);
    const content = calls.flatMap((call): ResultPart[] => {
      const result = results.get(call.toolCallId);
      if (result) return [result];
      return open.has(call.toolCallId) ? [] : [noResult(call)];
    });
    return content.length > 0 ? [message, { role: 'tool', content }] : [message];
  });
}

/** Calls that we answer; a provider's own are answered inside the assistant's message. */
function callsOf({ content }: AssistantModelMessage): CallPart[] {
  if (typeof content === 'string') return [];
  return content.filter((part) => part.type === 'tool-call').filter((part) => !part.providerExecuted);
}

/** Results up to the next message that asks for calls, the first of each call. */
function resultsBehind(messages: readonly ModelMessage[], index: number): Map<string, ResultPart> {
  const results = new Map<string, ResultPart>();
  for (const message of messages.slice(index + 1)) {
    if (message.role === 'assistant' && callsOf(message).length > 0) break;
    if (message.role !== 'tool') continue;
    for (const part of message.content)
      if (part.type === 'tool-result' && !results.has(part.toolCallId)) results.set(part.toolCallId, part);
  }
  return results;
}

function noResult({ toolCallId, toolName }: CallPart): ResultPart {
  return { type: 'tool-result', toolCallId, toolName, output: { type: 'error-text', value: NO_RESULT } };
}
