import type { Clock } from './clock.ts';
import { Timers } from './events/timers.ts';
import { newId } from './ids.ts';

/** A message that waits for its time (chat.scheduleMessage). */
export type ScheduledMessage = {
  id: string;
  appId: string;
  teamId: string;
  channel: string;
  /** Seconds since the epoch. */
  postAt: number;
  createdAt: number;
  text: string;
};

/** Messages that wait for their time, by the simulator's clock. */
export class ScheduledMessages {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #waiting = new Map<string, ScheduledMessage>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#timers = new Timers(clock);
  }

  /** Keeps a message until its time; `post` is called then, unless it was removed. */
  add(given: Omit<ScheduledMessage, 'id' | 'createdAt'>, post: () => void): ScheduledMessage {
    const now = this.#clock.now();
    const message = { id: newId('Q'), createdAt: Math.floor(now / 1000), ...given };
    this.#waiting.set(message.id, message);
    this.#timers.later(given.postAt * 1000 - now, () => {
      if (this.#waiting.delete(message.id)) post();
    });
    return message;
  }

  /** The messages of an app that wait, the next one first. */
  of(appId: string, teamId: string): ScheduledMessage[] {
    return [...this.#waiting.values()]
      .filter((one) => one.appId === appId && one.teamId === teamId)
      .sort((a, b) => a.postAt - b.postAt);
  }

  get(id: string): ScheduledMessage | undefined {
    return this.#waiting.get(id);
  }

  remove(id: string): void {
    this.#waiting.delete(id);
  }

  clear(): void {
    this.#timers.clear();
    this.#waiting.clear();
  }
}
