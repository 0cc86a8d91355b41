import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider';

type Reason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'error';

/** What a scripted model does, in a test's words. */
export type ScriptedPart =
  | Extract<
      LanguageModelV4StreamPart,
      { type: `text-${string}` } | { type: `reasoning-${string}`; id: string } | { type: 'error' }
    >
  | { type: 'tool-input-start'; id: string; name: string }
  | { type: 'tool-input-delta'; id: string; delta: string }
  | { type: 'tool-call'; id: string; name: string; input: string }
  | { type: 'finish'; reason: Reason; input: number; output: number }
  /** The call itself fails. */
  | { type: 'throw'; error: () => unknown }
  /** Nothing comes any more. */
  | { type: 'never' };

/** A model that streams exactly the given parts. */
export function scriptedModel(parts: readonly ScriptedPart[]): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'scripted',
    modelId: 'scripted',
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error('not used')),
    doStream: async () => {
      const thrown = parts.find((part) => part.type === 'throw');
      if (thrown) throw thrown.error();
      return { stream: ReadableStream.from(stream(parts)) };
    },
  };
}

async function* stream(parts: readonly ScriptedPart[]): AsyncGenerator<LanguageModelV4StreamPart> {
  yield { type: 'stream-start', warnings: [] };
  for (const part of parts) {
    if (part.type === 'throw') continue;
    if (part.type === 'never') await new Promise(() => {});
    else yield translate(part);
  }
}

function translate(part: Exclude<ScriptedPart, { type: 'throw' | 'never' }>): LanguageModelV4StreamPart {
  switch (part.type) {
    case 'tool-call':
      return { type: 'tool-call', toolCallId: part.id, toolName: part.name, input: part.input };
    case 'tool-input-start':
      return { type: 'tool-input-start', id: part.id, toolName: part.name };
    case 'finish':
      return {
        type: 'finish',
        finishReason: { unified: part.reason, raw: part.reason },
        usage: {
          inputTokens: { total: part.input, noCache: part.input, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: part.output, text: part.output, reasoning: 0 },
        },
      };
    default:
      return part;
  }
}
