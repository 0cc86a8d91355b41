import { isObject, type Json } from '../json.ts';
import { check, type Fault } from './check.ts';
import { LIMITS } from './limits.ts';
import { anything, array, boolean, has, object, optional, string } from './rules.ts';
import { inspectBlocks } from './validate.ts';

/** What a message payload may hold; its blocks are checked apart, and those of its attachments. */
const message = object(
  {
    text: optional(string(undefined, 0)),
    blocks: optional(anything),
    attachments: optional(array(anything, LIMITS.attachments, 0)),
    thread_ts: optional(string()),
    mrkdwn: optional(boolean),
    response_type: optional(string()),
    replace_original: optional(boolean),
    delete_original: optional(boolean),
    metadata: optional(anything),
  },
  (value) =>
    has(value, 'text', 'blocks', 'attachments')
      ? undefined
      : 'must define at least one of: text, blocks, attachments',
);

/** Checks a whole message payload, as blocks.validate takes it (§3); empty when it is good. */
export function inspectMessage(given: Json, pointer: string): Fault[] {
  const faults = check(given, message, pointer);
  if (!isObject(given)) return faults;
  if (has(given, 'blocks')) faults.push(...inspectBlocks(given.blocks, `${pointer}/blocks`, 'message'));
  const attachments = Array.isArray(given.attachments) ? given.attachments : [];
  for (const [at, attachment] of attachments.entries()) {
    if (!isObject(attachment) || !has(attachment, 'blocks')) continue;
    faults.push(...inspectBlocks(attachment.blocks, `${pointer}/attachments/${at}/blocks`, 'message'));
  }
  return faults;
}
