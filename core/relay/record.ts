import type { DisplayChoice } from '../display/display.ts';
import type { TextState } from '../markdown/text-state.ts';
import type { BudgetedMethod, ShowMethod } from '../settings.ts';
import type { Requester, TurnPlace } from '../turns/record.ts';
import type { Priority } from './budget/priority.ts';

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
  /** Of a burst its last line alone. */
  details?: string;
  burst?: Burst;
  /** It stands in a message before alone: there was no room to show it again. */
  absent?: true;
}

/** Tool calls that share one card, or the one step whose card has another id than its own. */
export interface Burst {
  /** How many calls of the agent's so far: none where the one step is no call. */
  calls: number;
  /** The title of their tool; absent when they are of several. */
  tool?: string;
  /** Short digests of the calls that have no result yet. */
  running: string;
  /** What the card tells at its end: the first failure, else the latest result. */
  output?: string;
  failed?: true;
  /** Something else was shown behind it: no call joins it any more, and it ends with its last one. */
  closed?: true;
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
  /** A card stands behind the text: the next text is a stretch of its own (surface `timeline`). */
  fresh?: true;
  /** Some of the agent's text was shown. */
  told?: true;
  /** It mentioned the requester: that is the turn's one mention (case P-6). */
  mentioned?: true;
  /** The agent's calls that came to their end so far, and how many of them failed. */
  steps?: { ended: number; failed: number };
  /** What an `error` chunk said; it is shown with the turn's end. */
  error?: string;
  /** The pause in which the log stands. */
  paused?: string;
}

/** By what a message's text is known again: its end as it was sent, and how many letters and digits it has. */
export interface TextMark {
  tail: string;
  letters: number;
  /** The last of its letters and digits, counted as it was sent: a mark of a deploy before has them in `tail` alone. */
  end?: string;
}

/** The streamed message that is being written. */
export interface StreamMessage extends TextMark {
  n: number;
  ts: string;
  /** Epoch milliseconds. */
  openedAt: number;
  rollAt: number;
  /** The slot of the next stream is reserved for `rollAt`: whatever its size, it is not left before. */
  waits?: true;
  /** It may be stopped then (epoch milliseconds): the slot is reserved, and what comes before it is appended. */
  stopsAt?: number;
  /** What Slack counts: UTF-8 bytes of text and titles, details and output twice. */
  bytes: number;
  cards: number;
  /** Blocks that Slack makes of it, at most. */
  blocks?: number;
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
  /** When it was shown last, or its post was begun, epoch milliseconds. */
  at?: number;
  text: string;
  /** The agent's calls so far, and the step of those at work that began last. */
  steps: number;
  step?: { id: string; title: string };
  /** Calls that are at work beside it: a new run may show any of them again. */
  others?: string[];
  /** Short digests of the steps that ended last: one of them may be shown again as well. */
  ended?: string;
  /** Up to where the log was counted. */
  counted: Cursor;
  /** Slack does not take it: it is given up. */
  gone?: true;
}

/** What an agent session can be told to be (agents.sessions.setStatus). */
export type SessionStatus = 'processing' | 'active' | 'suspended';

/** The session's title, made beside the turn, on its way to Slack. */
export interface TitleToTell {
  text: string;
  /** Calls that found no session or had no answer. */
  tries?: number;
  /** Not before, epoch milliseconds. */
  at?: number;
  /** Slack knows it, or will not take it. */
  done?: true;
}

/** Nothing is streamed (any more): what stands from here on is posted whole at the turn's end. */
export interface Whole {
  from: Spot;
  /** Parts posted so far. */
  parts: number;
  /** The last of them. */
  ts?: string;
  form: 'blocks' | 'plain';
  /**
   * Nothing but the answer is posted (surface `final`), the text behind the last tool result. `open`: the log was
   * looked through up to the view's place, and the answer begins at `from` or later. `known`: it begins at `from`.
   */
  answer?: 'open' | 'known';
  /** `person` where the thread cannot be reached any more. */
  to: 'thread' | 'person';
  /** A stream opens then (epoch milliseconds) and shows all from `from` on: its slot is reserved. */
  opensAt?: number;
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
  /** Slack refused the blocks of the turn's end: it ends without them. */
  bare?: true;
  /** Slack found the turn's end too long for its message. */
  tight?: true;
  /** Slack refused cards: text alone goes on. */
  cardless?: true;
  /** Ids of the charts that stand in the answer's own message. */
  charts?: string[];
  /** Slack refused the answer with its charts: they come behind it. */
  chartless?: true;
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
  /** A card that the call changes, and to what; one that gets another call keeps its state. */
  card?: { id: string; status: string; title?: string };
}

/** An attachment on its way into the thread. */
export interface CurrentUpload {
  id: string;
  /** Slack's id of the file; it has its bytes, and was perhaps shared in the thread. */
  fileId?: string;
  /** Slack's error word: it does not take it, and a message in the thread stands in for it. */
  refused?: string;
  /** It was perhaps shown, not before then (epoch milliseconds): it is looked for before it is shown again. */
  at?: number;
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
  title?: TitleToTell;
  /** The reaction that stands on the request. */
  reaction?: string;
  /** What of the answer stands behind its text: attachments that are in the thread, and the one on its way there. */
  uploads?: { done: string[]; current?: CurrentUpload };
  /** When the queued wake is due, epoch milliseconds. Taken by condition, cleared with the lease. */
  wakeAt?: number;
  leaseOwner?: string;
  leaseUntil?: number;
  /** A wake found the lease held: whoever holds it looks once more. */
  again?: true;
  inFlight?: InFlight;
  lastAppendAt?: number;
  /** Calls that the budget has set aside: what for, and when (epoch milliseconds). */
  slots?: { [M in BudgetedMethod]?: { at: number; for: Priority } };
  /** When the queued guard wake is due: its name, too. */
  guardAt?: number;
  /** When the relay's own delayed wake is due. */
  backAt?: number;
  /** Slack cannot be reached: since when, how often tried, not before. */
  retry?: { since: number; attempts: number; at: number };
  /** The pause whose card stands in the thread, or is about to, without its outcome. */
  card?: { pauseId: string };
  /** All that the turn has to say is shown: the next one may begin. Epoch milliseconds. */
  shownAt?: number;
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
