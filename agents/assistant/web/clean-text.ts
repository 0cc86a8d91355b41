/** Control characters but tab and line feed: records and terminals do not bear them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * What is read by a model and not seen by people: bidirectional marks, invisible spaces and operators, and the tag
 * and selector characters in which whole texts can be hidden. Joiners stay, scripts and emoji need them.
 */
const unseen = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/gu;

/** A foreign text with line feeds as its only line ends and without what nobody sees. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(controls, '').replace(unseen, '');
}
