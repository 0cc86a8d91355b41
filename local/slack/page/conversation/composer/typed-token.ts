/** What is being typed before the caret and can be completed: `@re`, `#gen`, `:ey`, or `/slu` at the very beginning. */
export type TypedToken = { sign: '@' | '#' | ':' | '/'; word: string; from: number };

/** At least so many letters of an emoji's name, as `:)` and times are no names. */
const EMOJI_LETTERS = 2;

export function typedToken(text: string, caret: number): TypedToken | undefined {
  const before = text.slice(0, caret);
  const command = /^\/(\S*)$/.exec(before);
  if (command) return { sign: '/', word: command[1] ?? '', from: 0 };
  const match = /(?:^|[\s(])([@#:])([\p{L}\p{N}_.+-]*)$/u.exec(before);
  if (!match) return undefined;
  const sign = match[1] as '@' | '#' | ':';
  const word = match[2] ?? '';
  if (sign === ':' && word.length < EMOJI_LETTERS) return undefined;
  return { sign, word: word.toLowerCase(), from: caret - word.length - 1 };
}
