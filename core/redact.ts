const secrets: readonly [RegExp, string][] = [
  // Query strings carry tokens and signatures.
  [/(https?:\/\/[^\s"'<>?#]+)[?#][^\s"'<>]*/gi, '$1?…'],
  [/(https?:\/\/)[^\s/@"'<>]+@/gi, '$1'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 …'],
  [/\bxox[a-z](?:\.[a-z]+)?-[\w-]+/gi, '…'],
  [/\bxapp-[\w-]+/gi, '…'],
  [/\b(?:sk|pk|rk|slk)[-_][\w*-]{6,}/g, '…'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, '…'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '…'],
  // Whatever else is long and has no words in it.
  [/(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{40,}/g, '…'],
];

/**
 * Takes what looks like a secret out of a text that somebody else wrote (a provider, a library, a tool): URL
 * queries, credentials in URLs, bearer tokens, keys of known shapes and long random strings; cuts it to `limit`
 * characters and makes one line of it.
 */
export function redact(text: string, limit = 300): string {
  let clean = text.slice(0, 20_000);
  for (const [pattern, replacement] of secrets) clean = clean.replace(pattern, replacement);
  clean = clean.replace(/\s+/g, ' ').trim();
  return clean.length > limit ? `${clean.slice(0, limit - 1)}…` : clean;
}
