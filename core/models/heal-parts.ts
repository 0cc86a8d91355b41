import type { AssistantModelMessage, ToolModelMessage, ToolResultPart } from 'ai';
import { cleanText, cleanValue, wellFormed } from './clean-value.ts';
import { healFileData } from './heal-file-data.ts';
import { healOutput } from './heal-output.ts';
import { fieldsOf, optionsOf, type Raw } from './raw-part.ts';

export type AssistantPart = Exclude<AssistantModelMessage['content'], string>[number];
type ToolPart = ToolModelMessage['content'][number];

/** What stands in place of a result that was stored and cannot be read any more. */
const UNREADABLE: ToolResultPart['output'] = {
  type: 'error-text',
  value: 'This call was made, but its result can no longer be read.',
};

/**
 * One part of a stored assistant message as the SDK and all providers take it; none for what they would refuse: an
 * unknown type, a text that says nothing, a file that is no valid base64. Its fields are those of the stored part
 * and no others (case T-17). The SDK's own approvals are not used here, so none can be open.
 */
export function healAssistantPart(value: unknown): AssistantPart[] {
  const raw = fieldsOf(value);
  const options = optionsOf(raw);
  switch (raw.type) {
    case 'text':
      return healText(raw);
    case 'reasoning': {
      // What was thought may be signed: it goes back as it came. Encrypted thoughts have no text.
      const text = typeof raw.text === 'string' ? wellFormed(raw.text) : '';
      return text || options.providerOptions ? [{ type: 'reasoning', text, ...options }] : [];
    }
    case 'custom':
      return isKind(raw.kind) ? [{ type: 'custom', kind: raw.kind, ...options }] : [];
    case 'file':
    case 'reasoning-file':
      return healFile(raw);
    case 'tool-call':
      return healCall(raw);
    case 'tool-result': {
      const output = healOutput(raw.output);
      const ids = idsOf(raw);
      return output && ids ? [{ type: 'tool-result', ...ids, output, ...options }] : [];
    }
    default:
      return [];
  }
}

/** One part of a stored tool message; a result that cannot be read is told to have been one. */
export function healToolPart(value: unknown): ToolPart[] {
  const raw = fieldsOf(value);
  const ids = idsOf(raw);
  if (raw.type !== 'tool-result' || !ids) return [];
  const toolName = sendableName(ids.toolName);
  const output = healOutput(raw.output) ?? UNREADABLE;
  return [{ type: 'tool-result', toolCallId: ids.toolCallId, toolName, output, ...optionsOf(raw) }];
}

/** Providers refuse texts of white space alone; one with metadata of its own is a link of their chain. */
export function healText(raw: Raw): { type: 'text'; text: string }[] {
  if (typeof raw.text !== 'string') return [];
  const text = cleanText(raw.text);
  const options = optionsOf(raw);
  return text.trim() || options.providerOptions ? [{ type: 'text', text, ...options }] : [];
}

function healFile(raw: Raw): AssistantPart[] {
  const { mediaType, filename } = raw;
  const data = healFileData(raw.data);
  if (data === undefined || typeof mediaType !== 'string' || !mediaType) return [];
  const options = optionsOf(raw);
  if (raw.type === 'file') {
    const name = typeof filename === 'string' ? { filename: cleanText(filename) } : {};
    return [{ type: 'file', data, mediaType, ...name, ...options }];
  }
  const bytes = typeof data === 'string' || data.type === 'data' ? data : undefined;
  return bytes ? [{ type: 'reasoning-file', data: bytes, mediaType, ...options }] : [];
}

function healCall(raw: Raw): AssistantPart[] {
  const ids = idsOf(raw);
  if (!ids) return [];
  const options = optionsOf(raw);
  if (raw.providerExecuted === true)
    return [{ type: 'tool-call', ...ids, input: cleanValue(raw.input), providerExecuted: true, ...options }];
  return [
    {
      type: 'tool-call',
      toolCallId: ids.toolCallId,
      toolName: sendableName(ids.toolName),
      // Providers take arguments as an object only; the call was answered with what was wrong about them.
      input: cleanValue(fieldsOf(raw.input)),
      ...options,
    },
  ];
}

function idsOf({ toolCallId, toolName }: Raw): { toolCallId: string; toolName: string } | undefined {
  if (typeof toolCallId !== 'string' || typeof toolName !== 'string') return undefined;
  const ids = { toolCallId: cleanText(toolCallId), toolName: cleanText(toolName) };
  return ids.toolCallId ? ids : undefined;
}

/**
 * Models call tools that do not exist, under any name; Bedrock, Anthropic and OpenAI refuse a history that names one
 * with other characters than these, more of them, or none.
 */
function sendableName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || '_';
}

function isKind(kind: unknown): kind is `${string}.${string}` {
  return typeof kind === 'string' && /^[^.\s]+\..+$/.test(kind) && kind.isWellFormed();
}
