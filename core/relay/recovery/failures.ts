import type { ShowMethod } from '../../settings.ts';
import type { SlackFailure } from '../../slack/api.ts';

/**
 * What happens next after a failed call.
 * - `wait`: not applied; the method is blocked for Retry-After.
 * - `ask`: may have been applied; Slack is read before anything else is sent.
 * - `slow`: the app may not act in this workspace now; tried again rarely, for a day.
 * - `repeat`: not applied, and the same call may go through later.
 * - `reopen`: the message takes no more; what was not shown yet goes into a new one, if the message still stands.
 * - `restart`: the message is gone; all that it showed goes into a new one.
 * - `roll`: the message is too long; it is stopped and the rest goes into a new one.
 * - `abandon`: the message takes no chunks at all; it is stopped as it is, the rest goes into a new one.
 * - `withoutCards`: cards are refused; the text goes on without them (case S-5).
 * - `whole`: the live display is given up; what was not shown yet is posted whole at the end.
 * - `plain`: blocks are refused; the text is posted as plain text.
 * - `person`: the thread cannot be reached; the answer goes to the requester directly.
 * - `withoutProgress`: the stand-in cannot be kept; the answer still comes whole at the end.
 */
export type Next =
  | 'wait'
  | 'ask'
  | 'slow'
  | 'repeat'
  | 'reopen'
  | 'restart'
  | 'roll'
  | 'abandon'
  | 'withoutCards'
  | 'whole'
  | 'plain'
  | 'person'
  | 'withoutProgress';

type Rows = Readonly<Record<string, Next>>;

const rowsOf = (next: Next, codes: string): Rows =>
  Object.fromEntries(codes.split(/\s+/).map((code) => [code, next]));

/** Errors that mean the same whatever was called (reference: Slack's generic errors). */
export const everywhere: Rows = {
  ...rowsOf('ask', 'internal_error fatal_error service_unavailable request_timeout'),
  ...rowsOf(
    'slow',
    `not_authed invalid_auth account_inactive token_revoked token_expired no_permission missing_scope
     not_allowed_token_type ekm_access_denied access_denied accesslimited team_access_not_granted
     enterprise_is_restricted two_factor_setup_required org_login_required team_added_to_org team_not_found`,
  ),
};

const unreachable = `channel_not_found not_in_channel is_archived restricted_action
  restricted_action_non_threadable_channel restricted_action_read_only_channel restricted_action_thread_locked
  restricted_action_thread_only_channel channel_type_not_supported messages_tab_disabled`;
const refusedContent = `invalid_chunks invalid_blocks invalid_blocks_format invalid_arguments invalid_array_arg
  too_many_attachments too_many_contact_cards`;
const tooLong = 'msg_too_long msg_blocks_too_long msg_blocks_too_many';

const openStream: Rows = {
  ...rowsOf('roll', tooLong),
  ...rowsOf('withoutCards', refusedContent),
  // The thread's door is closed to streams and posts alike; the end finds out whether it still is.
  ...rowsOf('whole', unreachable),
  message_not_in_streaming_state: 'reopen',
  streaming_mode_mismatch: 'abandon',
  message_not_found: 'restart',
  message_not_owned_by_app: 'restart',
  // A person's will: nothing is appended and no replacement opened (Slack ends the stream itself).
  stopped_by_user: 'whole',
  messaging_processing_failed: 'repeat',
  message_limit_exceeded: 'repeat',
};

/**
 * The table of the design's rule 5: per method what each of Slack's errors leads to. `otherwise` is the row for
 * errors that nobody knew when this was written. Whatever the row, the person gets the whole answer in the end.
 */
export const failureTable: Readonly<Record<ShowMethod, { rows: Rows; otherwise: Next }>> = {
  'chat.startStream': {
    rows: { messaging_processing_failed: 'repeat', ...rowsOf('withoutCards', refusedContent) },
    otherwise: 'whole',
  },
  'chat.appendStream': { rows: openStream, otherwise: 'abandon' },
  'chat.stopStream': { rows: openStream, otherwise: 'reopen' },
  'chat.update': { rows: { message_limit_exceeded: 'repeat' }, otherwise: 'withoutProgress' },
  'chat.postMessage': {
    rows: {
      ...rowsOf('person', `${unreachable} cannot_reply_to_message thread_not_found invalid_thread_ts`),
      messaging_processing_failed: 'repeat',
      message_limit_exceeded: 'repeat',
    },
    otherwise: 'plain',
  },
};

/** The row for a failure of a method. */
export function nextAfter(method: ShowMethod, failure: SlackFailure): Next {
  if (failure.kind === 'rate_limited') return 'wait';
  if (failure.kind === 'unknown') return 'ask';
  const { rows, otherwise } = failureTable[method];
  return rows[failure.code] ?? everywhere[failure.code] ?? otherwise;
}
