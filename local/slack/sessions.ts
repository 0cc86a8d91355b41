import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { SessionStatus } from './world/types.ts';

export type Session = {
  channel: string;
  threadTs: string;
  status: SessionStatus;
  title: string;
  setAt: number;
};

/** `processing` reverts to `active` by itself after one hour (§10.1). */
const PROCESSING_MS = 3_600_000;

/** Agent sessions, one per thread (§1.10, §10.1). */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #clock: Clock;
  readonly #changes: Changes;

  constructor(clock: Clock, changes: Changes) {
    this.#clock = clock;
    this.#changes = changes;
  }

  set(
    channel: string,
    threadTs: string,
    given: { status: SessionStatus; title?: string | undefined },
  ): Session {
    const key = `${channel}/${threadTs}`;
    const title = given.title ?? this.#sessions.get(key)?.title ?? '';
    const session = { channel, threadTs, status: given.status, title, setAt: this.#clock.now() };
    this.#sessions.set(key, session);
    this.#changes.emit({ type: 'session', channel, threadTs });
    return session;
  }

  get(channel: string, threadTs: string): Session | undefined {
    const session = this.#sessions.get(`${channel}/${threadTs}`);
    return session && this.#current(session);
  }

  all(): Session[] {
    return [...this.#sessions.values()].map((session) => this.#current(session));
  }

  clear(): void {
    this.#sessions.clear();
  }

  #current(session: Session): Session {
    const expired = session.status === 'processing' && this.#clock.now() - session.setAt >= PROCESSING_MS;
    return expired ? { ...session, status: 'active' } : session;
  }
}
