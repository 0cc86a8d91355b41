import type { ToolResultPart } from 'ai';
import { fieldsOf } from './raw-part.ts';

const MOST_PAGES = 10;
const MOST_CHARS = 200;

/**
 * What a web search that one provider ran says to another's model: what was asked and which pages came, of results as
 * Anthropic (a list of pages) and OpenAI (an action and its sources) give them. What the pages say was encrypted for
 * the provider that found them.
 */
export function searchText(input: unknown, output: ToolResultPart['output']): string {
  const value = 'value' in output ? output.value : undefined;
  const result = fieldsOf(value);
  const query = textOf(fieldsOf(input).query) ?? textOf(fieldsOf(result.action).query);
  const asked = query ? `Searched the web for ${JSON.stringify(query)}` : 'Searched the web';
  if (output.type.startsWith('error')) return `\n(${asked}; the search failed.)\n`;
  const pages = Array.isArray(value) ? value : Array.isArray(result.sources) ? result.sources : [];
  const found = pages.flatMap((page) => {
    const url = textOf(fieldsOf(page).url);
    const title = textOf(fieldsOf(page).title);
    return url ? [title ? `${title} <${url}>` : `<${url}>`] : [];
  });
  return `\n(${asked}${found.length > 0 ? `; found: ${found.slice(0, MOST_PAGES).join(', ')}` : ''}.)\n`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim()
    ? value.replace(/\s+/g, ' ').trim().slice(0, MOST_CHARS).toWellFormed()
    : undefined;
}
