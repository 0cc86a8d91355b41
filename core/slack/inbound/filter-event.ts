import { mentions } from './mention.ts';
import { type EventEnvelope, sendingAppOf } from './parse-event.ts';
import { idAt, listAt, textAt, tsAt } from './structure.ts';

export interface FilterOptions {
  /** Whether other bots are answered; our own messages never are. Off by default: two bots can talk for ever. */
  otherBots?: boolean;
  /** The app's own bot id, where it is known. */
  botId?: string;
}

/**
 * `post`: a person asks for a turn. `stop`: a person pressed Slack's own stop button. `rename`: a person gave the
 * thread's session a title.
 */
export type EventDecision =
  | { kind: 'post' }
  | { kind: 'stop' }
  | { kind: 'rename' }
  | { kind: 'ignored'; reason: string };

const ignored = (reason: string): EventDecision => ({ kind: 'ignored', reason });

/**
 * Decides what an event is to us (capability 2): mentions in channels, every message of a direct conversation,
 * the native stop and a new title; edits, deletions, joins, broadcasts, bots and whatever is empty or hidden are not.
 * A channel's `message` twin of a mention passes too: it names the same turn (case G-30), so that a mention is
 * heard whichever of the two Slack delivers.
 */
export function filterEvent(envelope: EventEnvelope, options: FilterOptions = {}): EventDecision {
  const { event, type, botUserId } = envelope;
  if (type === 'agent_session_stopped' || type === 'agent_session_title_changed') {
    const by = idAt(event, 'user');
    if (!by || !idAt(event, 'channel') || !tsAt(event, 'thread_ts')) return ignored('incomplete');
    if (type === 'agent_session_stopped') return { kind: 'stop' };
    if (!textAt(event, 'title')?.trim()) return ignored('incomplete');
    // A title of the app's own comes back as an event too.
    return by === botUserId ? ignored('own') : { kind: 'rename' };
  }
  if (type !== 'app_mention' && type !== 'message') return ignored('unknown_event');
  return unfitMessage(envelope) ?? fromBot(envelope, options) ?? notForUs(envelope) ?? { kind: 'post' };
}

/** What is no new message of somebody: notices about messages, edits, broadcasts, fragments. */
function unfitMessage({ event }: EventEnvelope): EventDecision | undefined {
  const subtype = textAt(event, 'subtype');
  // A bot's message may carry the subtype alone; fromBot has the better word for it.
  if (subtype && subtype !== 'file_share' && subtype !== 'bot_message') return ignored(subtype.slice(0, 60));
  if (event.hidden === true) return ignored('hidden');
  if (event.edited) return ignored('edited');
  return undefined;
}

function fromBot(
  { event, appId, botUserId }: EventEnvelope,
  options: FilterOptions,
): EventDecision | undefined {
  const user = idAt(event, 'user');
  const botId = idAt(event, 'bot_id');
  if (user && user === botUserId) return ignored('own');
  if (botId && (botId === options.botId || sendingAppOf(event) === appId)) return ignored('own');
  const bot = botId !== undefined || event.subtype === 'bot_message' || user === 'USLACKBOT';
  return bot && !options.otherBots ? ignored('bot') : undefined;
}

function notForUs(envelope: EventEnvelope): EventDecision | undefined {
  const { event, type, botUserId } = envelope;
  const channel = idAt(event, 'channel');
  if (!channel || !tsAt(event, 'ts') || !idAt(event, 'user')) return ignored('incomplete');
  if (event.thread_ts !== undefined && !tsAt(event, 'thread_ts')) return ignored('incomplete');
  const text = textAt(event, 'text') ?? '';
  if (text.trim() === '' && listAt(event, 'files').length === 0) return ignored('empty');
  if (type === 'app_mention' || isDirect(textAt(event, 'channel_type'), channel)) return undefined;
  return mentions(text, botUserId) ? undefined : ignored('not_mentioned');
}

/** A conversation of one person with the app. Group conversations count as channels: there the app is mentioned. */
function isDirect(channelType: string | undefined, channel: string): boolean {
  return channelType ? channelType === 'im' || channelType === 'app_home' : channel.startsWith('D');
}
