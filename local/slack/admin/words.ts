import { isObject, type Json } from '../json.ts';

/** All words inside a block or view that a person can read, at any depth. */
export function words(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(words).join(' ');
  if (!isObject(value)) return '';
  return Object.entries(value)
    .map(([name, member]) =>
      typeof member === 'string'
        ? ['text', 'title', 'alt_text', 'task_id'].includes(name)
          ? member
          : ''
        : words(member),
    )
    .filter((text) => text !== '')
    .join(' ');
}
