import type { TitleToTell } from '../record.ts';

/**
 * Messages of the wake queue. `flush` and `guard` say "look at this turn", `pause` brings the task token of a
 * turn that waits for people (sent by the state machine itself), `notice` is a line for one person. A `flush`
 * may bring the session's title. `replays` counts
 * how often a message came back from the dead-letter queue.
 */
export type WakeMessage =
  | { v: 1; kind: 'flush'; turnId: string; title?: TitleToTell; replays?: number }
  | { v: 1; kind: 'guard'; turnId: string; at: number; replays?: number }
  | { v: 1; kind: 'pause'; turnId: string; pauseId: string; token: string; replays?: number }
  | {
      v: 1;
      kind: 'notice';
      appId: string;
      installationId: string;
      channel: string;
      threadTs: string;
      userId: string;
      text: string;
    };

/** SQS delays by fifteen minutes at most. */
export const MAX_DELAY_MS = 900_000;

/** Sends a wake, not before `delayMs` from now (SQS: whole seconds, at most 900). */
export type SendWake = (message: WakeMessage, delayMs: number) => Promise<void>;

/** A line for one person in a thread, as whoever asks for it names it. */
export type Notice = Omit<Extract<WakeMessage, { kind: 'notice' }>, 'v' | 'kind'>;
