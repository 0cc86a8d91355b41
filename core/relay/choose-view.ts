import type { ThreadMessage } from '../slack/thread.ts';
import { cardStatusIn, cardsIn, lettersOfMarkdown, lettersOfMessage } from '../slack/visible-text.ts';
import type { InFlight, TextMark } from './record.ts';

/** Letters and digits of a text's end that are compared. */
const TAIL_LETTERS = 80;

/**
 * Whether the call in doubt was applied to the message that was read back. There are two candidates: the message
 * without it and with it. A card whose state it changed decides; then the visible end of the text; where the text
 * repeats itself, its length.
 */
export function wasApplied(
  message: ThreadMessage,
  before: TextMark,
  inFlight: Pick<InFlight, 'text' | 'card' | 'method'>,
): boolean {
  const { text, card, method } = inFlight;
  if (card && cardsIn(message.blocks).length > 0) return cardStatusIn(message, card.id) === card.status;
  if (text) return showsAfter(lettersOfMessage(message), before, text);
  // A stop that brings nothing shows by the stream's end alone.
  return method === 'chat.stopStream' && message.streaming_state === 'completed';
}

function showsAfter(shown: string, before: TextMark, after: TextMark): boolean {
  const isAfter = endsWith(shown, after);
  const isBefore = endsWith(shown, before);
  if (isAfter !== isBefore) return isAfter;
  return Math.abs(shown.length - after.letters) < Math.abs(shown.length - before.letters);
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
