import { feedbackActionId, parseFeedbackValue } from '../../feedback/button.ts';
import type { Rating } from '../../feedback/record.ts';
import { type InteractionPerson, type NotForUs, personOf } from './interaction.ts';
import { type Fields, fieldsAt, idAt, listAt, textAt, tsAt } from './structure.ts';

/** Somebody pressed a thumb under an answer. */
export interface FeedbackPress extends InteractionPerson {
  turnId: string;
  rating: Rating;
  /** The person's own team. */
  teamId?: string;
  channel: string;
  threadTs: string;
  messageTs?: string;
  /** When they pressed, epoch milliseconds, as Slack tells it. */
  at?: number;
}

export type ParsedFeedback = NotForUs | { kind: 'feedback'; press: FeedbackPress };

/** Reads a click on a thumb; undefined where another button was pressed. */
export function parseFeedback(payload: Fields): ParsedFeedback | undefined {
  const action = listAt(payload, 'actions').find(
    (candidate) => textAt(candidate, 'action_id') === feedbackActionId,
  );
  if (!action) return undefined;
  const about = parseFeedbackValue(textAt(action, 'value'));
  if (!about) return { kind: 'ignored', reason: 'forged_feedback' };
  const container = fieldsAt(payload, 'container');
  const person = personOf(payload);
  const channel = idAt(container, 'channel_id') ?? idAt(fieldsAt(payload, 'channel'), 'id');
  const messageTs = tsAt(container, 'message_ts');
  const threadTs =
    tsAt(container, 'thread_ts') ?? tsAt(fieldsAt(payload, 'message'), 'thread_ts') ?? messageTs;
  if (!person || !channel || !threadTs) return { kind: 'malformed', reason: 'incomplete' };
  const teamId = idAt(fieldsAt(payload, 'user'), 'team_id');
  const pressedAt = tsAt(action, 'action_ts');
  return {
    kind: 'feedback',
    press: {
      ...about,
      ...person,
      ...(teamId ? { teamId } : {}),
      channel,
      threadTs,
      ...(messageTs ? { messageTs } : {}),
      ...(pressedAt ? { at: Math.round(Number(pressedAt) * 1000) } : {}),
    },
  };
}
