import { parseButtonValue } from '../../pauses/button.ts';
import { denialFormId, reasonActionId, reasonBlockId } from '../../pauses/denial-form.ts';
import { type InteractionPerson, type NotForUs, personOf } from './interaction.ts';
import { type Fields, fieldsAt, textAt } from './structure.ts';

/** Somebody sent the form of a denial. */
export interface DenialSubmission extends InteractionPerson {
  pauseId: string;
  row: number;
  /** As it was typed; empty when nothing was. */
  reason: string;
}

export type ParsedSubmission = NotForUs | { kind: 'denial'; submission: DenialSubmission };

/** Reads a sent modal: `view.state.values` holds the inputs by block and action id (reference, modals). */
export function parseSubmission(payload: Fields): ParsedSubmission {
  const view = fieldsAt(payload, 'view');
  if (textAt(view, 'callback_id') !== denialFormId) return { kind: 'ignored', reason: 'unknown_type' };
  const about = parseButtonValue(textAt(view, 'private_metadata'));
  if (!about) return { kind: 'ignored', reason: 'forged_form' };
  const person = personOf(payload);
  if (!person) return { kind: 'malformed', reason: 'incomplete' };
  const values = fieldsAt(fieldsAt(view, 'state'), 'values');
  const reason = textAt(fieldsAt(fieldsAt(values, reasonBlockId), reasonActionId), 'value') ?? '';
  return { kind: 'denial', submission: { ...about, ...person, reason } };
}
