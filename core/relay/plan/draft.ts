import { byteLength } from '../../slack/text.ts';
import type { Burst, OpenCard } from '../record.ts';
import { burstEnd, burstTitle, type CallLine, isRunning, lineOf, linesText, runningCalls } from './burst.ts';
import { withEnded } from './card-text.ts';
import { addTaskChunk, cardBytes, type TaskChunk } from './draft-chunks.ts';
import { inertCard } from './inert-card.ts';
import { isAgentCall } from './own-steps.ts';
import { isPlaceholder } from './placeholder.ts';
import { type DraftOptions, TextDraft } from './text-draft.ts';

/**
 * What one Slack call will bring into one message: its chunks in the order of arrival, and the place in the log
 * and the message's size behind them. All updates of one card become one chunk.
 */
export class Draft extends TextDraft {
  /** The card that it changed last: by that the call is recognised afterwards. */
  lastCard: { id: string; status: string; title: string } | undefined;
  readonly #cards: boolean;
  /** The lines of each burst's details that go out with this draft. */
  readonly #lines = new Map<string, { lines: CallLine[]; continued: boolean }>();

  constructor(options: DraftOptions) {
    super(options);
    this.#cards = options.cards;
  }

  /** What a new card adds: in a plan the first one brings the plan's block. */
  get #cardBlocks(): number {
    return this.timeline || this.size.cards === 0 ? 1 : 0;
  }

  /** In a timeline cards stand among the text; a plan stands where its first card came. */
  #leaveText(): void {
    if (this.#cards && (this.timeline || this.size.cards === 0)) this.partText();
  }

  /** Whether a card's new fields have room. */
  hasRoomFor(card: Pick<TaskChunk, 'title' | 'details' | 'output'>, isNew: boolean): boolean {
    if (!this.#cards || this.untouched) return true;
    if (isNew && this.size.cards >= this.limits.rollCards) return false;
    if (isNew && this.roomBlocks < this.#cardBlocks) return false;
    return cardBytes(card, isNew) <= this.roomBytes;
  }

  openCard(id: string): OpenCard | undefined {
    return this.spot.open.find((card) => (card.burst ? isRunning(card.burst, id) : card.id === id));
  }

  /** What is not shown takes no place: the message still holds nothing. */
  #touch(): void {
    if (this.#cards) this.untouched = false;
  }

  /** A card begins. */
  beginCard(card: OpenCard): void {
    this.#touch();
    this.#leaveText();
    this.spot = { ...this.spot, open: [...this.spot.open, card] };
    this.#put({ ...fieldsOf(card), ...detailsOf(card) });
  }

  /** A card that is open gets other fields. Its title and status are sent with each of them (case P-17). */
  changeCard(card: OpenCard, change: Partial<Omit<OpenCard, 'id'>>): void {
    const changed = { ...present(card), ...change };
    this.#replace(changed);
    this.#put({ ...fieldsOf(changed), ...(change.details ? detailsOf(changed) : {}) }, card);
  }

  /** A call joins a card: its title counts it, and its details get a line. */
  addCall(cardId: string, burst: Burst, line: CallLine): void {
    const card = this.spot.open.find(({ id }) => id === cardId);
    if (!card) return;
    this.#touch();
    const mixed = burst.tool === undefined;
    const known = this.#lines.get(card.id) ?? { lines: [], continued: card.details !== undefined };
    const lines = [...known.lines, line];
    this.#lines.set(card.id, { ...known, lines });
    const title = burstTitle(burst);
    const details = linesText(lines, mixed, known.continued);
    const last = lineOf(line, mixed);
    this.#replace({
      ...present(card),
      title,
      status: 'in_progress',
      burst,
      ...(last ? { details: last } : {}),
    });
    const fields = { type: 'task_update', id: card.id, title, status: 'in_progress' } as const;
    this.#put({ ...fields, ...(details ? { details } : {}) }, card);
  }

  /** What is known of a burst's calls changes, and nothing that people see. */
  keepBurst(card: OpenCard, burst: Burst): void {
    this.#replace({ ...card, burst });
  }

  /** A step comes to its end, whatever its card does. */
  endStep(id: string, status: 'complete' | 'error'): void {
    this.spot = { ...this.spot, ended: withEnded(this.spot.ended, id) };
    if (isAgentCall(id)) this.#countSteps(1, status);
  }

  /** A card that is open comes to its end; one that is not shown is counted alone. */
  endCard(card: OpenCard, status: 'complete' | 'error', output?: string, isShown = true): void {
    if (isShown) this.#touch();
    const { id, title, burst } = card;
    this.spot = { ...this.spot, open: this.spot.open.filter((other) => other.id !== id) };
    if (burst) this.#countSteps(burst.calls > 0 ? runningCalls(burst) : 0, status);
    else if (isPlaceholder(card)) this.spot = { ...this.spot, ended: withEnded(this.spot.ended, id) };
    else this.endStep(id, status);
    const end = burst ? burstEnd(burst, status, output) : { status, ...(output ? { output } : {}) };
    if (isShown) this.#put({ type: 'task_update', id, title, ...end }, card);
  }

  #countSteps(count: number, status: 'complete' | 'error'): void {
    if (count === 0) return;
    const { ended, failed } = this.spot.steps ?? { ended: 0, failed: 0 };
    const steps = { ended: ended + count, failed: failed + (status === 'error' ? count : 0) };
    this.spot = { ...this.spot, steps };
  }

  /**
   * Shows the open cards again in a new message. They take half of it at most: first their details go, then
   * whole cards, which come again with their next update.
   */
  carryCards(status?: OpenCard['status']): void {
    const open = this.spot.open.map((card) => ({ ...present(card), ...(status ? { status } : {}) }));
    this.spot = { ...this.spot, open };
    for (const card of open) {
      const room = this.limits.rollBytes / 2 - this.size.bytes;
      const withDetails = card.details !== undefined && cardBytes(card, true) <= room;
      if (!withDetails && cardBytes({ title: card.title }, true) > room) {
        this.#replace({ ...card, absent: true });
        continue;
      }
      this.#leaveText();
      this.#put({ ...fieldsOf(card), ...(withDetails ? detailsOf(card) : {}) });
      const lines = withDetails ? [{ title: '', preview: card.details ?? '' }] : [];
      this.#lines.set(card.id, { lines, continued: false });
    }
  }

  /** Ends the open cards in this message alone: they go on in the next one. */
  leaveCards(): void {
    for (const card of this.spot.open)
      if (!card.absent) this.#put({ ...fieldsOf(card), status: 'complete', output: 'Goes on below.' }, card);
  }

  titlePlan(title: string): void {
    if (this.#cards && !this.timeline && this.size.cards > 0)
      this.chunks.push({ type: 'plan_update', title });
  }

  #replace(card: OpenCard): void {
    const open = this.spot.open.map((other) => (other.id === card.id ? card : other));
    this.spot = { ...this.spot, open };
  }

  /** @param former how the card stood before, unless it is a new one */
  #put(card: TaskChunk, former?: OpenCard): void {
    if (!this.#cards) return;
    const { id, status, title } = card;
    const sent = inertCard(card, this.policy);
    // A call is recognised by a card only if it changes what can be read of it.
    if (former?.status !== status || former.title !== title)
      this.lastCard = { id, status, title: sent.title };
    const inPlace = former?.absent ? undefined : former;
    const isNew = inPlace === undefined;
    const longer = inPlace ? Math.max(0, byteLength(title) - byteLength(inPlace.title)) : 0;
    const { bytes, cards, blocks } = this.size;
    this.size = {
      ...this.size,
      bytes: bytes + addTaskChunk(this.chunks, sent, isNew) + longer,
      cards: cards + (isNew ? 1 : 0),
      blocks: blocks + (isNew ? this.#cardBlocks : 0),
    };
  }
}

const present = ({ absent: _over, ...card }: OpenCard): OpenCard => card;

const fieldsOf = ({ id, title, status }: OpenCard): TaskChunk => ({ type: 'task_update', id, title, status });

const detailsOf = ({ details }: OpenCard): Pick<TaskChunk, 'details'> => (details ? { details } : {});
