/** Something on this machine stands in the way; the message says what to do. Shown without a stack trace. */
export class LocalError extends Error {
  override readonly name = 'LocalError';
}
