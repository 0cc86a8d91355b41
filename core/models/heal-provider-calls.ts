import type { ModelMessage } from 'ai';
import type { AssistantPart } from './heal-parts.ts';

/**
 * Leaves out calls that a provider ran itself and whose result never came, and results of such calls that are not
 * there: providers refuse both. Results stay where they stand. One may come in a later message than its call,
 * behind the results of our own tools that were asked for together with it, so the last answer's calls are kept
 * while it has calls of ours; or in the answer that continues one which its provider broke off, so they are kept while
 * nothing stands behind it.
 */
export function healProviderCalls(messages: readonly ModelMessage[]): ModelMessage[] {
  const open = new Map<string, AssistantPart>();
  const dropped = new Set<AssistantPart>();
  const awaited = new Set<AssistantPart>();
  for (const message of messages) {
    if (message.role === 'user') awaited.clear();
    if (message.role !== 'assistant' || typeof message.content === 'string') continue;
    const goesOn = message === messages.at(-1) || message.content.some(isOwnCall);
    for (const part of message.content) {
      if (part.type === 'tool-result') {
        if (!open.delete(part.toolCallId)) dropped.add(part);
      } else if (part.type === 'tool-call' && part.providerExecuted) {
        const former = open.get(part.toolCallId);
        if (former) dropped.add(former);
        open.set(part.toolCallId, part);
        if (goesOn) awaited.add(part);
      }
    }
  }
  for (const part of open.values()) if (!awaited.has(part)) dropped.add(part);
  return dropped.size === 0 ? [...messages] : messages.map((message) => without(message, dropped));
}

/** A call that we answer. */
export function isOwnCall(part: AssistantPart): part is Extract<AssistantPart, { type: 'tool-call' }> {
  return part.type === 'tool-call' && !part.providerExecuted;
}

function without(message: ModelMessage, dropped: ReadonlySet<AssistantPart>): ModelMessage {
  if (message.role !== 'assistant' || typeof message.content === 'string') return message;
  return { ...message, content: message.content.filter((part) => !dropped.has(part)) };
}
