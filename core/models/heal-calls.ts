import type { AssistantModelMessage, ModelMessage, ToolModelMessage } from 'ai';
import type { AssistantPart } from './heal-parts.ts';
import { isOwnCall } from './heal-provider-calls.ts';

const NO_RESULT =
  'There is no result: the turn ended before this call did. Whether it had its effect is unknown; check before you repeat it.';

type CallPart = Extract<AssistantPart, { type: 'tool-call' }>;
type ResultPart = Extract<ToolModelMessage['content'][number], { type: 'tool-result' }>;

/**
 * Makes calls and results fit: providers refuse a call without its result and a result without its call. Results
 * stand right behind the message that asked, in call order, each once, under the call's name; a call that has none
 * is told to have none, unless it is one of the last message's and open.
 */
export function healCalls(messages: readonly ModelMessage[], open: ReadonlySet<string>): ModelMessage[] {
  const lastAsking = messages.findLastIndex((message) => callsOf(message).length > 0);
  return messages.flatMap((message, index): ModelMessage[] => {
    if (message.role === 'tool') return [];
    if (message.role !== 'assistant') return [message];
    const calls = callsOf(message);
    if (calls.length === 0) return [message];
    const results = resultsBehind(messages, index);
    const content = calls.flatMap((call): ResultPart[] => {
      const result = results.get(call.toolCallId);
      if (result) return [{ ...result, toolName: call.toolName }];
      return index === lastAsking && open.has(call.toolCallId) ? [] : [noResult(call)];
    });
    const asking = withoutTwins(message);
    return content.length > 0 ? [asking, { role: 'tool', content }] : [asking];
  });
}

/** Calls that we answer, each id once; a provider's own are answered inside the assistant's message. */
function callsOf(message: ModelMessage): CallPart[] {
  if (message.role !== 'assistant' || typeof message.content === 'string') return [];
  const calls = message.content.filter(isOwnCall);
  if (calls.length < 2) return calls;
  const ids = new Set<string>();
  return calls.filter(({ toolCallId }) => !ids.has(toolCallId) && ids.add(toolCallId));
}

/** A call that stands twice in one message is asked for once. */
function withoutTwins(message: AssistantModelMessage): AssistantModelMessage {
  if (typeof message.content === 'string') return message;
  const kept = new Set<AssistantPart>(callsOf(message));
  const content = message.content.filter((part) => !isOwnCall(part) || kept.has(part));
  return content.length === message.content.length ? message : { ...message, content };
}

/** Results up to the next message that asks for calls, the first of each call. */
function resultsBehind(messages: readonly ModelMessage[], index: number): Map<string, ResultPart> {
  const results = new Map<string, ResultPart>();
  for (let behind = index + 1; behind < messages.length; behind++) {
    const message = messages[behind];
    if (!message || callsOf(message).length > 0) break;
    if (message.role !== 'tool') continue;
    for (const part of message.content)
      if (part.type === 'tool-result' && !results.has(part.toolCallId)) results.set(part.toolCallId, part);
  }
  return results;
}

function noResult({ toolCallId, toolName }: CallPart): ResultPart {
  return { type: 'tool-result', toolCallId, toolName, output: { type: 'error-text', value: NO_RESULT } };
}
