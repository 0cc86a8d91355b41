import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
} from '@ai-sdk/provider';
import { CONTINUE_REQUEST } from '../contract.ts';
import type { AnsweredCall } from './script.ts';
import { isSummary, stepsInSummary } from './summary.ts';

/** What the demo model reads out of the messages: it remembers nothing itself. */
export interface Conversation {
  /** What the person wrote last. */
  request: string;
  /** The steps of this turn so far, each with its answered calls. */
  steps: AnsweredCall[][];
  /** Text of the present answer that was said before a run's deadline cut it. */
  said: string;
  /** Names of the tools that are offered. */
  tools: ReadonlySet<string>;
  /** The channel named in the instructions. */
  channel: string | undefined;
  requester: string | undefined;
  turnId: string;
  attempt: number;
}

/** Reads a call of the model: the last words of the person and what followed them. */
export function readConversation({
  prompt,
  tools,
  providerOptions,
}: LanguageModelV4CallOptions): Conversation {
  const asked = prompt.findLastIndex((message) => isRequest(message));
  const after = prompt.slice(asked + 1);
  const lastCall = after.findLastIndex((message) => callsOf(message).length > 0);
  const instructions = prompt.find((message) => message.role === 'system')?.content ?? '';
  const { turnId, attempt } = providerOptions?.demo ?? {};
  return {
    request: textOf(prompt[asked]),
    steps: [...summarisedSteps(prompt.slice(0, Math.max(0, asked))), ...stepsOf(after)],
    said: after
      .slice(lastCall + 1)
      .map(assistantText)
      .join(''),
    tools: new Set(tools?.map((tool) => tool.name)),
    channel: /<#(\w+)/.exec(instructions)?.[1],
    requester: /<@(\w+)> asks/.exec(instructions)?.[1],
    turnId: typeof turnId === 'string' ? turnId : '',
    attempt: typeof attempt === 'number' ? attempt : 1,
  };
}

function isRequest(message: LanguageModelV4Message): boolean {
  return message.role === 'user' && textOf(message) !== CONTINUE_REQUEST && !isSummary(textOf(message));
}

/** Steps for the request that a summary right before it tells of. */
function summarisedSteps(before: LanguageModelV4Prompt): AnsweredCall[][] {
  const said = before.findLastIndex((message) => message.role !== 'user');
  const summary = before.slice(said + 1).find((message) => isSummary(textOf(message)));
  return summary ? stepsInSummary(textOf(summary)) : [];
}

function textOf(message: LanguageModelV4Message | undefined): string {
  if (!message || message.role === 'tool') return '';
  if (message.role === 'system') return message.content;
  return message.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function assistantText(message: LanguageModelV4Message): string {
  return message.role === 'assistant' ? textOf(message) : '';
}

function callsOf(message: LanguageModelV4Message) {
  return message.role === 'assistant' ? message.content.filter((part) => part.type === 'tool-call') : [];
}

function stepsOf(messages: LanguageModelV4Prompt): AnsweredCall[][] {
  const results = new Map(
    messages
      .flatMap((message) =>
        message.role === 'tool' ? message.content.filter((part) => part.type === 'tool-result') : [],
      )
      .map(({ toolCallId, output }) => [toolCallId, output]),
  );
  return messages
    .map(callsOf)
    .filter((calls) => calls.length > 0)
    .map((calls) =>
      calls.map(({ toolCallId, toolName, input }) => ({
        tool: toolName,
        input: typeof input === 'object' && input !== null ? { ...input } : {},
        output: results.get(toolCallId),
      })),
    );
}
