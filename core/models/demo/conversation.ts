import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
} from '@ai-sdk/provider';
import { SUMMARY_PREFIX } from '../../compaction/prompt.ts';
import { CONTINUE_REQUEST } from '../contract.ts';
import { type DemoFile, filesOf, unreadableIn, wordsOf } from './attached.ts';
import type { AnsweredCall } from './script.ts';
import { isSummary, stepsInSummary } from './summary.ts';

/** What the demo model reads out of the messages: it remembers nothing itself. */
export interface Conversation {
  /** What the person wrote last. */
  request: string;
  /** What was said before it, a summary of it included, in order. */
  before: { by: 'person' | 'model' | 'summary'; text: string }[];
  /** The newest files that somebody attached, and sentences about those that could not be given. */
  files: DemoFile[];
  unreadable: string[];
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
  const before = prompt.slice(0, Math.max(0, asked));
  return {
    request: requestOf(prompt[asked]),
    before: before.flatMap(saidIn),
    ...attachedIn(prompt.slice(0, asked + 1)),
    steps: [...summarisedSteps(before), ...stepsOf(after)],
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

/** A person's words, whoever else's they look like; those of a request of ours as they are. */
function requestOf(message: LanguageModelV4Message | undefined): string {
  return message?.role === 'user' ? wordsOf(message.content) : textOf(message);
}

function saidIn(message: LanguageModelV4Message): Conversation['before'] {
  const text = requestOf(message).trim();
  if (!text || text === CONTINUE_REQUEST || message.role === 'system') return [];
  if (message.role !== 'user') return [{ by: 'model', text }];
  return isSummary(text)
    ? [{ by: 'summary', text: text.slice(SUMMARY_PREFIX.length).trim() }]
    : [{ by: 'person', text }];
}

/** The files of the newest message that has some. */
function attachedIn(messages: LanguageModelV4Prompt): Pick<Conversation, 'files' | 'unreadable'> {
  for (const message of messages.toReversed()) {
    const found = { files: filesOf(message), unreadable: unreadableIn(message) };
    if (found.files.length > 0 || found.unreadable.length > 0) return found;
  }
  return { files: [], unreadable: [] };
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
