export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

const MAX = 60;

/** What a closed level holds, in a few words: `3 items`, or its most telling member. */
export function summaryOf(value: JsonValue[] | { [name: string]: JsonValue }): string {
  if (Array.isArray(value)) return value.length === 1 ? '1 item' : `${value.length} items`;
  const telling = ['type', 'error', 'title', 'name', 'text', 'id']
    .map((name) => value[name])
    .filter((member) => typeof member === 'string' && member !== '')
    .slice(0, 2)
    .join(' · ');
  if (telling !== '') return telling.length > MAX ? `${telling.slice(0, MAX)}…` : telling;
  const names = Object.keys(value);
  return names.length === 1 ? '1 member' : `${names.length} members`;
}

/** A text that is an object or an array in JSON (as blocks and chunks in form bodies are); undefined for any other. */
export function looksLikeJson(text: string): JsonValue | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as JsonValue;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
