/** A provider's refusal is a line or two; a text that only speaks of such refusals is longer. */
const REFUSAL_CHARS = 300;

/** The phrases of capability 50. */
const phrases =
  /prompt is too long|request too large|maximum context length|context_length_exceeded|input tokens exceed|input is too long|content length exceeds/i;

/** Whether an answer that came as if all were well is a provider's refusal of a conversation as too long (case T-71). */
export function saysTooLong(text: string): boolean {
  return text.length <= REFUSAL_CHARS && phrases.test(text);
}
