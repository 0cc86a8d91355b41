import type { Simulator } from '../simulator.ts';
import type { Message } from '../world/types.ts';
import { renderStream } from './render.ts';
import type { Stream } from './types.ts';

/** Keeps the lifetime of open streams (§1.8) and writes what a stream became into its message. */
export class Streams {
  readonly #sim: Simulator;
  readonly #open = new Set<Message>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(sim: Simulator) {
    this.#sim = sim;
    sim.clock.onJump(() => this.sweep());
  }

  /** Begins to watch a message that streams. */
  opened(message: Message): void {
    this.#open.add(message);
    this.#arm();
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
    const threadOf = (message: Message) => message.threadTs ?? message.ts;
    return [...this.#open].filter((one) => one.channel === channel && threadOf(one) === threadTs);
  }

  /** Ends what is older than its lifetime: `errored`, and the session goes back to active (§1.8). */
  sweep(): void {
    const now = this.#sim.clock.now();
    for (const message of [...this.#open]) {
      const { stream } = message;
      if (!stream || this.#deadline(stream) > now) continue;
      this.write(message, { ...stream, state: 'errored' });
      this.#sim.sessions.set(message.channel, message.threadTs ?? message.ts, { status: 'active' });
    }
  }

  forget(message: Message): void {
    this.#open.delete(message);
  }

  clear(): void {
    this.#open.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #deadline(stream: Stream): number {
    const { streamLifetime, streamLifetimeMs } = this.#sim.options;
    return (streamLifetime === 'idle' ? stream.lastContentAt : stream.startedAt) + streamLifetimeMs;
  }

  /** Everybody who reads or writes sweeps first; the timer is only for who watches without calling. */
  #arm(): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.sweep();
      if (this.#open.size > 0 && this.#timers.size === 0 && !this.#sim.clock.state().frozen) this.#arm();
    }, this.#sim.options.streamLifetimeMs);
    timer.unref();
    this.#timers.add(timer);
  }
}
