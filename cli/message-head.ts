import type { MessageRecord } from '../core/sessions/record.ts';
import { lineOf } from './terminal-text.ts';

const HEAD = 100;

/** The beginning of what a message says, on one line; calls and results by their tool's name. */
export function messageHead({
  post,
  summary,
  message,
}: Pick<MessageRecord, 'post' | 'summary' | 'message'>): string {
  if (summary !== undefined) return lineOf(`(summary) ${summary}`, HEAD);
  if (post) {
    const files = post.files.map(({ name }) => `[${name}]`);
    return lineOf([post.text, ...files].join(' '), HEAD);
  }
  const content = isObject(message) ? message.content : undefined;
  const parts: unknown[] = Array.isArray(content) ? content : [{ type: 'text', text: content }];
  return lineOf(parts.map(partHead).filter(Boolean).join(' '), HEAD);
}

function partHead(part: unknown): string {
  if (!isObject(part)) return '';
  if (part.type === 'text') return typeof part.text === 'string' ? part.text : '';
  if (part.type === 'tool-call') return `→ ${String(part.toolName)}(${jsonOf(part.input)})`;
  if (part.type === 'tool-result') {
    const output = isObject(part.output) ? (part.output.value ?? part.output.reason) : part.output;
    return `← ${String(part.toolName)}: ${typeof output === 'string' ? output : jsonOf(output)}`;
  }
  return `(${String(part.type)})`;
}

function jsonOf(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
