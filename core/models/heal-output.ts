import type { ToolResultPart } from 'ai';
import { cleanText, cleanValue } from './clean-value.ts';
import { healFileData } from './heal-file-data.ts';
import { fieldsOf, optionsOf, type Raw } from './raw-part.ts';

type Output = ToolResultPart['output'];
type Content = Extract<Output, { type: 'content' }>['value'][number];

/** A result's output as the SDK takes it; undefined for what cannot be read as one. */
export function healOutput(value: unknown): Output | undefined {
  const raw = fieldsOf(value);
  const options = optionsOf(raw);
  switch (raw.type) {
    case 'text':
    case 'error-text':
      return typeof raw.value === 'string'
        ? { type: raw.type, value: cleanText(raw.value), ...options }
        : undefined;
    case 'json':
    case 'error-json':
      return { type: raw.type, value: cleanValue(raw.value), ...options };
    case 'execution-denied':
      return {
        type: 'execution-denied',
        ...(typeof raw.reason === 'string' ? { reason: cleanText(raw.reason) } : {}),
        ...options,
      };
    case 'content': {
      const content = Array.isArray(raw.value)
        ? raw.value.flatMap((part) => healContent(fieldsOf(part)))
        : [];
      return content.length > 0 ? { type: 'content', value: content } : undefined;
    }
    default:
      return undefined;
  }
}

function healContent(raw: Raw): Content[] {
  const options = optionsOf(raw);
  if (raw.type === 'text')
    return typeof raw.text === 'string' && raw.text.trim()
      ? [{ type: 'text', text: cleanText(raw.text), ...options }]
      : [];
  if (raw.type === 'custom') return [{ type: 'custom', ...options }];
  const { mediaType, filename } = raw;
  if (typeof mediaType !== 'string' || !mediaType) return [];
  // Two older names of the same part, which the SDK still reads.
  const bare = raw.type === 'file-data' || raw.type === 'image-data';
  const data = raw.type === 'file' || bare ? healFileData(raw.data) : undefined;
  if (data === undefined) return [];
  const tagged = typeof data === 'string' ? ({ type: 'data', data } as const) : data;
  const name = typeof filename === 'string' ? { filename: cleanText(filename) } : {};
  return [{ type: 'file', data: tagged, mediaType, ...name, ...options }];
}
