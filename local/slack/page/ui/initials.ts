/** How many colours an avatar can have. */
const TONES = 8;

/** Two letters for a picture: of two words their first letters, of one the first and the third. */
export function initials(name: string): string {
  const [first = '?', second] = name.trim().split(/[\s._-]+/);
  // The third letter tells requester and reviewer apart better than the second.
  const other = second?.charAt(0) ?? (first.charAt(2) || first.charAt(1));
  return (first.charAt(0) + other).toUpperCase();
}

/** Always the same colour for the same id. */
export const toneOf = (id: string): number =>
  [...id].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0) % TONES;
