import { answerOf, parseButtonValue } from '../../pauses/button.ts';
import type { Decision } from '../../pauses/record.ts';
import { type Fields, fieldsAt, idAt, listAt, parseFields, textAt, tsAt } from './structure.ts';

/** Somebody pressed Approve or Deny on a card. */
export interface CardPress {
  pauseId: string;
  row: number;
  answer: Decision['answer'];
  by: string;
  appId: string;
  /** Team of the workspace the click came from, or the enterprise of an org-wide install. */
  installationId: string;
  channel: string;
  threadTs: string;
}

export type ParsedInteraction =
  | { kind: 'malformed'; reason: string }
  | { kind: 'ignored'; reason: string }
  | { kind: 'press'; press: CardPress };

/**
 * Reads the form body of Slack's interactivity: one field `payload` with JSON in it. A button of ours whose value
 * no card of ours carries is ignored like a stranger's: there is nothing that it could be about.
 */
export function parseInteraction(form: string): ParsedInteraction {
  const fields = new URLSearchParams(form);
  if (fields.get('ssl_check') === '1') return { kind: 'ignored', reason: 'ssl_check' };
  const [payloadText, ...more] = fields.getAll('payload');
  if (payloadText === undefined || more.length > 0) return { kind: 'malformed', reason: 'no_payload' };
  const payload = parseFields(payloadText);
  if (!payload) return { kind: 'malformed', reason: 'not_json' };
  const type = textAt(payload, 'type');
  if (!type) return { kind: 'malformed', reason: 'no_type' };
  if (type !== 'block_actions') return { kind: 'ignored', reason: 'unknown_type' };
  return parsePress(payload);
}

function parsePress(payload: Fields): ParsedInteraction {
  const action = listAt(payload, 'actions').find((candidate) => answerOf(textAt(candidate, 'action_id')));
  const answer = action && answerOf(textAt(action, 'action_id'));
  if (!action || !answer) return { kind: 'ignored', reason: 'unknown_action' };
  const about = parseButtonValue(textAt(action, 'value'));
  if (!about) return { kind: 'ignored', reason: 'forged_button' };
  const user = fieldsAt(payload, 'user');
  const container = fieldsAt(payload, 'container');
  const by = idAt(user, 'id');
  const appId = idAt(payload, 'api_app_id');
  const installationId = installationOf(payload, user);
  const channel = idAt(container, 'channel_id') ?? idAt(fieldsAt(payload, 'channel'), 'id');
  const threadTs =
    tsAt(container, 'thread_ts') ??
    tsAt(fieldsAt(payload, 'message'), 'thread_ts') ??
    tsAt(container, 'message_ts');
  if (!by || !appId || !installationId || !channel || !threadTs)
    return { kind: 'malformed', reason: 'incomplete' };
  return { kind: 'press', press: { ...about, answer, by, appId, installationId, channel, threadTs } };
}

/** `team` is null where the install is org-wide and the click came from no single workspace. */
function installationOf(payload: Fields, user: Fields): string | undefined {
  if (payload.is_enterprise_install === true) return idAt(fieldsAt(payload, 'enterprise'), 'id');
  return idAt(fieldsAt(payload, 'team'), 'id') ?? idAt(user, 'team_id');
}
