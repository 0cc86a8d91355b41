/** The beginning of an object's or a list's JSON, as far as it has no text: what people write in brackets is none. */
const BARE = String.raw`^\s*[[{](?:[-+.\s\d,:[\]{}]|(?<=\d)[eE]|true|false|null)*`;
/** Its first quote opens a name or a text, whatever stands behind. */
const LIKE_JSON = new RegExp(String.raw`${BARE}(?=")(?<=[[{,:]\s*)`);
/** It has no text at all, to its end or to where it was cut. */
const BARE_JSON = new RegExp(`${BARE}(?:t|tru?|fa?|fals?|n|nul?)?…?$`);

/**
 * A text of a tool as cards tell it: the value whose JSON it is, where that is an object or a list; nothing where such
 * JSON was cut, so that nobody can read it (case G-18: people see no raw JSON); else the text itself.
 */
export function readJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text.trim());
  } catch {
    return isCutJson(text) ? '' : text;
  }
}

function isCutJson(text: string): boolean {
  if (LIKE_JSON.test(text)) return true;
  return BARE_JSON.test(text) && countOf(text, /[[{]/g) > countOf(text, /[\]}]/g);
}

const countOf = (text: string, one: RegExp): number => text.match(one)?.length ?? 0;
