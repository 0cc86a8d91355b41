const FLOOR_BYTES = 16 * 1024;
const UNKNOWN_WINDOW_BYTES = 64 * 1024;
/** A token of English text or code is hardly ever shorter. */
const BYTES_PER_TOKEN = 3;

/**
 * What one result may take of the model's context: a third of the window, 16 KB at least, 64 KB where the window is
 * not known (capability 58, case K-31).
 *
 * @param contextTokens the model's window
 * @returns UTF-8 bytes
 */
export function resultLimitBytes(contextTokens?: number): number {
  if (!contextTokens) return UNKNOWN_WINDOW_BYTES;
  return Math.max(FLOOR_BYTES, Math.floor(contextTokens / 3) * BYTES_PER_TOKEN);
}

/**
 * What all results of one step may take together: half the window, for 32 results of a third each would not fit.
 * Where the window is small or not known, half as much again as one result.
 *
 * @returns UTF-8 bytes
 */
export function stepLimitBytes(contextTokens?: number): number {
  return Math.floor(resultLimitBytes(contextTokens) * 1.5);
}
