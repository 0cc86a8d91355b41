import type { ModelMessage, SystemModelMessage } from 'ai';
import type { ModelName } from './model-name.ts';

type Options = NonNullable<ModelMessage['providerOptions']>;

/** The stable beginning of a request, with marks where a provider may cache it. */
export interface CachedPrompt {
  instructions: string | SystemModelMessage;
  messages: ModelMessage[];
}

/**
 * Marks where a provider may end a cached prefix: behind the instructions (which covers the tools before them), behind
 * the last message, and behind the message where the request before this one ended, whose entry is then found however
 * many results came since. Only Claude wants marks (Anthropic's `cache_control`, Bedrock's `cachePoint`, at most four);
 * other providers find prefixes themselves. Marks are no part of the prefix: apart from them each request begins with
 * the one before it.
 */
export function markForCache(
  model: ModelName,
  instructions: string,
  messages: readonly ModelMessage[],
): CachedPrompt {
  const mark = markOf(model);
  if (!mark) return { instructions, messages: [...messages] };
  const answeredBefore = messages.findLastIndex(({ role }) => role === 'assistant') - 1;
  const marked = new Set([messages.length - 1, answeredBefore]);
  return {
    instructions: instructions
      ? { role: 'system', content: instructions, providerOptions: mark }
      : instructions,
    messages: messages.map((message, index) => (marked.has(index) ? withMark(message, mark) : message)),
  };
}

function markOf(model: ModelName): Options | undefined {
  if (model.provider === 'anthropic') return { anthropic: { cacheControl: { type: 'ephemeral' } } };
  // Other makers' models refuse a cache point.
  if (model.provider === 'bedrock' && /(^|[./])anthropic\.claude-/.test(model.id))
    return { bedrock: { cachePoint: { type: 'default' } } };
  return undefined;
}

function withMark<M extends ModelMessage>(message: M, mark: Options): M {
  const providerOptions = { ...message.providerOptions };
  for (const [provider, options] of Object.entries(mark))
    providerOptions[provider] = { ...providerOptions[provider], ...options };
  return { ...message, providerOptions };
}
