import type { ModelMessage } from 'ai';
import type { ModelAnswer } from '../models/contract.ts';

/** Whether an answer holds anything: text, reasoning, files, calls. */
export function hasContent({ messages, text, toolCalls }: ModelAnswer): boolean {
  return text.trim() !== '' || toolCalls.length > 0 || messages.some(saysAnything);
}

function saysAnything({ content }: ModelMessage): boolean {
  if (typeof content === 'string') return content.trim() !== '';
  return content.some((part) => {
    if (part.type === 'text') return part.text.trim() !== '';
    // Thoughts that are kept secret come without their text, and with options that hold them.
    if (part.type === 'reasoning') return part.text.trim() !== '' || part.providerOptions !== undefined;
    return true;
  });
}

/** The answer without the calls that it asks us for; what its provider ran itself stays. */
export function withoutCalls(answer: ModelAnswer): ModelAnswer {
  if (answer.toolCalls.length === 0) return answer;
  const messages = answer.messages.flatMap((message): ModelMessage[] => {
    if (message.role !== 'assistant' || typeof message.content === 'string') return [message];
    const content = message.content.filter((part) => part.type !== 'tool-call' || part.providerExecuted);
    return content.length > 0 ? [{ ...message, content }] : [];
  });
  return { ...answer, messages, toolCalls: [] };
}

/**
 * An answer that reached the length limit may end in the middle of a call. One whose arguments cannot be right is
 * told so; one without arguments must not run either, for nobody knows whether they were still to come.
 */
export function withoutCutCall(answer: ModelAnswer): ModelAnswer {
  const last = answer.toolCalls.at(-1);
  if (answer.finishReason !== 'length' || !last || !endsWithCall(answer, last.toolCallId)) return answer;
  const bare = typeof last.input !== 'object' || last.input === null || Object.keys(last.input).length === 0;
  if (!last.invalid && !bare) return answer;
  const invalid = `${last.invalid ?? `${last.toolName} did not run.`} Your answer had reached its length limit in the middle of this call: call it again with shorter arguments, or in several calls.`;
  return { ...answer, toolCalls: [...answer.toolCalls.slice(0, -1), { ...last, invalid }] };
}

function endsWithCall({ messages }: ModelAnswer, toolCallId: string): boolean {
  const content = messages.at(-1)?.content;
  const part = Array.isArray(content) ? content.at(-1) : undefined;
  return part === undefined || (part.type === 'tool-call' && part.toolCallId === toolCallId);
}
