import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** An id in Slack's form: one letter for the kind and upper-case letters and digits. */
export function newId(prefix: string, length = 10): string {
  const bytes = randomBytes(length);
  return prefix + [...bytes].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** Random lower-case hex of `length` characters. */
export function hex(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length);
}

/** A trigger id in the form of §4: `132456.7890123.abcdef`. */
export function newTriggerId(now: number): string {
  return `${now}.${String(now).slice(-9)}.${hex(32)}`;
}

/** What Slack puts as `block_id` where an app gave none. */
export function newBlockId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}

/** Microseconds since the epoch in Slack's timestamp form `1503435956.000247`. */
export function formatTs(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  return `${seconds}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

/** Microseconds of a Slack timestamp; NaN when it has not the form. */
export function parseTs(ts: string): number {
  const match = /^(\d{1,11})\.(\d{6})$/.exec(ts);
  return match ? Number(match[1]) * 1_000_000 + Number(match[2]) : Number.NaN;
}

/** An `event_ts` or `action_ts`. */
export function momentTs(now: number): string {
  return formatTs(now * 1000 + Math.floor(Math.random() * 1000));
}
