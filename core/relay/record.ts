import type { DisplayChoice } from '../display/display.ts';
import type { BudgetedMethod, ShowMethod } from '../settings.ts';
import { checkAt, type Key, keys } from '../store/keys.ts';
import type { Requester, TurnPlace, TurnRecord } from '../turns/record.ts';

/** A place inside the log, down to the character of a text chunk. */
export interface Cursor {
  fence: number;
  seq: number;
  /** Chunk of the batch. */
  index: number;
  /** Characters (UTF-16 units) of that chunk's text that were taken already. */
  offset: number;
}

/** A card that has not come to its end. Its details are kept, for a new message shows it again whole. */
export interface OpenCard {
  id: string;
  title: string;
  status: 'pending' | 'in_progress';
  details?: string;
}

/** What must be known of the text so far, to go on with it in another message. */
export interface TextState {
  /** The beginning of the present line. */
  line: string;
  /** The line before it, where it may be a table's header. */
  former?: string;
  /** The line that opened the code fence which is still open. */
  fence?: string;
  /** Header and delimiter line of the table which is still open. */
  table?: [string, string];
  /** The last character. */
  last?: string;
}

/** How far the log was read, and what stands open there. */
export interface Spot {
  cursor: Cursor;
  open: OpenCard[];
  /** Short digests of the cards that ended last: a late result for one of them is dropped (case P-23). */
  ended: string;
  text: TextState;
  /** A new part of text begins: a blank line goes before it. */
  gap?: true;
  /** What an `error` chunk said; it is shown with the turn's end. */
  error?: string;
  /** The pause in which the log stands. */
  paused?: string;
}

/** By what a message's text is known again: its end as it was sent, and how many letters and digits it has. */
export interface TextMark {
  tail: string;
  letters: number;
}

/** The streamed message that is being written. */
export interface StreamMessage extends TextMark {
  n: number;
  ts: string;
  /** Epoch milliseconds. */
  openedAt: number;
  rollAt: number;
  /** What Slack counts: UTF-8 bytes of text and titles, details and output twice. */
  bytes: number;
  cards: number;
  /** Slack says it is too long: 1 takes no more text, 2 is stopped without anything. */
  full?: 1 | 2;
}

/** The posted message that stands in for a stream while startStream has no budget. */
export interface Progress {
  /** Absent until it is posted. */
  ts?: string;
  /** When it was shown last, epoch milliseconds. */
  at: number;
  cards: { id: string; title: string; status: string }[];
  tail: string;
  stale?: true;
}

/** The line that all members of the channel see beside the stream. */
export interface ProgressLine {
  /** Absent until it is posted. */
  ts?: string;
  /** When it was shown last, epoch milliseconds. */
  at: number;
  text: string;
}

/** What an agent session can be told to be (agents.sessions.setStatus). */
export type SessionStatus = 'processing' | 'active' | 'suspended';

/** The live display was given up: what stands from here on is posted whole at the turn's end. */
export interface Whole {
  from: Spot;
  /** Parts posted so far. */
  parts: number;
  form: 'blocks' | 'plain';
  /** `person` where the thread cannot be reached any more. */
  to: 'thread' | 'person';
}

/** What Slack shows, and which part of the log that is. */
export interface RelayView {
  spot: Spot;
  /** Streamed messages so far. */
  messages: number;
  message?: StreamMessage;
  whole?: Whole;
  progress?: Progress;
  line?: ProgressLine;
  /** Slack refused cards: text alone goes on. */
  cardless?: true;
  /** Streams lost in a row, without a successful call in between. */
  lost?: number;
  /** Everything was shown, the end included. */
  finished?: true;
}

/** A call that may or may not have reached Slack, written before it is made. */
export interface InFlight {
  method: ShowMethod;
  /** Epoch milliseconds. */
  at: number;
  /** The record's view is one candidate for what Slack shows; this is the other. */
  after: RelayView;
  /** The message's text if the call was applied; absent when it brings no text. */
  text?: TextMark;
  /** A card that the call changes, and to what. */
  card?: { id: string; status: string };
}

/** `TURN#id` / `SLACK`: the relay's lease, place in the log and what it shows. */
export interface RelayRecord extends TurnPlace {
  v: 1;
  turnId: string;
  sessionId: string;
  requester: Requester;
  view: RelayView;
  /** Chosen when it was asked for; absent where the defaults are meant. */
  display?: DisplayChoice;
  /** What Slack's agent session was told last, and when (epoch milliseconds). */
  session?: { status: SessionStatus; at: number };
  /** The reaction that stands on the request. */
  reaction?: string;
  /** Files of the answer that are in the thread, and the one that is on its way there. */
  uploads?: { done: string[]; current?: { id: string; fileId: string } };
  /** When the queued wake is due, epoch milliseconds. Taken by condition, cleared with the lease. */
  wakeAt?: number;
  leaseOwner?: string;
  leaseUntil?: number;
  /** A wake found the lease held: whoever holds it looks once more. */
  again?: true;
  inFlight?: InFlight;
  lastAppendAt?: number;
  /** A call that the budget has set aside, and for when. */
  slot?: { method: BudgetedMethod; at: number };
  /** When the queued guard wake is due: its name, too. */
  guardAt?: number;
  /** When the relay's own delayed wake is due. */
  backAt?: number;
  /** Slack cannot be reached: since when, how often tried, not before. */
  retry?: { since: number; attempts: number; at: number };
  /** The pause whose card stands in the thread, or is about to, without its outcome. */
  card?: { pauseId: string };
  /** Everything is shown: the relay is done with this turn. Epoch milliseconds. */
  closedAt?: number;
  gsi3pk?: string;
  gsi3sk?: string;
}

/** `TURN#id` / `SLACKMSG#n`: a streamed message, written once when it is there. */
export interface RelayMessageRecord {
  v: 1;
  turnId: string;
  n: number;
  ts: string;
  channel: string;
  installationId: string;
  requester: Requester;
  openedAt: number;
  /** The place in the log where its content begins. */
  from: Spot;
}

/** The log's beginning. */
export const firstSpot: Spot = {
  cursor: { fence: 0, seq: 0, index: 0, offset: 0 },
  open: [],
  ended: '',
  text: { line: '' },
};

/** The sweep looks first when a start that got lost is started again. */
const FIRST_CHECK_MS = 60_000;

/**
 * The relay's record of a new turn, for the transaction that makes the turn. `wakeAt` is taken already: whoever
 * writes it sends the first, undelayed flush wake afterwards.
 */
export function newRelayItem({
  turn,
  display,
  now,
}: {
  turn: TurnRecord;
  display?: DisplayChoice | undefined;
  now: number;
}): Key & RelayRecord {
  const { turnId, sessionId, requester, appId, installationId, channel, threadTs, messageTs } = turn;
  return {
    ...keys.relay(turnId),
    v: 1,
    turnId,
    sessionId,
    appId,
    installationId,
    channel,
    threadTs,
    messageTs,
    requester,
    view: { spot: firstSpot, messages: 0 },
    ...(display ? { display } : {}),
    wakeAt: now,
    ...checkAt(turnId, now + FIRST_CHECK_MS),
  };
}
