import { publishMessage } from '../events/publish.ts';
import { Timers } from '../events/timers.ts';
import type { Simulator } from '../simulator.ts';
import type { Message } from '../world/types.ts';
import { renderStream } from './render.ts';
import type { Stream } from './types.ts';

/** At least so long between two looks at a stream, in milliseconds: the clock may stand still. */
const LOOK_MS = 20;

/** Keeps the lifetime of open streams (§1.8) and writes what a stream became into its message. */
export class Streams {
  readonly #sim: Simulator;
  readonly #open = new Set<Message>();
  readonly #timers: Timers;

  constructor(sim: Simulator) {
    this.#sim = sim;
    this.#timers = new Timers(sim.clock);
    sim.clock.onJump(() => this.sweep());
  }

  /** Begins to watch a message that streams. */
  opened(message: Message): void {
    this.#open.add(message);
    this.#watch(message);
  }

  /** Stores a stream's new state in its message, as blocks, and tells who listens. */
  write(message: Message, stream: Stream): void {
    message.stream = stream;
    Object.assign(message, renderStream(stream));
    if (stream.state !== 'in_progress') this.#open.delete(message);
    this.#sim.changes.emit({ type: 'message', message });
  }

  /** Messages of a thread that stream now. */
  openIn(channel: string, threadTs: string): Message[] {
    this.sweep();
    return [...this.#open].filter((one) => one.channel === channel && threadOf(one) === threadTs);
  }

  /** Ends what is older than its lifetime: `errored`, and the session goes back to active (§1.8). */
  sweep(): void {
    const now = this.#sim.clock.now();
    for (const message of [...this.#open]) {
      const { stream, appId: app } = message;
      if (!stream || this.#deadline(stream) > now) continue;
      this.write(message, { ...stream, state: 'errored' });
      publishMessage(this.#sim, message);
      const thread = threadOf(message);
      if (app === undefined || !this.#sim.sessions.get(message.channel, thread)) continue;
      this.#sim.sessions.set(message.channel, thread, { app, status: 'active' });
    }
  }

  forget(message: Message): void {
    this.#open.delete(message);
  }

  clear(): void {
    this.#open.clear();
    this.#timers.clear();
  }

  #deadline(stream: Stream): number {
    const { streamLifetime, streamLifetimeMs } = this.#sim.options;
    return (streamLifetime === 'idle' ? stream.lastContentAt : stream.startedAt) + streamLifetimeMs;
  }

  /** Everybody who reads or writes sweeps first; the timer is only for who watches without calling. */
  #watch(message: Message): void {
    if (!message.stream) return;
    const left = this.#deadline(message.stream) - this.#sim.clock.now();
    this.#timers.later(Math.max(left, LOOK_MS), () => {
      this.sweep();
      if (this.#open.has(message)) this.#watch(message);
    });
  }
}

const threadOf = (message: Message): string => message.threadTs ?? message.ts;
