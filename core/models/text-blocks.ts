import type { TextStreamPart, ToolSet } from 'ai';
import type { StreamChunk } from '../stream/chunks.ts';

/** Turns the stream's text and reasoning parts into chunks. */
export interface TextBlocks {
  add(part: TextStreamPart<ToolSet>): void;
  /** Ends what is open: a stream that breaks off ends no block. */
  closeAll(): void;
  /** All text so far, without reasoning. */
  text(): string;
}

/**
 * Providers number blocks anew in each call, so ids get a prefix that makes them unique in the turn. A delta of a
 * block that was never opened is dropped (case K-61), as are empty ones.
 *
 * @param prefix names step and attempt
 */
export function createTextBlocks(prefix: string, onChunk: (chunk: StreamChunk) => void): TextBlocks {
  const open = new Map<string, 'text' | 'reasoning'>();
  let text = '';
  const end = (key: string, kind: 'text' | 'reasoning') => {
    if (open.delete(key)) onChunk({ type: `${kind}-end`, id: key });
  };
  return {
    add(part) {
      if (!('id' in part)) return;
      const kind = part.type.startsWith('reasoning-') ? 'reasoning' : 'text';
      const id = `${prefix}-${kind === 'text' ? 't' : 'r'}${part.id}`;
      if (part.type === 'text-start' || part.type === 'reasoning-start') {
        open.set(id, kind);
        onChunk({ type: part.type, id });
      } else if (part.type === 'text-end' || part.type === 'reasoning-end') end(id, kind);
      else if ((part.type === 'text-delta' || part.type === 'reasoning-delta') && part.text && open.has(id)) {
        if (part.type === 'text-delta') text += part.text;
        onChunk({ type: part.type, id, delta: part.text });
      }
    },
    closeAll() {
      for (const [id, kind] of [...open]) end(id, kind);
    },
    text: () => text,
  };
}
