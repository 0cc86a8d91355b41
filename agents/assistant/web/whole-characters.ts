/** Whether a text goes on in the middle of a character (a surrogate pair) at this place. */
export function isInsideCharacter(text: string, place: number): boolean {
  const before = text.charCodeAt(place - 1);
  return place > 0 && before >= 0xd800 && before <= 0xdbff;
}

/** The first `length` UTF-16 units of a text, without half a character. */
export function wholeHead(text: string, length: number): string {
  return text.slice(0, isInsideCharacter(text, length) ? length - 1 : length);
}
