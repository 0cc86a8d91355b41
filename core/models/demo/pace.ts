/** A piece of text and when it is due, in milliseconds after the first. */
export interface PacedText {
  text: string;
  atMs: number;
}

/** Pieces come at most this often. */
const TICK_MS = 50;

/** Cuts a text into whole words that come at an even pace; at a high pace several words come together. */
export function paceText(text: string, charsPerSecond: number): PacedText[] {
  const least = (charsPerSecond * TICK_MS) / 1000;
  const pieces: PacedText[] = [];
  let piece = '';
  let sent = 0;
  for (const word of text.match(/\s*\S+|\s+$/g) ?? []) {
    piece += word;
    if (piece.length < least) continue;
    pieces.push({ text: piece, atMs: (sent * 1000) / charsPerSecond });
    sent += piece.length;
    piece = '';
  }
  if (piece) pieces.push({ text: piece, atMs: (sent * 1000) / charsPerSecond });
  return pieces;
}
