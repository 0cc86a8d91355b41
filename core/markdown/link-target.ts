/** An address longer than this is no link that anybody follows. */
const MOST = 2_000;
const TITLE_MOST = 300;

/** What stands behind a link's label: `(address "title")`. `open`: its end is not there. `none`: it is none. */
export type LinkTarget = { kind: 'link'; url: string; end: number } | { kind: 'open' } | { kind: 'none' };

/**
 * Reads a link's target. It is stricter than CommonMark: what another reader might take for something else (escapes,
 * code, other links, a second line) makes it none.
 *
 * @param from where its parenthesis stands
 */
export function readLinkTarget(text: string, from: number, lineEnd: number): LinkTarget {
  let at = afterSpaces(text, from + 1, lineEnd);
  const inAngles = text[at] === '<';
  const start = inAngles ? at + 1 : at;
  let depth = 0;
  for (at = start; at < lineEnd; at++) {
    const char = text[at] ?? '';
    if (at - start > MOST || '<`\\'.includes(char)) return { kind: 'none' };
    if (char === ']' && text[at + 1] === '(') return { kind: 'none' };
    if (inAngles ? char === '>' : /\s/.test(char)) break;
    if (inAngles) continue;
    if (char === '>') return { kind: 'none' };
    if (char === '(') depth++;
    if (char === ')' && depth-- === 0) break;
  }
  if (at >= lineEnd) return { kind: 'open' };
  const url = text.slice(start, at);
  at = afterSpaces(text, inAngles ? at + 1 : at, lineEnd);
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const first = at + 1;
    for (at = first; at < lineEnd && text[at] !== quote; at++)
      if (at - first > TITLE_MOST || '<>`\\[]'.includes(text[at] ?? '')) return { kind: 'none' };
    at = afterSpaces(text, at + 1, lineEnd);
  }
  if (at >= lineEnd) return { kind: 'open' };
  return text[at] === ')' && url !== '' ? { kind: 'link', url, end: at + 1 } : { kind: 'none' };
}

function afterSpaces(text: string, from: number, lineEnd: number): number {
  let at = from;
  while (at < lineEnd && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}
