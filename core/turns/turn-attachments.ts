import type { AttachmentRecord } from '../attachments/attachment.ts';
import type { CallOutcome, TurnRecord } from './record.ts';

/** What calls that have a result added to the answer. */
const attachmentsOf = (calls: readonly { outcome?: CallOutcome }[]): AttachmentRecord[] =>
  calls.flatMap(({ outcome }) => (outcome?.kind === 'output' ? (outcome.attachments ?? []) : []));

/**
 * The turn's attachments with those of a step's calls, for the commit of their results: each once, for a call may
 * have run before and its result may have been committed with a pause. Nothing where there is nothing new.
 */
export function attachmentsWith(
  { attachments = [] }: Pick<TurnRecord, 'attachments'>,
  calls: readonly { outcome?: CallOutcome }[],
): Pick<TurnRecord, 'attachments'> {
  const known = new Set(attachments.map(({ id }) => id));
  const news = attachmentsOf(calls).filter(({ id }) => !known.has(id));
  return news.length > 0 ? { attachments: [...attachments, ...news] } : {};
}
