import type { Json, JsonObject } from '../../../json.ts';
import { objectOf, objectsOf, wordOf } from '../read.ts';

/** What is typed, as the rich text that a rich text input gives: one section, its lines as they are. */
export function richTextOf(text: string): JsonObject | null {
  if (text === '') return null;
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', elements: [section] };
}

/** The words of a rich text, to be edited: lists as lines with dashes, mentions as their ids. */
export function textOf(given: Json | undefined): string {
  return objectsOf(objectOf(given)?.elements).map(elementText).join('\n');
}

function elementText(element: JsonObject): string {
  if (element.type === 'rich_text_list') {
    return objectsOf(element.elements)
      .map((item) => `- ${runs(item)}`)
      .join('\n');
  }
  return runs(element);
}

function runs(element: JsonObject): string {
  return objectsOf(element.elements).map(run).join('');
}

function run(part: JsonObject): string {
  if (part.type === 'user') return `@${wordOf(part.user_id)}`;
  if (part.type === 'channel') return `#${wordOf(part.channel_id)}`;
  if (part.type === 'broadcast') return `@${wordOf(part.range)}`;
  if (part.type === 'emoji') return wordOf(part.char) || `:${wordOf(part.name)}:`;
  return wordOf(part.text) || wordOf(part.url);
}
