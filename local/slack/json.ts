/** What JSON can carry. `undefined` members are allowed because JSON.stringify leaves them out. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json | undefined };

/** True for a JSON object: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy without `undefined` members, as it would come back from the wire. */
export function wire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Deeper than anything that Slack takes, and shallow enough for everything here that walks a value. */
const MAX_DEPTH = 500;

/**
 * Reads JSON that came from outside.
 *
 * @throws SyntaxError for what is no JSON, or nested more than 500 deep
 */
export function parseJson(text: string): Json {
  if (depthOf(text) > MAX_DEPTH) throw new SyntaxError(`nested more than ${MAX_DEPTH} deep`);
  return JSON.parse(text) as Json;
}

/** How deep brackets are nested, those inside strings left out. */
function depthOf(text: string): number {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') quoted = !quoted;
    else if (quoted) at += char === '\\' ? 1 : 0;
    else if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth);
    else if (char === ']' || char === '}') depth -= 1;
  }
  return deepest;
}
