/**
 * Tokens per character by kind of character. Measured with OpenAI's encodings cl100k_base and o200k_base on prose,
 * code, JSON, identifiers and a dozen scripts, then raised: other providers' encodings are not public and count more.
 */
const LETTER = 0.32;
const BLANK = 0.15;
/** Digits, punctuation, capital letters: ids, base64 and JSON are dense. */
const DENSE = 0.85;
/** Per UTF-8 byte of letters beyond ASCII: Arabic and Hindi are the densest. */
const FOREIGN_BYTE = 0.44;
/** Signs and pictures of the Unicode planes that encodings split up. */
const SIGN = 2.2;
const PICTURE = 3.3;

/**
 * How many tokens a text takes, guessed on the high side: what is said to fit does fit. Pure, and linear in the
 * text's length.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (let at = 0; at < text.length; at++) tokens += weightOf(text.charCodeAt(at));
  return Math.ceil(tokens);
}

function weightOf(unit: number): number {
  if (unit >= 0x61 && unit <= 0x7a) return LETTER;
  if (unit === 0x20 || unit === 0x0a) return BLANK;
  if (unit < 0x80) return DENSE;
  if (unit < 0x800) return 2 * FOREIGN_BYTE;
  // Half of a pair: two of them are one character.
  if (unit >= 0xd800 && unit <= 0xdfff) return PICTURE / 2;
  if (unit >= 0x2000 && unit <= 0x2bff) return SIGN;
  return 3 * FOREIGN_BYTE;
}
