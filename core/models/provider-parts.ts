import type { AssistantModelMessage, ModelMessage } from 'ai';
import { errorFacts } from './error-facts.ts';

type AssistantPart = Exclude<AssistantModelMessage['content'], string>[number];

/**
 * Messages without all that only a provider understands: item ids, encrypted and signed reasoning, what it ran itself.
 * What was said, asked and answered stays.
 */
export function withoutProviderParts(messages: readonly ModelMessage[]): ModelMessage[] {
  const executed = providerExecutedIds(messages);
  const kept = filterParts(
    messages,
    (part) => part.type !== 'reasoning' && (!('toolCallId' in part) || !executed.has(part.toolCallId)),
  );
  return kept.map((message) => {
    const { providerOptions: _message, ...bare } = message;
    if (typeof bare.content === 'string') return bare as ModelMessage;
    const content = bare.content.map(
      ({ providerOptions: _part, ...part }: { providerOptions?: unknown }) => part,
    );
    return { ...bare, content } as ModelMessage;
  });
}

/**
 * Whether a provider refuses what it gave us before, so that the conversation would fail for ever (case K-39): an item
 * or response that it does not know any more, reasoning whose signature or encryption does not fit.
 */
export function refusesOwnParts(error: unknown): boolean {
  const { words, text, status } = errorFacts(error);
  if (status !== undefined && status !== 400 && status !== 404) return false;
  return (
    refusalWords.some((word) => words.has(word)) || refusalSentences.some((sentence) => sentence.test(text))
  );
}

/** OpenAI's codes, in lower case. */
const refusalWords = [
  'previous_response_not_found',
  'invalid_encrypted_content',
  'thinking_signature_invalid',
];

/** In lower case. The last is Anthropic's, on Bedrock too: whatever is wrong with a thinking block of a message. */
const refusalSentences = [
  /\bitem with id\b.{0,200}\bnot found\b/,
  /\bprevious response\b.{0,200}\bnot found\b/,
  /\bencrypted content\b.{0,400}\bcould not be (verified|decrypted)\b/,
  /\bitem\b.{0,200}\bwas provided without its required\b/,
  /\bmessages\.\d+\.content\.\d+\b.{0,300}\bthinking/,
];

function providerExecutedIds(messages: readonly ModelMessage[]): Set<string> {
  const ids = new Set<string>();
  for (const { role, content } of messages)
    if (role === 'assistant' && typeof content !== 'string')
      for (const part of content)
        if (part.type === 'tool-call' && part.providerExecuted) ids.add(part.toolCallId);
  return ids;
}

/** Keeps the parts of assistants' messages that pass; a message that loses all of them is left out. */
function filterParts(
  messages: readonly ModelMessage[],
  keep: (part: AssistantPart) => boolean,
): ModelMessage[] {
  return messages.flatMap((message): ModelMessage[] => {
    if (message.role !== 'assistant' || typeof message.content === 'string') return [message];
    const content = message.content.filter(keep);
    return content.length > 0 ? [{ ...message, content }] : [];
  });
}
