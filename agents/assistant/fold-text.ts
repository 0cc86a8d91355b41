/**
 * A text as it is compared in a search: without case, diacritics and the difference between forms of one letter
 * (`É`, `e`, `Ｅ`). Lengths may change.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('ı', 'i')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe');
}

/** What is searched for: words, and phrases in quotation marks; all of them must be in a message. */
export function searchTerms(query: string): string[] {
  const found = [...query.matchAll(/["“”„«»]([^"“”„«»]+)["“”„«»]|([^\s"“”„«»]+)/gu)];
  const terms = found.map(([, phrase, word]) =>
    foldText(phrase ?? word ?? '')
      .trim()
      .replace(/\s+/g, ' '),
  );
  return [...new Set(terms)].filter(Boolean);
}
