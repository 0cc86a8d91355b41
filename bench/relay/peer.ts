import { setTimeout as sleep } from 'node:timers/promises';
import type { Thread } from './arrivals.ts';

/** One attempt of a Slack call. @throws what makes it fail */
export type PeerCall = (
  method: string,
  args: Record<string, unknown>,
  signal: AbortSignal,
) => Promise<{ ts?: string }>;

export interface PeerOptions {
  thread: Thread;
  recipient: { userId: string; teamId: string };
  call: PeerCall;
  /** Told of what failed for good and was swallowed. */
  log: (method: string, error: unknown) => void;
}

const DEBOUNCE_MS = 1_000;
const INTERVAL_MS = 2_000;
const ATTEMPTS = 3;
const ATTEMPT_MS = 10_000;
/** Between attempts, doubled each time: what its workflow engine does by default. */
const RETRY_MS = 1_000;
/** It knows no roll-over; without one its long turns would break off at Slack's limits, whatever the throttle. */
const ROLL_BYTES = 9_000;
const ROLL_MS = 200_000;

/**
 * The peer: a throttle of each turn by itself, as PostHog's relay has it. What comes within a second is gathered,
 * two seconds lie between two calls, one call is in flight; there is no budget of the workspace. A call has three
 * attempts of ten seconds each; after that its failure is logged and swallowed, and what it should have brought is
 * gone. Two things are made easier for it than they are there: it rolls over before Slack's limits, and a stream that
 * could not be opened is tried again with what comes next.
 */
export class PeerRelay {
  readonly #options: PeerOptions;
  #text = '';
  #steps: string[] = [];
  #current: { id: string; title: string } | undefined;
  #stepCount = 0;
  #stream: { ts: string; openedAt: number; bytes: number } | undefined;
  #completed = false;
  #came = Promise.withResolvers<void>();
  readonly #done: Promise<void>;

  constructor(options: PeerOptions) {
    this.#options = options;
    this.#done = this.#run();
  }

  /** The model wrote something. */
  text(delta: string): void {
    this.#text += delta;
    this.#came.resolve();
  }

  /** A tool was called. */
  step(title: string): void {
    this.#steps.push(title);
    this.#came.resolve();
  }

  /** The turn is over; resolves when its last call was made. */
  complete(): Promise<void> {
    this.#completed = true;
    this.#came.resolve();
    return this.#done;
  }

  async #run(): Promise<void> {
    let last = 0;
    while (!this.#completed) {
      await this.#came.promise;
      if (!this.#completed) await sleep(DEBOUNCE_MS);
      await sleep(Math.max(0, last + INTERVAL_MS - Date.now()));
      this.#came = Promise.withResolvers();
      await this.#flush();
      last = Date.now();
    }
    await this.#stop();
  }

  async #flush(): Promise<void> {
    const chunks = this.#take();
    if (chunks.length === 0) return;
    const size = Buffer.byteLength(JSON.stringify(chunks));
    const { thread, recipient } = this.#options;
    const { channel } = thread;
    const stream = this.#stream;
    if (stream && (stream.bytes + size > ROLL_BYTES || Date.now() - stream.openedAt > ROLL_MS))
      await this.#stop();
    if (this.#stream) {
      this.#stream.bytes += size;
      await this.#attempt('chat.appendStream', { channel, ts: this.#stream.ts, chunks });
      return;
    }
    const answer = await this.#attempt('chat.startStream', {
      channel,
      thread_ts: thread.threadTs,
      recipient_user_id: recipient.userId,
      recipient_team_id: recipient.teamId,
      task_display_mode: 'plan',
      chunks,
    });
    if (answer?.ts) this.#stream = { ts: answer.ts, openedAt: Date.now(), bytes: size };
  }

  /** What waits, in one call: the step before is complete, those between too, the last one in progress. */
  #take(): Record<string, unknown>[] {
    const chunks: Record<string, unknown>[] = [];
    const put = (status: string) =>
      this.#current && chunks.push({ type: 'task_update', ...this.#current, status });
    for (const title of this.#steps) {
      put('complete');
      this.#current = { id: `step-${this.#stepCount++}`, title };
    }
    if (this.#steps.length > 0) put('in_progress');
    if (this.#text !== '') chunks.push({ type: 'markdown_text', text: this.#text });
    this.#steps = [];
    this.#text = '';
    return chunks;
  }

  async #stop(): Promise<void> {
    const stream = this.#stream;
    this.#stream = undefined;
    if (!stream) return;
    const chunks = this.#current ? [{ type: 'task_update', ...this.#current, status: 'complete' }] : [];
    await this.#attempt('chat.stopStream', {
      channel: this.#options.thread.channel,
      ts: stream.ts,
      ...(chunks.length > 0 ? { chunks } : {}),
    });
  }

  async #attempt(method: string, args: Record<string, unknown>): Promise<{ ts?: string } | undefined> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#options.call(method, args, AbortSignal.timeout(ATTEMPT_MS));
      } catch (error) {
        if (attempt === ATTEMPTS) {
          this.#options.log(method, error);
          return undefined;
        }
        await sleep(RETRY_MS * 2 ** (attempt - 1));
      }
    }
  }
}
