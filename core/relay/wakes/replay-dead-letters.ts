import type { Log } from '../../log.ts';
import type { SendWake, WakeMessage } from './wake.ts';

/** A message that the relay could not work off in all its tries. */
export interface DeadLetter {
  id: string;
  body: string;
  /** By this the queue knows the letter as it was received now. */
  handle: string;
}

/** The queue of what could not be delivered. */
export interface DeadLetters {
  /** At most ten; others do not see them for so many seconds. */
  receive(hiddenSeconds: number): Promise<DeadLetter[]>;
  remove(letter: DeadLetter): Promise<void>;
  hide(letter: DeadLetter, seconds: number): Promise<void>;
}

export interface ReplayDeps {
  deadLetters: DeadLetters;
  sendWake: SendWake;
  log: Log;
}

/** What one sweep did about dead letters. */
export interface Replayed {
  replayed: number;
  givenUp: number;
}

/**
 * What becomes of a letter. `send`: into the wake queue again. `drop`: nobody needs it. `giveUp`: it came back too
 * often, and what it says the sweep says as well. `park`: it stays, out of sight, until somebody looks or the queue's
 * retention (14 days) ends.
 */
export type LetterFate =
  | { kind: 'send'; message: Replayable; delayMs: number }
  | { kind: 'drop' | 'giveUp' | 'park'; why: string };

type Replayable = Exclude<WakeMessage, { kind: 'notice' }>;

/** Delays of the first, second, … replay; SQS knows no longer ones. Each takes five tries before it comes back. */
const DELAYS_MS = [0, 60_000, 120_000, 240_000, 480_000, 900_000];
/** Longer than a sweep works. */
const HIDDEN_SECONDS = 90;
/** SQS hides a message for twelve hours at most from when it was received, which is up to so long ago. */
const PARKED_SECONDS = 43_200 - 2 * HIDDEN_SECONDS;
/** Ten letters each. */
const ROUNDS = 5;

/**
 * Sends what the relay could not work off into the wake queue again, at growing distances: the code may be mended, or
 * the table back. Each letter leaves the dead-letter queue only when it was sent; one that is sent twice does no harm.
 * How often it came back stands in the message itself.
 */
export async function replayDeadLetters(deps: ReplayDeps): Promise<Replayed> {
  const done: Replayed = { replayed: 0, givenUp: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const letters = await deps.deadLetters.receive(HIDDEN_SECONDS);
    if (letters.length === 0) break;
    for (const { letter, fate } of fatesOf(letters)) {
      try {
        await carryOut(deps, letter, fate);
        if (fate.kind === 'send') done.replayed++;
        else if (fate.kind !== 'drop') done.givenUp++;
      } catch (error) {
        // It comes into sight again by itself.
        deps.log.error('dead letter not replayed', { messageId: letter.id, error });
      }
    }
  }
  return done;
}

/** Task tokens go first; of the wakes of one turn, which all say "look at it", one is enough. */
function fatesOf(letters: readonly DeadLetter[]): { letter: DeadLetter; fate: LetterFate }[] {
  const fates = letters.map((letter) => ({ letter, fate: fateOf(letter.body) }));
  const rank = ({ fate }: { fate: LetterFate }): number =>
    fate.kind === 'send' && fate.message.kind === 'pause' ? 0 : 1;
  const woken = new Set<string>();
  return fates
    .sort((a, b) => rank(a) - rank(b))
    .map(({ letter, fate }) => {
      if (fate.kind !== 'send') return { letter, fate };
      const { turnId } = fate.message;
      const saysMore = fate.message.kind === 'pause' || 'title' in fate.message;
      if (woken.has(turnId) && !saysMore)
        return { letter, fate: { kind: 'drop', why: 'another wake of the turn is replayed' } as const };
      woken.add(turnId);
      return { letter, fate };
    });
}

async function carryOut(
  { deadLetters, sendWake, log }: ReplayDeps,
  letter: DeadLetter,
  fate: LetterFate,
): Promise<void> {
  // Never the body: it may hold a task token.
  const said = { messageId: letter.id, ...idsOf(letter.body), ...('why' in fate ? { why: fate.why } : {}) };
  switch (fate.kind) {
    case 'park':
      await deadLetters.hide(letter, PARKED_SECONDS);
      log.error('dead letter parked: it stays in the dead-letter queue', said);
      return;
    case 'send':
      await sendWake(fate.message, fate.delayMs);
      log.warn('dead letter replayed', said);
      break;
    case 'drop':
      log.info('dead letter dropped', said);
      break;
    case 'giveUp':
      log.error('dead letter given up', said);
  }
  await deadLetters.remove(letter);
}

/** Decides about a letter by what stands in it. */
export function fateOf(body: string): LetterFate {
  const message = readLetter(body);
  if (!message) return { kind: 'park', why: 'it is no wake message of this version' };
  // Who was to be told has read the card meanwhile.
  if (message.kind === 'notice') return { kind: 'drop', why: 'a notice for one person is no news any more' };
  const replays = message.replays ?? 0;
  const delayMs = DELAYS_MS[replays];
  if (delayMs !== undefined) return { kind: 'send', message: { ...message, replays: replays + 1 }, delayMs };
  const why = `it was replayed ${replays} times`;
  // A task token is kept; a wake says no more than "look".
  return { kind: message.kind === 'pause' ? 'park' : 'giveUp', why };
}

function readLetter(body: string): WakeMessage | undefined {
  const message = parse(body);
  return message && isWake(message) ? message : undefined;
}

function isWake(message: Record<string, unknown>): message is Record<string, unknown> & WakeMessage {
  const { v, kind, replays = 0 } = message;
  const needs = typeof kind === 'string' ? fields[kind] : undefined;
  if (v !== 1 || !needs || typeof replays !== 'number') return false;
  return needs.every((name) => typeof message[name] === 'string' && message[name] !== '');
}

/** What a wake must name. */
const fields: Readonly<Record<string, readonly string[] | undefined>> = {
  flush: ['turnId'],
  guard: ['turnId'],
  pause: ['turnId', 'pauseId', 'token'],
  notice: ['appId', 'installationId', 'channel', 'threadTs', 'userId', 'text'],
};

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** What the log may say of a letter. */
function idsOf(body: string): Record<string, unknown> {
  const { kind, turnId, pauseId, replays } = parse(body) ?? {};
  return { wake: kind, turnId, pauseId, replays };
}
