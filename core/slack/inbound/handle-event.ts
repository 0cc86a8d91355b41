import type { Log } from '../../log.ts';
import type { Notice } from '../../relay/wakes/wake.ts';
import type { Admission, AdmitPost, InboundPost } from '../../sessions/inbound-post.ts';
import type { RenameOutcome } from '../../sessions/rename-session.ts';
import type { StopWordOutcome } from '../../turns/stop-word.ts';
import { accepted, acceptedJson, refused, type SlackAnswer } from './answer.ts';
import { filterEvent } from './filter-event.ts';
import { type OpenDeps, openRequest } from './open-request.ts';
import { type EventEnvelope, parseEvent } from './parse-event.ts';
import type { HttpRequest } from './request-bytes.ts';
import { type StopPress, type TitleChange, toPost, toStop, toTitleChange } from './to-post.ts';

export interface EventDeps extends OpenDeps {
  admitPost: AdmitPost;
  /** Asks the thread's turn to end; what became of it is only logged. */
  stopSession: (press: StopPress) => Promise<unknown>;
  /** Does the same for a post that is a stop word. */
  stopByWord: (post: InboundPost) => Promise<StopWordOutcome>;
  /** Takes a title that a person gave. */
  renameSession: (change: TitleChange) => Promise<RenameOutcome>;
  /** Has the relay tell one person something. */
  requestNotice: (notice: Notice) => Promise<void>;
  log: Log;
}

/**
 * Takes a delivery of Slack's Events API: verify, parse, filter, admit, answer. Never calls a model or Slack.
 * What is wrong with a request is answered; what is wrong with us is thrown, and Slack delivers again.
 */
export async function handleSlackEvent(deps: EventDeps, request: HttpRequest): Promise<SlackAnswer> {
  const opened = await openRequest(deps, request);
  if ('answer' in opened) return opened.answer;
  const parsed = parseEvent(opened.text);
  switch (parsed.kind) {
    case 'malformed':
      return refused(400, 'malformed', 'The body is no event of the Events API.', {
        fields: { reason: parsed.reason },
      });
    case 'url_verification':
      return acceptedJson('url_verification', { challenge: parsed.challenge });
    case 'rate_limited':
      return accepted('app_rate_limited', { level: 'warn', fields: { teamId: parsed.teamId } });
    case 'ignored':
      return accepted('ignored', { fields: { reason: parsed.reason } });
    case 'event':
      return takeEvent(deps, parsed.envelope);
  }
}

async function takeEvent(deps: EventDeps, envelope: EventEnvelope): Promise<SlackAnswer> {
  const { appId, installationId, eventId, type } = envelope;
  const fields = { appId, installationId, eventId, type };
  const decision = filterEvent(envelope);
  if (decision.kind === 'ignored')
    return accepted('ignored', { fields: { ...fields, reason: decision.reason } });
  if (decision.kind === 'stop') {
    const press = toStop(envelope);
    if (press) await deps.stopSession(press);
    return accepted('stop', { fields });
  }
  if (decision.kind === 'rename') {
    const change = toTitleChange(envelope);
    const renamed = change ? await deps.renameSession(change) : 'incomplete';
    return accepted('rename', { fields: { ...fields, renamed } });
  }
  const post = toPost(envelope);
  if (!post) return accepted('ignored', { fields: { ...fields, reason: 'incomplete' } });
  const stop = await deps.stopByWord(post);
  if (stop !== 'ordinary') {
    if (stop === 'nothing_to_stop') await tell(deps, post, 'Nothing is running here.');
    return accepted('stop_word', { fields: { ...fields, stop } });
  }
  const admission = await deps.admitPost(post);
  if (admission.outcome === 'full' || admission.outcome === 'too_many')
    await tell(deps, post, refusals[admission.outcome]);
  return accepted(admission.outcome, { fields: { ...fields, ...idsOf(admission) } });
}

function idsOf({ turnId, sessionId }: Admission): { turnId: string; sessionId: string } {
  return { turnId, sessionId };
}

/** What a person reads whose message was not taken. */
const refusals = {
  full: 'Too many messages are waiting in this thread, so I did not take this one. Please send it again when I have caught up.',
  too_many:
    'You sent me too many messages within a minute, so I did not take this one. Please send it again in a moment.',
};

/** Nothing was stored, so a failure to tell is not worth a repeated delivery. */
async function tell(deps: EventDeps, post: InboundPost, text: string): Promise<void> {
  try {
    await deps.requestNotice({
      appId: post.appId,
      installationId: post.installationId,
      channel: post.channel,
      threadTs: post.threadTs,
      userId: post.author.userId,
      text,
    });
  } catch (error) {
    deps.log.error('notice not sent', { error });
  }
}
