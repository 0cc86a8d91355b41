import type { ThreadMessage } from '../slack/thread.ts';
import { cardStatusIn, cardsIn, lettersOfMarkdown, lettersOfMessage } from '../slack/visible-text.ts';
import type { InFlight, TextMark } from './record.ts';

/** Letters and digits of a text's end that are compared. */
const TAIL_LETTERS = 80;

/**
 * Whether the call in doubt was applied to the message that was read back. There are two candidates: the message
 * without it and with it. A stop shows by the stream's state; a card whose state the call changed decides; then the
 * visible end of the text; where the text repeats itself, its length. Text without a letter tells nothing: it is
 * shown again rather than lost.
 */
export function wasApplied(
  message: ThreadMessage,
  before: TextMark,
  inFlight: Pick<InFlight, 'text' | 'card' | 'method'>,
): boolean {
  const { text, card, method } = inFlight;
  const shown = lettersOfMessage(message);
  if (method === 'chat.stopStream' && message.streaming_state !== undefined) {
    if (message.streaming_state === 'in_progress') return false;
    // Slack or a person may have ended the stream before the call came: then its text is missing.
    if (message.streaming_state === 'completed') return !text || !isOnlyBefore(shown, before, text);
  }
  if (card && cardsIn(message.blocks).length > 0) return cardStatusIn(message, card.id) === card.status;
  if (!text) return false;
  if (endsWith(shown, text) !== endsWith(shown, before)) return endsWith(shown, text);
  return Math.abs(shown.length - text.letters) < Math.abs(shown.length - before.letters);
}

function isOnlyBefore(shown: string, before: TextMark, after: TextMark): boolean {
  if (endsWith(shown, before) !== endsWith(shown, after)) return endsWith(shown, before);
  return Math.abs(shown.length - before.letters) < Math.abs(shown.length - after.letters);
}

/** Whether a message's letters end as the mark says. */
export function endsWith(shown: string, { tail, letters }: TextMark): boolean {
  const expected = lettersOfMarkdown(tail).slice(-TAIL_LETTERS);
  // A text shorter than what is compared must be there as a whole.
  return letters <= expected.length ? shown === expected : shown.endsWith(expected);
}

/** The own message of a thread that a lost startStream opened: in progress, or with what it was to show. */
export function openedMessage(
  candidates: readonly ThreadMessage[],
  { text, card }: Pick<InFlight, 'text' | 'card'>,
): ThreadMessage | undefined {
  const shows = (message: ThreadMessage): boolean => {
    if (card && cardStatusIn(message, card.id) !== undefined) return true;
    return text !== undefined && text.letters > 0 && endsWith(lettersOfMessage(message), text);
  };
  return candidates.find(shows) ?? candidates.find((message) => message.streaming_state === 'in_progress');
}
