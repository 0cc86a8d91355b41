import { type Fields, fieldsAt, idAt, isFields, listAt, numberAt, parseFields, textAt } from './structure.ts';

/** One delivery of the Events API, reduced to what entry needs. */
export interface EventEnvelope {
  appId: string;
  /** Team of the installation, or the enterprise where the install is org-wide. */
  installationId: string;
  eventId: string;
  /** The app's own user in this installation, when Slack names it. */
  botUserId: string | undefined;
  /** The workspace the event happened in; for people's own team see the inner event. */
  teamId: string;
  /** Epoch milliseconds. */
  at: number;
  /** The inner event's type. */
  type: string;
  event: Fields;
}

export type ParsedEvent =
  | { kind: 'malformed'; reason: string }
  | { kind: 'url_verification'; challenge: string }
  | { kind: 'rate_limited'; teamId: string | undefined }
  | { kind: 'ignored'; reason: string }
  | { kind: 'event'; envelope: EventEnvelope };

/** Reads the JSON body of the Events API (its outer envelope; what the inner event means is decided elsewhere). */
export function parseEvent(text: string): ParsedEvent {
  const body = parseFields(text);
  if (!body) return { kind: 'malformed', reason: 'not_json' };
  const type = textAt(body, 'type');
  switch (type) {
    case undefined:
      return { kind: 'malformed', reason: 'no_type' };
    case 'url_verification': {
      const challenge = textAt(body, 'challenge');
      return challenge === undefined
        ? { kind: 'malformed', reason: 'no_challenge' }
        : { kind: 'url_verification', challenge };
    }
    case 'app_rate_limited':
      return { kind: 'rate_limited', teamId: idAt(body, 'team_id') };
    case 'event_callback':
      return parseCallback(body);
    default:
      return { kind: 'ignored', reason: 'unknown_type' };
  }
}

function parseCallback(body: Fields): ParsedEvent {
  const event = body.event;
  const appId = idAt(body, 'api_app_id');
  const eventId = idAt(body, 'event_id');
  const type = isFields(event) ? textAt(event, 'type') : undefined;
  if (!isFields(event) || !type) return { kind: 'malformed', reason: 'no_event' };
  if (!appId || !eventId) return { kind: 'malformed', reason: 'no_ids' };
  const [authorization] = listAt(body, 'authorizations');
  const installationId = installationOf(body, authorization);
  if (!installationId) return { kind: 'malformed', reason: 'no_installation' };
  const eventTime = numberAt(body, 'event_time');
  return {
    kind: 'event',
    envelope: {
      appId,
      installationId,
      eventId,
      botUserId: authorization ? idAt(authorization, 'user_id') : undefined,
      teamId: idAt(body, 'context_team_id') ?? idAt(body, 'team_id') ?? installationId,
      at: (eventTime ?? 0) * 1000,
      type,
      event,
    },
  };
}

/** `authorizations[0]` names the installation the event is for; `team_id` may be another one in shared channels. */
function installationOf(body: Fields, authorization: Fields | undefined): string | undefined {
  if (!authorization) return idAt(body, 'team_id');
  return authorization.is_enterprise_install === true
    ? idAt(authorization, 'enterprise_id')
    : idAt(authorization, 'team_id');
}

/** The app that a message came from, where a bot wrote it. */
export function sendingAppOf(event: Fields): string | undefined {
  return idAt(fieldsAt(event, 'bot_profile'), 'app_id') ?? idAt(event, 'app_id');
}
