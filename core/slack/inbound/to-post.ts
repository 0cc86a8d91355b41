import type { InboundPost } from '../../sessions/inbound-post.ts';
import type { FileReference } from '../../sessions/record.ts';
import { headOf } from '../../text.ts';
import { stripMention } from './mention.ts';
import type { EventEnvelope } from './parse-event.ts';
import { type Fields, idAt, listAt, numberAt, textAt, tsAt } from './structure.ts';

/** Slack's own bound on a message's text; a longer one would be no message of Slack's. */
const TEXT_LIMIT = 40_000;
const FILE_LIMIT = 20;

/**
 * An accepted event as a post for admission; undefined where channel, ts or author are missing (filterEvent lets
 * no such event through). The post's own ts begins a thread where it is in none.
 */
export function toPost(envelope: EventEnvelope): InboundPost | undefined {
  const { event } = envelope;
  const channel = idAt(event, 'channel');
  const messageTs = tsAt(event, 'ts');
  const userId = idAt(event, 'user');
  if (!channel || !messageTs || !userId) return undefined;
  return {
    appId: envelope.appId,
    installationId: envelope.installationId,
    eventId: envelope.eventId,
    channel,
    threadTs: tsAt(event, 'thread_ts') ?? messageTs,
    messageTs,
    // In channels shared with another organisation the author's own team differs from the installation's.
    author: { userId, teamId: idAt(event, 'user_team') ?? idAt(event, 'team') ?? envelope.teamId },
    text: unescapeText(stripMention(textAt(event, 'text') ?? '', envelope.botUserId)).slice(0, TEXT_LIMIT),
    files: listAt(event, 'files').slice(0, FILE_LIMIT).flatMap(fileOf),
  };
}

/** Slack escapes three characters of what people type; a model should read what they typed. */
function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function fileOf(file: Fields): FileReference[] {
  const id = idAt(file, 'id');
  if (!id) return [];
  return [
    {
      id,
      name: (textAt(file, 'name') ?? textAt(file, 'title') ?? id).slice(0, 255),
      mimetype: (textAt(file, 'mimetype') ?? 'application/octet-stream').slice(0, 100),
      size: numberAt(file, 'size') ?? 0,
    },
  ];
}

/** Slack's native stop button: which thread's work, who pressed, when (epoch milliseconds). */
export interface StopPress {
  appId: string;
  installationId: string;
  channel: string;
  threadTs: string;
  by: string;
  at: number;
}

/** What `agent_session_…` events share; undefined where thread or person are missing. */
export function toStop(envelope: EventEnvelope): StopPress | undefined {
  const { event } = envelope;
  const channel = idAt(event, 'channel');
  const threadTs = tsAt(event, 'thread_ts');
  const by = idAt(event, 'user');
  if (!channel || !threadTs || !by) return undefined;
  const eventTs = tsAt(event, 'event_ts');
  return {
    appId: envelope.appId,
    installationId: envelope.installationId,
    channel,
    threadTs,
    by,
    at: eventTs ? Math.floor(Number(eventTs) * 1000) : envelope.at,
  };
}

/** A thread's new title, as a person gave it in Slack. */
export interface TitleChange extends StopPress {
  title: string;
}

/** agents.sessions.rename takes 1 to 200 characters. */
const TITLE_LIMIT = 200;

/** The inner event of `agent_session_title_changed`; undefined where thread, person or title are missing. */
export function toTitleChange(envelope: EventEnvelope): TitleChange | undefined {
  const where = toStop(envelope);
  const title = headOf((textAt(envelope.event, 'title') ?? '').replace(/\s+/g, ' ').trim(), TITLE_LIMIT);
  return where && title ? { ...where, title } : undefined;
}
