import type { Limits } from '../../settings.ts';
import type { StreamMessage } from '../record.ts';

/** A message may be left at half of its size. */
const SPREAD = 0.5;

/**
 * Whether it is time to go on in another message. Turns that begin together and write alike would fill their
 * messages together, and Slack opens few streams a minute: so each message has an age and a size of its own at which
 * it is left, both drawn at once. Where the next stream has to wait for its slot, the message may grow until then.
 *
 * @param bytes the message's size with what comes now
 */
export function isRollDue(
  { openedAt, rollAt, waits }: Pick<StreamMessage, 'openedAt' | 'rollAt' | 'waits'>,
  bytes: number,
  { rollAgeMinMs, rollAgeMaxMs, rollBytes }: Pick<Limits, 'rollAgeMinMs' | 'rollAgeMaxMs' | 'rollBytes'>,
  now: number,
): boolean {
  if (now >= rollAt) return true;
  if (waits) return false;
  const drawn = (rollAt - openedAt - rollAgeMinMs) / Math.max(1, rollAgeMaxMs - rollAgeMinMs);
  return bytes >= rollBytes * (1 - SPREAD * Math.min(1, Math.max(0, drawn)));
}
