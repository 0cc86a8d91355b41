import { answerOf, denyReasonActionId, parseButtonValue } from '../../pauses/button.ts';
import type { Decision } from '../../pauses/record.ts';
import { type InteractionPerson, type NotForUs, personOf } from './interaction.ts';
import { type Fields, fieldsAt, idAt, listAt, textAt, tsAt } from './structure.ts';

/** Somebody pressed a button of a card. */
interface RowPress extends InteractionPerson {
  pauseId: string;
  row: number;
  channel: string;
  threadTs: string;
}

/** Approve or Deny. */
export interface CardPress extends RowPress {
  answer: Decision['answer'];
}

/** Deny with reason: the reason is asked for first. */
export interface FormPress extends RowPress {
  triggerId: string;
}

export type ParsedPress =
  | NotForUs
  | { kind: 'press'; press: CardPress }
  | { kind: 'form_press'; press: FormPress };

/**
 * Reads a click. A button of ours whose value no card of ours carries is ignored like a stranger's: there is nothing
 * that it could be about.
 */
export function parsePress(payload: Fields): ParsedPress {
  const action = listAt(payload, 'actions').find((candidate) => isOurs(textAt(candidate, 'action_id')));
  if (!action) return { kind: 'ignored', reason: 'unknown_action' };
  const about = parseButtonValue(textAt(action, 'value'));
  if (!about) return { kind: 'ignored', reason: 'forged_button' };
  const container = fieldsAt(payload, 'container');
  const person = personOf(payload);
  const channel = idAt(container, 'channel_id') ?? idAt(fieldsAt(payload, 'channel'), 'id');
  const threadTs =
    tsAt(container, 'thread_ts') ??
    tsAt(fieldsAt(payload, 'message'), 'thread_ts') ??
    tsAt(container, 'message_ts');
  if (!person || !channel || !threadTs) return { kind: 'malformed', reason: 'incomplete' };
  const press = { ...about, ...person, channel, threadTs };
  const answer = answerOf(textAt(action, 'action_id'));
  if (answer) return { kind: 'press', press: { ...press, answer } };
  const triggerId = idAt(payload, 'trigger_id');
  if (!triggerId) return { kind: 'malformed', reason: 'incomplete' };
  return { kind: 'form_press', press: { ...press, triggerId } };
}

function isOurs(actionId: string | undefined): boolean {
  return actionId === denyReasonActionId || answerOf(actionId) !== undefined;
}
