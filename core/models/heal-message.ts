import type { ModelMessage, UserModelMessage } from 'ai';
import { cleanText } from './clean-value.ts';
import { type AssistantPart, healAssistantPart, healText, healToolPart } from './heal-parts.ts';
import { fieldsOf, optionsOf } from './raw-part.ts';

/**
 * A stored message as the SDK and all providers take it, each of its parts healed by itself: an unknown one is left
 * out and the others are kept. Nothing is left of what says nothing, of a system message (instructions come from the
 * agent alone), and of what is no message.
 */
export function healMessage(message: unknown): ModelMessage[] {
  const raw = fieldsOf(message);
  const options = optionsOf(raw);
  const parts: readonly unknown[] = Array.isArray(raw.content) ? raw.content : [];
  const text = typeof raw.content === 'string' ? cleanText(raw.content) : undefined;
  if (raw.role === 'assistant')
    return [
      { role: 'assistant' as const, content: text ?? parts.flatMap(healAssistantPart), ...options },
    ].filter(saysSomething);
  if (raw.role === 'user')
    return healUser(text, parts).map((content) => ({ role: 'user', content, ...options }));
  const results = raw.role === 'tool' ? parts.flatMap(healToolPart) : [];
  return results.length > 0 ? [{ role: 'tool', content: results, ...options }] : [];
}

/**
 * Whether a message says something to a provider: one that is empty or blank is refused, and so is a thought that
 * nothing follows.
 */
export function saysSomething({ content }: ModelMessage): boolean {
  if (typeof content === 'string') return content.trim() !== '';
  return content.some((part) => {
    if (part.type === 'text') return part.text.trim() !== '';
    return part.type !== 'reasoning' && part.type !== 'reasoning-file';
  });
}

type UserPart = Exclude<UserModelMessage['content'], string>[number];

function healUser(text: string | undefined, parts: readonly unknown[]): UserModelMessage['content'][] {
  if (text !== undefined) return text.trim() ? [text] : [];
  const kept = parts.flatMap((part): UserPart[] => {
    const raw = fieldsOf(part);
    if (raw.type === 'text') return healText(raw);
    return raw.type === 'file' ? healAssistantPart(raw).filter(isFile) : [];
  });
  return kept.length > 0 ? [kept] : [];
}

function isFile(part: AssistantPart): part is Extract<AssistantPart, { type: 'file' }> {
  return part.type === 'file';
}
