import type { Limits } from '../settings.ts';
import { byteLength, inertMarkdown, mayCutAt } from '../slack/text.ts';
import { lettersOfMarkdown } from '../slack/visible-text.ts';
import { tailOf } from '../text.ts';
import { withEnded } from './card-text.ts';
import type { Cursor, OpenCard, Spot, StreamMessage } from './record.ts';
import { advanceText, carriedText, closingOf, reopeningOf } from './text-state.ts';

/** A chunk as chat.*Stream takes it. */
export type SlackChunk =
  | { type: 'markdown_text'; text: string }
  | { type: 'plan_update'; title: string }
  | TaskChunk;

export interface TaskChunk {
  type: 'task_update';
  id: string;
  title: string;
  status: 'pending' | 'in_progress' | 'complete' | 'error';
  details?: string;
  output?: string;
}

/** Slack takes 12,000 characters of Markdown in one chunk. */
const TEXT_CHUNK_LIMIT = 12_000;
/** Characters of a message's end that are kept, to know it again. */
export const TAIL_LENGTH = 240;

export type MessageSize = Pick<StreamMessage, 'bytes' | 'cards' | 'tail' | 'letters'>;
export const emptySize: MessageSize = { bytes: 0, cards: 0, tail: '', letters: 0 };

export interface DraftOptions {
  spot: Spot;
  /** The message's size so far. */
  size: MessageSize;
  limits: Pick<Limits, 'rollBytes' | 'rollCards'>;
  /** Whether cards are shown at all. */
  cards: boolean;
  /** Whether the message is a new one. */
  isNew: boolean;
}

/**
 * What one Slack call will bring into one message: its chunks in the order of arrival, and the place in the log
 * and the message's size behind them. All updates of one card become one chunk.
 */
export class Draft {
  readonly chunks: SlackChunk[] = [];
  spot: Spot;
  size: MessageSize;
  /** Text that this draft adds, and the card it changed last: by these the call is recognised afterwards. */
  addedText = false;
  lastCard: { id: string; status: string } | undefined;
  readonly #limits: DraftOptions['limits'];
  readonly #cards: boolean;
  #untouched: boolean;

  constructor({ spot, size, limits, cards, isNew }: DraftOptions) {
    this.spot = spot;
    this.size = size;
    this.#limits = limits;
    this.#cards = cards;
    this.#untouched = isNew;
  }

  get roomBytes(): number {
    return this.#limits.rollBytes - this.size.bytes;
  }

  /** A new message that holds nothing of the log yet takes what comes, however large: another would be no better. */
  get mustTake(): boolean {
    return this.#untouched;
  }

  moveTo(cursor: Cursor): void {
    this.spot = { ...this.spot, cursor };
  }

  /** What must go before the next text: the end of an open fence and a blank line, or what a new message reopens. */
  textPrefix(): string {
    const { gap, text } = this.spot;
    if (this.size.letters === 0 && this.size.tail === '') return gap ? '' : reopeningOf(text);
    return gap ? `${closingOf(text)}\n\n` : '';
  }

  /** Adds text as the log has it; `textPrefix` goes first. */
  addText(raw: string): void {
    this.#untouched = false;
    const prefix = this.textPrefix();
    const { gap, ...spot } = this.spot;
    const reopened = prefix !== '' && !gap;
    const state = gap ? { line: '' } : spot.text;
    this.show(prefix + inertMarkdown(raw, state.last));
    // What was reopened is part of the state already.
    this.spot = { ...spot, text: advanceText(reopened ? { ...state, line: '' } : state, raw) };
  }

  /** Puts text into the message that is not part of the log: marks, sentences, the mention. */
  show(text: string): void {
    if (text === '') return;
    const last = this.chunks.at(-1);
    if (last?.type === 'markdown_text' && last.text.length + text.length <= TEXT_CHUNK_LIMIT)
      last.text += text;
    else
      this.chunks.push(...piecesOf(text).map((piece) => ({ type: 'markdown_text' as const, text: piece })));
    this.addedText = true;
    this.size = {
      ...this.size,
      bytes: this.size.bytes + byteLength(text),
      tail: tailOf(this.size.tail + text, TAIL_LENGTH),
      letters: this.size.letters + lettersOfMarkdown(text).length,
    };
  }

  /** Ends what is open in the text, without changing what the log says is open. */
  closeText(): void {
    if (this.size.tail !== '') this.show(closingOf(this.spot.text));
  }

  /** A new paragraph of our own behind the text. */
  showParagraph(text: string): void {
    this.closeText();
    this.show(`${this.size.tail === '' ? '' : '\n\n'}${text}`);
    this.spot = { ...this.spot, text: { line: '' } };
  }

  /** Whether a card's new fields have room. */
  hasRoomFor(card: Pick<TaskChunk, 'id' | 'title' | 'details' | 'output'>, isNew: boolean): boolean {
    if (!this.#cards || this.#untouched) return true;
    if (isNew && this.size.cards >= this.#limits.rollCards) return false;
    return cardBytes(card, isNew) <= this.roomBytes;
  }

  openCard(id: string): OpenCard | undefined {
    return this.spot.open.find((card) => card.id === id);
  }

  /** A card begins. */
  beginCard(card: OpenCard): void {
    this.#untouched = false;
    this.spot = { ...this.spot, open: [...this.spot.open, card] };
    this.#put({ type: 'task_update', ...card }, true);
  }

  /** A card that is open gets another title or state. */
  changeCard(card: OpenCard, change: Partial<Pick<OpenCard, 'title' | 'status'>>): void {
    const changed = { ...card, ...change };
    const open = this.spot.open.map((other) => (other.id === card.id ? changed : other));
    this.spot = { ...this.spot, open };
    const { details: _once, ...fields } = changed;
    this.#put({ type: 'task_update', ...fields }, false, changed.status !== card.status);
  }

  /** A card that is open comes to its end. */
  endCard({ id, title }: OpenCard, status: 'complete' | 'error', output?: string): void {
    this.#untouched = false;
    const open = this.spot.open.filter((card) => card.id !== id);
    this.spot = { ...this.spot, open, ended: withEnded(this.spot.ended, id) };
    this.#put({ type: 'task_update', id, title, status, ...(output ? { output } : {}) }, false);
  }

  /**
   * Shows the open cards again in a new message. They take half of it at most: first their details go, then
   * whole cards, which come again with their next update.
   */
  carryCards(status?: OpenCard['status']): void {
    const open = this.spot.open.map((card) => ({ ...card, ...(status ? { status } : {}) }));
    this.spot = { ...this.spot, open };
    for (const { details, ...card } of open) {
      const room = this.#limits.rollBytes / 2 - this.size.bytes;
      if (details && cardBytes({ ...card, details }, true) <= room)
        this.#put({ type: 'task_update', ...card, details }, true);
      else if (cardBytes(card, true) <= room) this.#put({ type: 'task_update', ...card }, true);
    }
  }

  /** Ends the open cards in this message alone: they go on in the next one. */
  leaveCards(): void {
    for (const { id, title } of this.spot.open)
      this.#put({ type: 'task_update', id, title, status: 'complete', output: 'Goes on below.' }, false);
  }

  /** The place in the log as the next message begins there. */
  carriedSpot(): Spot {
    return { ...this.spot, text: carriedText(this.spot.text) };
  }

  titlePlan(title: string): void {
    if (this.#cards && this.size.cards > 0) this.chunks.push({ type: 'plan_update', title });
  }

  #put(card: TaskChunk, isNew: boolean, tells = true): void {
    if (!this.#cards) return;
    // A call is recognised by a card only if it changes the card's state.
    if (tells) this.lastCard = { id: card.id, status: card.status };
    const size = this.size;
    this.size = {
      ...size,
      bytes: size.bytes + cardBytes(card, isNew),
      cards: size.cards + (isNew ? 1 : 0),
    };
    const at = this.chunks.findIndex((chunk) => chunk.type === 'task_update' && chunk.id === card.id);
    const former = this.chunks[at];
    if (former?.type === 'task_update') this.chunks[at] = { ...former, ...card };
    else this.chunks.push(card);
  }
}

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > TEXT_CHUNK_LIMIT) {
    let end = TEXT_CHUNK_LIMIT;
    while (!mayCutAt(rest, end)) end--;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

/** Titles count once, details and output twice; a title that is sent again replaces itself. */
function cardBytes(
  { title, details = '', output = '' }: Pick<TaskChunk, 'title' | 'details' | 'output'>,
  isNew: boolean,
): number {
  return (isNew ? byteLength(title) : 0) + 2 * (byteLength(details) + byteLength(output));
}
