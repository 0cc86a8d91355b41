import type { AssistantModelMessage, ModelMessage } from 'ai';
import { type CallIdOf, callIdsFor } from './call-ids-for.ts';
import { documentNames } from './document-names.ts';
import type { ModelName } from './model-name.ts';
import { WEB_SEARCH } from './model-tools.ts';
import { searchText } from './search-text.ts';

type AssistantPart = Exclude<AssistantModelMessage['content'], string>[number];
type CallPart = Extract<AssistantPart, { type: 'tool-call' }>;

/** The names under which each provider's code reads and writes metadata. */
const optionNames: Record<ModelName['provider'], readonly string[]> = {
  anthropic: ['anthropic'],
  openai: ['openai'],
  bedrock: ['bedrock', 'amazonBedrock'],
  'openai-compatible': ['openai-compatible', 'openaiCompatible'],
  demo: [],
};

/** The name under which a stored message says which model wrote it; no provider is sent it. */
const MARK = 'sluice';

/** Says of an answer's messages which model wrote them (`ownParts` reads it). */
export function markAuthor(messages: readonly ModelMessage[], model: string): ModelMessage[] {
  return messages.map((message) => ({
    ...message,
    providerOptions: { ...message.providerOptions, [MARK]: { model } },
  }));
}

/**
 * A conversation as one model may be sent it, whichever models wrote it: a session's model may change between turns
 * (capability 46, case K-12). Providers refuse, for ever, a history that holds what is not theirs.
 *
 * - Reasoning and metadata (signatures, encrypted thoughts, item ids) go to the very model that wrote them: Claude's
 *   thinking is tied to its model from Sonnet 5.5 on, and of servers that speak chat completions only the one that
 *   thought so is known to take `reasoning_content` back. Where no mark says who wrote a message, its metadata says
 *   from which provider it came.
 * - Anthropic gets its own web searches back as they were. Another provider's become a text; OpenAI's own are left out,
 *   since nothing of them is kept there.
 * - Ids of calls and names of documents are made fit.
 *
 * What was sent before stays as it was when messages are added behind it, so that a provider can reuse it.
 *
 * @param name the model's name, as `ModelRequest` has it
 */
export function ownParts(messages: readonly ModelMessage[], model: ModelName, name: string): ModelMessage[] {
  const idOf = callIdsFor(model.provider);
  const nameOf = model.provider === 'bedrock' ? documentNames() : undefined;
  const executed = new Map<string, CallPart>();
  return messages.flatMap((message): ModelMessage[] => {
    const author = message.providerOptions?.[MARK]?.model;
    const marked = author === name;
    const names = author === undefined || marked ? optionNames[model.provider] : [];
    const bare = own(message, names);
    switch (bare.role) {
      case 'assistant':
        return assistantMessage(bare, { model, names, marked, idOf, executed });
      case 'tool':
        return [{ ...bare, content: bare.content.map((part) => withId(own(part, names), idOf)) }];
      case 'user': {
        if (typeof bare.content === 'string') return [bare];
        const content = bare.content.map((part) =>
          part.type === 'file' && nameOf && !part.mediaType.startsWith('image/')
            ? { ...own(part, names), filename: nameOf(part.filename) }
            : own(part, names),
        );
        return [{ ...bare, content }];
      }
      default:
        return [bare];
    }
  });
}

interface Context {
  model: ModelName;
  /** Whose metadata the message's parts keep. */
  names: readonly string[];
  /** The message says that this model wrote it. */
  marked: boolean;
  idOf: CallIdOf;
  /** Calls that another provider ran, by id, up to here. */
  executed: Map<string, CallPart>;
}

function assistantMessage(message: AssistantModelMessage, context: Context): ModelMessage[] {
  if (typeof message.content === 'string') return [message];
  const content = message.content.flatMap((part) => assistantPart(part, context));
  // A thought that nothing follows is refused, and so is a message of nothing.
  return content.some(({ type }) => type !== 'reasoning') ? [{ ...message, content }] : [];
}

function assistantPart(part: AssistantPart, context: Context): AssistantPart[] {
  const { model, names, marked, idOf, executed } = context;
  const bare = own(part, names);
  switch (bare.type) {
    case 'text':
      // Blank ones are links in the chain of who wrote them.
      return bare.text.trim() || bare.providerOptions ? [bare] : [];
    case 'reasoning':
      // Chat completions give thoughts no metadata.
      return bare.providerOptions || (marked && model.provider === 'openai-compatible') ? [bare] : [];
    case 'custom':
      return bare.providerOptions ? [bare] : [];
    case 'tool-call':
      if (!bare.providerExecuted) return [withId(bare, idOf)];
      if (isOwnSearch(bare.toolCallId, model)) return [bare];
      executed.set(bare.toolCallId, bare);
      return [];
    case 'tool-result': {
      const call = executed.get(bare.toolCallId);
      if (!call) return [bare];
      const told = call.toolName === WEB_SEARCH && !(model.provider === 'openai' && isOpenAISearch(call));
      return told ? [{ type: 'text', text: searchText(call.input, bare.output) }] : [];
    }
    default:
      return [bare];
  }
}

/** Anthropic's ids of what it runs itself begin so; no other provider wants its own back. */
const isOwnSearch = (id: string, { provider }: ModelName): boolean =>
  provider === 'anthropic' && id.startsWith('srvtoolu_');
const isOpenAISearch = ({ toolCallId }: CallPart): boolean => toolCallId.startsWith('ws_');

/** A message or part with the metadata under these names alone; the very same where it has no other. */
function own<P extends object>(part: P, names: readonly string[]): P {
  if (!('providerOptions' in part) || typeof part.providerOptions !== 'object') return part;
  const { providerOptions, ...bare } = part;
  const entries = Object.entries(providerOptions ?? {});
  const kept = entries.filter(([name]) => names.includes(name));
  if (kept.length === entries.length && kept.length > 0) return part;
  return { ...bare, ...(kept.length > 0 ? { providerOptions: Object.fromEntries(kept) } : {}) } as P;
}

function withId<P extends object>(part: P, idOf: CallIdOf): P {
  return 'toolCallId' in part && typeof part.toolCallId === 'string'
    ? { ...part, toolCallId: idOf(part.toolCallId) }
    : part;
}
