import type { JSONValue } from 'ai';

/** A text that can be sent as UTF-8: half a character becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

/** A text that every provider takes: valid Unicode without NUL, at which some of them break off. */
export function cleanText(text: string): string {
  return wellFormed(text.includes('\0') ? text.replaceAll('\0', '') : text);
}

/**
 * A value as JSON, its texts cleaned. What needs no change is given back as it is: almost every value of a long
 * history is so.
 */
export function cleanValue(value: unknown, clean: (text: string) => string = cleanText): JSONValue {
  return isClean(value, clean) ? value : cleaned(value, clean);
}

function isClean(value: unknown, clean: (text: string) => string): value is JSONValue {
  if (typeof value === 'string') return clean(value) === value;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'boolean';
  if (value === null) return true;
  if (Array.isArray(value)) return value.every((entry) => isClean(entry, clean));
  const fields = value as Record<string, unknown>;
  for (const name in fields) if (clean(name) !== name || !isClean(fields[name], clean)) return false;
  return true;
}

function cleaned(value: unknown, clean: (text: string) => string): JSONValue {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((entry) => cleaned(entry, clean));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => field !== undefined)
        .map(([name, field]) => [clean(name), cleaned(field, clean)]),
    );
  const plain = typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
  return plain ? value : null;
}
