import type { ModelMessage, ToolResultPart } from 'ai';
import { toModelMessages } from '../models/messages.ts';
import type { MessageRecord, UserPost } from '../sessions/record.ts';

/** One thing that was said or done, as text. */
export interface TranscriptEntry {
  role: 'user' | 'assistant';
  /** A tool's result can be shortened first: it can often be had again. */
  kind: 'said' | 'called' | 'result';
  /** A former summary, or a request that is open: without it the rest cannot be understood. */
  essential?: true;
  text: string;
}

/**
 * A conversation as plain text, entry by entry. A summary is asked for without tools, and providers then refuse calls
 * and results or leave them out (Bedrock's Converse does), so both are told in words. Reasoning is left out, files are
 * named only, and each post names its author, so that a summary can say who wanted what.
 *
 * @param unanswered the sequence from which on posts are open
 */
export function transcriptOf(records: readonly MessageRecord[], unanswered: number): TranscriptEntry[] {
  const entries: TranscriptEntry[] = [];
  let stored: MessageRecord[] = [];
  const flush = () => {
    // Healed together: a result belongs to the call before it.
    entries.push(...toModelMessages(stored).flatMap(entriesOf));
    stored = [];
  };
  for (const record of records) {
    if (!record.post && record.summary === undefined) {
      stored.push(record);
      continue;
    }
    flush();
    if (record.post) entries.push(postEntry(record.post, record.seq >= unanswered));
    else entries.push({ role: 'user', kind: 'said', essential: true, text: record.summary ?? '' });
  }
  flush();
  return entries.filter((entry) => entry.text.trim());
}

/** The entries as messages for a model: roles take turns, and a person's comes first, as some providers ask. */
export function transcriptMessages(
  entries: readonly TranscriptEntry[],
  request: string,
): (ModelMessage & { content: string })[] {
  const messages: { role: 'user' | 'assistant'; content: string }[] = [];
  const said: Pick<TranscriptEntry, 'role' | 'text'>[] = [...entries, { role: 'user', text: request }];
  if (said[0]?.role === 'assistant') said.unshift({ role: 'user', text: LEFT_OUT });
  for (const { role, text } of said) {
    const last = messages.at(-1);
    if (last?.role === role) last.content += `\n\n${text}`;
    else messages.push({ role, content: text });
  }
  return messages;
}

/** Stands for entries that were left out. */
export const LEFT_OUT = '(Earlier messages are left out here.)';

function postEntry({ text, author, files }: UserPost, open: boolean): TranscriptEntry {
  const lines = [
    `<@${author.userId}>: ${text.trim() || '(no words)'}`,
    ...files.map(({ name, mimetype }) => attached(name, mimetype)),
  ];
  return { role: 'user', kind: 'said', ...(open ? { essential: true } : {}), text: lines.join('\n') };
}

function entriesOf(message: ModelMessage): TranscriptEntry[] {
  const role = message.role === 'assistant' ? 'assistant' : 'user';
  if (typeof message.content === 'string') return [{ role, kind: 'said', text: message.content }];
  return message.content.flatMap((part): TranscriptEntry[] => {
    switch (part.type) {
      case 'text':
        return [{ role, kind: 'said', text: part.text }];
      case 'tool-call':
        return [{ role, kind: 'called', text: `(called ${part.toolName}: ${jsonOf(part.input)})` }];
      case 'tool-result':
        return [{ role, kind: 'result', text: resultText(part) }];
      case 'file':
        return [{ role, kind: 'said', text: attached(part.filename ?? 'a file', part.mediaType) }];
      case 'image':
        return [{ role, kind: 'said', text: attached('an image', part.mediaType ?? 'image') }];
      default:
        return [];
    }
  });
}

function resultText({ toolName, output }: ToolResultPart): string {
  switch (output.type) {
    case 'text':
      return `(result of ${toolName}: ${output.value})`;
    case 'json':
      return `(result of ${toolName}: ${jsonOf(output.value)})`;
    case 'error-text':
      return `(${toolName} failed: ${output.value})`;
    case 'error-json':
      return `(${toolName} failed: ${jsonOf(output.value)})`;
    case 'execution-denied':
      return `(${toolName} was denied: ${output.reason ?? 'no reason was given'})`;
    default: {
      const parts = output.value.map((part) => (part.type === 'text' ? part.text : '(attached: a file)'));
      return `(result of ${toolName}: ${parts.join('\n')})`;
    }
  }
}

const attached = (name: string, type: string): string => `(attached: ${name}, ${type})`;

const jsonOf = (value: unknown): string => JSON.stringify(value) ?? 'null';
