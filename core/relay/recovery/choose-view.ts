import type { ThreadMessage } from '../../slack/thread.ts';
import {
  cardStatusIn,
  cardsIn,
  lettersOf,
  lettersOfMarkdown,
  lettersOfMessage,
} from '../../slack/visible-text.ts';
import { tailOf } from '../../text.ts';
import { TAIL_LENGTH, TAIL_LETTERS } from '../plan/text-draft.ts';
import type { InFlight, TextMark } from '../record.ts';

const LEAST_LETTERS = 6;

/**
 * Whether the call in doubt was applied to the message that was read back. There are two candidates: the message
 * without it and with it. A stop shows by the stream's state; a card whose state or title the call changed decides; then the
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
    if (message.streaming_state === 'completed')
      return !text || text.letters === before.letters || isAfter(shown, before, text);
  }
  if (card && cardsIn(message.blocks).length > 0) return showsCard(message, card);
  return text !== undefined && isAfter(shown, before, text);
}

/** A card that got another call has the state that it had, and another title. */
function showsCard(message: ThreadMessage, { id, status, title }: NonNullable<InFlight['card']>): boolean {
  const card = cardsIn(message.blocks).find(({ task_id }) => task_id === id);
  if (card?.status !== status) return false;
  return title === undefined || typeof card.title !== 'string' || lettersOf(card.title) === lettersOf(title);
}

/** Which of two marks a text fits; its length decides where both or none do. */
function isAfter(shown: string, before: TextMark, after: TextMark): boolean {
  const fitsAfter = endsWith(shown, after);
  if (fitsAfter !== endsWith(shown, before)) return fitsAfter;
  return Math.abs(shown.length - after.letters) < Math.abs(shown.length - before.letters);
}

/** Whether a message's letters end as the mark says. */
export function endsWith(shown: string, { tail, letters, end }: TextMark): boolean {
  // The first word of a kept end may be half a link or half an emoji.
  const whole = tail.length < TAIL_LENGTH ? tail : tail.replace(/^\S*/, '');
  const expected = end ?? tailOf(lettersOfMarkdown(whole), TAIL_LETTERS);
  // A text shorter than what is compared must be there as a whole; a few letters of a longer one tell nothing.
  if (letters <= expected.length) return shown === expected;
  return expected.length >= LEAST_LETTERS && shown.endsWith(expected);
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
  // Another turn of the thread may stream as well: its cards are not this call's.
  const mayBe = ({ streaming_state, blocks }: ThreadMessage): boolean =>
    streaming_state === 'in_progress' && cardsIn(blocks).length === 0;
  return candidates.find(shows) ?? candidates.find(mayBe);
}
