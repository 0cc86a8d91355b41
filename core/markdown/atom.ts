/** How good a cut behind an atom is; 0: none, whatever it takes. */
export const Cut = { none: 0, place: 1, marked: 2, word: 3, sentence: 4, line: 5, paragraph: 6 } as const;
export type Cut = (typeof Cut)[keyof typeof Cut];

/** The smallest part of a text that is sent as a whole. */
export interface Atom {
  /** Where it ends in the text. */
  end: number;
  /** What is sent for it. */
  sent: string;
  /** What people read of it; marks are not read. */
  shown: string;
  cut: Cut;
  /** It may be cut inside, between two characters. */
  parts?: true;
  /** What it is depends on what follows. */
  open?: true;
}

/** Between what Slack stores as two runs of text. */
export const SEAM = '\u0001';

/** More than so many characters are not held back, whatever they might become. */
export const HOLD_LIMIT = 500;
