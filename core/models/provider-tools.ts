import type { TextStreamPart, ToolSet } from 'ai';
import type { StreamChunk } from '../stream/chunks.ts';

/** Tells of what a provider runs itself, and of the sources it names. */
export interface ProviderTools {
  add(part: TextStreamPart<ToolSet>): void;
  /** Ends calls that are open: a stream that breaks off gives them no result. */
  closeAll(): void;
}

/**
 * Turns a provider's own tool calls into chunks. Their results go into the log without what only the provider can read
 * (case K-12: that stays in the stored message), and each page is named once.
 *
 * @param prefix names step and attempt
 */
export function createProviderTools(prefix: string, onChunk: (chunk: StreamChunk) => void): ProviderTools {
  const open = new Set<string>();
  const named = new Set<string>();
  return {
    add(part) {
      if (part.type === 'source' && part.sourceType === 'url') {
        const { url, title } = part;
        if (named.has(url)) return;
        named.add(url);
        const sourceId = `${prefix}-s${named.size}`;
        onChunk({ type: 'source-url', sourceId, url, ...(title ? { title } : {}) });
      } else if (part.type === 'tool-call' && part.providerExecuted) {
        const { toolCallId, toolName, input } = part;
        open.add(toolCallId);
        onChunk({ type: 'tool-input-available', toolCallId, toolName, input, providerExecuted: true });
      } else if (part.type === 'tool-result' && part.providerExecuted) {
        const { toolCallId } = part;
        open.delete(toolCallId);
        const output = withoutEncrypted(part.output);
        onChunk({ type: 'tool-output-available', toolCallId, output, providerExecuted: true });
      } else if (part.type === 'tool-error' && part.providerExecuted) {
        open.delete(part.toolCallId);
        onChunk({ type: 'tool-output-error', toolCallId: part.toolCallId, errorText: errorText(part.error) });
      }
    },
    closeAll() {
      for (const toolCallId of open)
        onChunk({ type: 'tool-output-error', toolCallId, errorText: 'It gave no result.' });
      open.clear();
    },
  };
}

/** Results of searches carry each page's text, readable for the provider alone. */
function withoutEncrypted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEncrypted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      /^encrypted/i.test(key) ? [] : [[key, withoutEncrypted(inner)]],
    ),
  );
}

/** Anthropic's errors are objects with a code, such as `max_uses_exceeded`. */
function errorText(error: unknown): string {
  if (typeof error === 'string') return error.slice(0, 200);
  const code =
    typeof error === 'object' && error !== null && 'errorCode' in error ? error.errorCode : undefined;
  return typeof code === 'string' ? `The search failed: ${code.slice(0, 100)}.` : 'The search failed.';
}
