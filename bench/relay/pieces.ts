/**
 * The text of a bench turn is made of pieces of 15 bytes, each the only one of its kind: wherever one of them stands
 * in Slack, it is known which it is, when it was sent, and whether it stands there twice.
 */

/** A turn is known by two digits, a piece of it by five more. */
const MOST_TURNS = 100;
const PIECES_PER_LINE = 4;
export const PIECE_BYTES = 15;

const words = ['alder', 'birch', 'cedar', 'maple', 'hazel', 'aspen'].map((word) => word.slice(0, 4));
/** A piece as its letters and digits alone: no word holds a `q`, and digits stand in names alone. */
const PIECE = /q(\d\d)n(\d{5})[a-pr-z]{4}/g;

/** A turn's name as its pieces have it. */
export function turnName(turn: number): string {
  if (turn >= MOST_TURNS) throw new Error(`A run has at most ${MOST_TURNS} turns.`);
  return `q${String(turn).padStart(2, '0')}`;
}

/** The piece with that number: 15 bytes of text; every fourth one ends a line. */
export function pieceText(turn: number, piece: number): string {
  const end = piece % PIECES_PER_LINE === PIECES_PER_LINE - 1 ? '\n' : ' ';
  return `${turnName(turn)}n${String(piece).padStart(5, '0')} ${words[piece % words.length]}${end}`;
}

/** The same as letters and digits alone. */
export const pieceLetters = (turn: number, piece: number): string =>
  pieceText(turn, piece).replace(/[^a-z0-9]/g, '');

/** Pieces of a turn in a text of letters and digits, in its order, with the place behind each. */
export function piecesIn(letters: string, turn: number): { piece: number; end: number }[] {
  return [...letters.matchAll(PIECE)]
    .filter(([found, of, piece]) => Number(of) === turn && found === pieceLetters(turn, Number(piece)))
    .map((match) => ({ piece: Number(match[2]), end: match.index + match[0].length }));
}
