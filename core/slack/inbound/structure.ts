/** Hand-written checks of what comes in: a schema library would weigh more than all of the entry. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under `name`; an empty one where there is none, so that look-ups can go on. */
export function fieldsAt(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isFields(value) ? value : {};
}

/** The objects in the list under `name`; whatever else is in it is left out. */
export function listAt(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function textAt(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberAt(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** An id of Slack's: safe in a key, short enough for one. Anything else counts as missing. */
export function idAt(fields: Fields, name: string): string | undefined {
  const value = textAt(fields, name);
  return value !== undefined && /^[A-Za-z0-9._-]{1,100}$/.test(value) ? value : undefined;
}

/** A message ts (`1700000000.000100`). */
export function tsAt(fields: Fields, name: string): string | undefined {
  const value = textAt(fields, name);
  return value !== undefined && /^\d{1,12}\.\d{1,9}$/.test(value) ? value : undefined;
}

/** JSON text as an object; undefined for everything else, so that callers need no try. */
export function parseFields(json: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
