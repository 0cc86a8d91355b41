import type { TextPolicy } from '../../display/display.ts';
import { readMarkdown } from '../../markdown/read-markdown.ts';
import { afterGap, carriedText, closingOf, reopenText, type TextState } from '../../markdown/text-state.ts';
import type { Limits } from '../../settings.ts';
import { byteLength } from '../../slack/text.ts';
import { lettersOf, lettersOfMarkdown } from '../../slack/visible-text.ts';
import { tailOf } from '../../text.ts';
import type { Cursor, Spot, StreamMessage } from '../record.ts';
import { blocksOfText, lengthWithinBlocks, type TextPlace } from './count-blocks.ts';
import { addTextChunk, type SlackChunk } from './draft-chunks.ts';

/** Characters of a message's end that are kept, to know it again. */
export const TAIL_LENGTH = 240;
/** Letters and digits of a message's end that are compared. */
export const TAIL_LETTERS = 80;

/** Stands before text that goes on in another message. */
export const CONTINUED = '_(continued)_\n\n';

export type MessageSize = Pick<StreamMessage, 'bytes' | 'cards' | 'blocks' | 'tail' | 'letters' | 'end'>;
export const emptySize: Required<MessageSize> = {
  bytes: 0,
  cards: 0,
  blocks: 0,
  tail: '',
  letters: 0,
  end: '',
};

export interface DraftOptions {
  spot: Spot;
  /** The message's size so far. */
  size: MessageSize;
  limits: Pick<Limits, 'rollBytes' | 'rollCards'>;
  /** What the agent's text may do. */
  policy: TextPolicy;
  /** Whether cards are shown at all. */
  cards: boolean;
  /** Whether text and cards stand in the order of their arrival, and calls in a row share a card. */
  timeline?: boolean;
  /** Whether the message is a new one. */
  isNew: boolean;
  /** Who asked: a mention of theirs in the text is the turn's one mention. */
  requesterId?: string;
}

/** The text of what one Slack call will bring into one message. */
export class TextDraft {
  readonly chunks: SlackChunk[] = [];
  spot: Spot;
  size: Required<MessageSize>;
  readonly policy: TextPolicy;
  /** Whether cards stand among the text, and calls in a row share one. */
  readonly timeline: boolean;
  /** Whether it adds text: by its end the call is recognised afterwards. */
  addedText = false;
  protected readonly limits: DraftOptions['limits'];
  /** Whether it holds nothing of the log yet. */
  protected untouched: boolean;
  readonly #requesterId: string | undefined;

  constructor({ spot, size, limits, policy, timeline = false, isNew, requesterId }: DraftOptions) {
    this.spot = spot;
    // A message of a deploy before has no letters of its end.
    const end = size.end ?? tailOf(lettersOfMarkdown(size.tail), TAIL_LETTERS);
    this.size = { ...size, blocks: size.blocks ?? size.cards + 1, end };
    this.limits = limits;
    this.policy = policy;
    this.timeline = timeline;
    this.untouched = isNew;
    this.#requesterId = requesterId;
  }

  get roomBytes(): number {
    return this.limits.rollBytes - this.size.bytes;
  }

  /** How many more blocks the message takes: cards and other blocks are counted together. */
  protected get roomBlocks(): number {
    return this.limits.rollCards - this.size.blocks;
  }

  /** A new message that holds nothing of the log yet takes what comes, however large: another would be no better. */
  get mustTake(): boolean {
    return this.untouched;
  }

  /** Whether text that comes now is no continuation of what was shown last. */
  protected get beginsStretch(): boolean {
    return this.spot.fresh === true || this.size.tail === '';
  }

  moveTo(cursor: Cursor): void {
    this.spot = { ...this.spot, cursor };
  }

  /** What must go before the next text: the end of an open fence and a blank line, or what a stretch reopens. */
  textPrefix(): string {
    return this.#next.prefix;
  }

  /** The state with which the next text is read, `textPrefix` included. */
  get textState(): TextState {
    return this.#next.state;
  }

  get #next(): { prefix: string; state: TextState } {
    const { gap, text } = this.spot;
    if (gap && this.beginsStretch) {
      // In a plan it is the text around the plan that goes on.
      const isLater = !this.timeline && this.size.tail !== '';
      return { prefix: isLater ? '\n\n' : '', state: { line: '' } };
    }
    if (gap) return { prefix: `${closingOf(text)}\n\n`, state: afterGap(text) };
    if (!this.beginsStretch) return { prefix: '', state: text };
    const reopened = reopenText(text);
    return { prefix: (this.#goesOn ? CONTINUED : '') + reopened.text, state: reopened.state };
  }

  /** Whether a text that a message before began goes on in this one, with nothing before it (case G-2). */
  get #goesOn(): boolean {
    const { told, fresh } = this.spot;
    return told === true && fresh !== true && this.size.tail === '';
  }

  /** How much of a text the message takes without having too many blocks. */
  lengthWithinBlocks(raw: string, mustTake: boolean): number {
    const stretch = this.beginsStretch ? 1 : 0;
    const length = lengthWithinBlocks(raw, this.#place, this.roomBlocks - stretch);
    if (length > 0 || !mustTake) return length;
    return raw.indexOf('\n') + 1 || raw.length;
  }

  /** Where the next text goes on. */
  get #place(): TextPlace {
    const { gap, text } = this.spot;
    return gap || this.beginsStretch ? { line: '' } : text;
  }

  /** Adds text as the log has it, up to a length; `textPrefix` goes first. */
  addText(raw: string, length: number): void {
    this.untouched = false;
    const { prefix, state } = this.#next;
    const place = this.#place;
    const { gap: _begun, ...spot } = this.spot;
    const { sent, shown, state: text } = readMarkdown(state, raw, this.policy, length);
    this.show(prefix + sent, place, lettersOfMarkdown(prefix) + lettersOf(shown));
    const { fresh: _over, ...after } = spot;
    this.spot = { ...after, text };
    if (raw.slice(0, length).trim() !== '') this.spot.told = true;
    // What stands in code was made inert like the rest that is not to be a mention.
    if (this.#requesterId !== undefined && sent.includes(`<@${this.#requesterId}>`))
      this.spot.mentioned = true;
  }

  /** Puts text into the message that is not part of the log: marks, sentences, the mention. */
  show(text: string, place: TextPlace = { line: '' }, letters = lettersOfMarkdown(text)): void {
    if (text === '') return;
    const blocks = this.size.blocks + (this.beginsStretch ? 1 : 0) + blocksOfText(text, place);
    const { fresh: _over, ...spot } = this.spot;
    this.spot = spot;
    addTextChunk(this.chunks, text);
    this.addedText = true;
    this.size = {
      ...this.size,
      bytes: this.size.bytes + byteLength(text),
      blocks,
      tail: tailOf(this.size.tail + text, TAIL_LENGTH),
      letters: this.size.letters + letters.length,
      end: tailOf(this.size.end + letters, TAIL_LETTERS),
    };
  }

  /** Ends what is open in the text, without changing what the log says is open. */
  closeText(): void {
    if (!this.beginsStretch) this.show(closingOf(this.spot.text));
  }

  /** A new paragraph of our own behind the text. */
  showParagraph(text: string): void {
    this.closeText();
    this.show(`${this.beginsStretch ? '' : '\n\n'}${text}`);
    this.spot = { ...this.spot, text: { line: '' } };
  }

  /** What stands behind the text parts it: what is open in it is closed, and opened again in the next stretch. */
  protected partText(): void {
    if (this.beginsStretch) return;
    this.closeText();
    this.spot = { ...this.spot, text: carriedText(this.spot.text), fresh: true };
  }

  /** Blocks at this place of the message, such as charts. */
  showBlocks(blocks: readonly Record<string, unknown>[]): void {
    if (blocks.length === 0) return;
    this.partText();
    this.chunks.push({ type: 'blocks', blocks });
    this.size = { ...this.size, blocks: this.size.blocks + blocks.length };
  }

  /** The place in the log as the next message begins there. */
  carriedSpot(): Spot {
    return { ...this.spot, text: carriedText(this.spot.text) };
  }
}
