import type { NotForUs } from './interaction.ts';
import { type ParsedFeedback, parseFeedback } from './parse-feedback.ts';
import { type ParsedPress, parsePress } from './parse-press.ts';
import { type ParsedSubmission, parseSubmission } from './parse-submission.ts';
import { parseFields, textAt } from './structure.ts';

export type ParsedInteraction = NotForUs | ParsedFeedback | ParsedPress | ParsedSubmission;

/** Reads the form body of Slack's interactivity: one field `payload` with JSON in it. */
export function parseInteraction(form: string): ParsedInteraction {
  const fields = new URLSearchParams(form);
  if (fields.get('ssl_check') === '1') return { kind: 'ignored', reason: 'ssl_check' };
  const [payloadText, ...more] = fields.getAll('payload');
  if (payloadText === undefined || more.length > 0) return { kind: 'malformed', reason: 'no_payload' };
  const payload = parseFields(payloadText);
  if (!payload) return { kind: 'malformed', reason: 'not_json' };
  const type = textAt(payload, 'type');
  if (!type) return { kind: 'malformed', reason: 'no_type' };
  if (type === 'block_actions') return parseFeedback(payload) ?? parsePress(payload);
  if (type === 'view_submission') return parseSubmission(payload);
  return { kind: 'ignored', reason: 'unknown_type' };
}
