/** Cutting text without breaking a character: half an emoji is no valid Unicode, and records refuse it. */
/** The last `length` UTF-16 units of a text, without half a character: records refuse what is no valid Unicode. */
export function tailOf(text: string, length: number): string {
  const tail = text.slice(-length);
  return isLowSurrogate(tail, 0) ? tail.slice(1) : tail;
}

/** The first `length` UTF-16 units of a text, without half a character. */
export function headOf(text: string, length: number): string {
  return isHighSurrogate(text, length - 1) ? text.slice(0, length - 1) : text.slice(0, length);
}

/** The last character of a text, whole. */
export function lastCharacter(text: string): string {
  return text.slice(isLowSurrogate(text, text.length - 1) ? -2 : -1);
}

function isLowSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

export function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** A text without bidirectional and invisible marks: they could make it read differently from what it says. */
export function withoutInvisible(text: string): string {
  return text.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
}
