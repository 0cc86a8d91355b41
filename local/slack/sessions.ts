import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import { Timers } from './events/timers.ts';
import type { SessionStatus } from './world/types.ts';

/** Name and picture that an agent shows in a session instead of its own (§10.1). */
export type AgentIdentity = { iconEmoji?: string; iconUrl?: string; username?: string };

/** What one agent says of a session. */
export type AgentStatus = { app: string; status: SessionStatus; setAt: number; identity: AgentIdentity };

/** The words that a legacy `assistant.threads.setStatus` shows below a thread (§10.2). */
export type LoadingStatus = {
  app: string;
  text: string;
  /** Shown one after the other; empty: only the text. */
  messages: string[];
  setAt: number;
};

export type Session = {
  channel: string;
  threadTs: string;
  /** The highest of all agents: suspended > processing > active > closed (§10.1). */
  status: SessionStatus;
  title: string;
  setAt: number;
  /** Whom the session was begun for, where the app said so. */
  initiator: string | null;
  agents: AgentStatus[];
  loading: LoadingStatus | null;
};

type Stored = Omit<Session, 'status' | 'agents'> & { agents: Map<string, AgentStatus> };

/** `processing` reverts to `active` by itself after one hour (§10.1). */
const PROCESSING_MS = 3_600_000;
/** A loading status goes by itself after two minutes (§10.2). */
const LOADING_MS = 120_000;

const ORDER: SessionStatus[] = ['closed', 'active', 'processing', 'suspended'];

/** Agent sessions, one per thread (§1.10, §10.1), with the status of the legacy methods in the same slot (§10.2). */
export class Sessions {
  readonly #sessions = new Map<string, Stored>();
  readonly #clock: Clock;
  readonly #changes: Changes;
  readonly #timers: Timers;

  constructor(clock: Clock, changes: Changes) {
    this.#clock = clock;
    this.#changes = changes;
    this.#timers = new Timers(clock);
  }

  /**
   * Sets what an agent says of a session; begins the session where there is none, and only then takes title and
   * initiator. It displaces a loading status: one slot, the last writer wins (§10.2).
   */
  set(
    channel: string,
    threadTs: string,
    given: {
      app: string;
      status: SessionStatus;
      title?: string | undefined;
      initiator?: string | undefined;
      identity?: AgentIdentity | undefined;
    },
  ): Session {
    const session = this.#open(channel, threadTs, given);
    session.loading = null;
    this.#write(session, given);
    return this.#shown(session);
  }

  /** Shows or, with an empty text, clears a loading status; the session follows it: processing or active (§10.2). */
  setLoading(
    channel: string,
    threadTs: string,
    given: Pick<LoadingStatus, 'app' | 'text' | 'messages'> & { identity?: AgentIdentity | undefined },
  ): Session {
    const session = this.#open(channel, threadTs, {});
    const { app, text, messages, identity } = given;
    session.loading = text === '' ? null : { app, text, messages, setAt: this.#clock.now() };
    this.#write(session, { app, status: text === '' ? 'active' : 'processing', identity });
    if (session.loading) this.#later(session, LOADING_MS);
    return this.#shown(session);
  }

  /** A stream's start or append takes the place of a loading status; the session is left alone (§1.10). */
  displace(channel: string, threadTs: string): void {
    const session = this.#sessions.get(keyOf(channel, threadTs));
    if (!session?.loading) return;
    session.loading = null;
    this.#emit(session);
  }

  /** A reply of the agent clears its loading status and so the session's `processing` (§10.2). */
  replied(channel: string, threadTs: string, app: string): void {
    const session = this.#sessions.get(keyOf(channel, threadTs));
    if (session?.loading?.app !== app) return;
    session.loading = null;
    this.#write(session, { app, status: 'active' });
  }

  /** Gives a session another title. Returns the one before; undefined when there is no session. */
  rename(channel: string, threadTs: string, title: string): string | undefined {
    const session = this.#sessions.get(keyOf(channel, threadTs));
    if (!session) return undefined;
    const before = session.title;
    session.title = title;
    this.#changes.emit({ type: 'session', channel, threadTs });
    return before;
  }

  get(channel: string, threadTs: string): Session | undefined {
    const session = this.#sessions.get(keyOf(channel, threadTs));
    return session && this.#shown(session);
  }

  all(): Session[] {
    return [...this.#sessions.values()].map((session) => this.#shown(session));
  }

  clear(): void {
    this.#timers.clear();
    this.#sessions.clear();
  }

  #open(
    channel: string,
    threadTs: string,
    given: { title?: string | undefined; initiator?: string | undefined },
  ): Stored {
    const key = keyOf(channel, threadTs);
    const known = this.#sessions.get(key);
    if (known) return known;
    const session: Stored = {
      channel,
      threadTs,
      title: given.title ?? '',
      setAt: this.#clock.now(),
      initiator: given.initiator ?? null,
      agents: new Map(),
      loading: null,
    };
    this.#sessions.set(key, session);
    return session;
  }

  #write(
    session: Stored,
    { app, status, identity }: { app: string; status: SessionStatus; identity?: AgentIdentity | undefined },
  ): void {
    const before = session.agents.get(app)?.identity ?? {};
    session.setAt = this.#clock.now();
    session.agents.set(app, { app, status, setAt: session.setAt, identity: identity ?? before });
    if (status === 'processing') this.#later(session, PROCESSING_MS);
    this.#emit(session);
  }

  /** Looks again when something of the session may have run out, so that who only watches is told too. */
  #later(session: Stored, ms: number): void {
    this.#timers.later(ms, () => {
      if (this.#expire(session)) this.#emit(session);
    });
  }

  /** Ends what has run out. Returns whether anything had. */
  #expire(session: Stored): boolean {
    const now = this.#clock.now();
    let changed = false;
    if (session.loading && now - session.loading.setAt >= LOADING_MS) {
      const agent = session.agents.get(session.loading.app);
      if (agent?.status === 'processing') agent.status = 'active';
      session.loading = null;
      changed = true;
    }
    for (const agent of session.agents.values()) {
      if (agent.status !== 'processing' || now - agent.setAt < PROCESSING_MS) continue;
      agent.status = 'active';
      changed = true;
    }
    return changed;
  }

  #shown(session: Stored): Session {
    this.#expire(session);
    const agents = [...session.agents.values()];
    const highest = Math.max(0, ...agents.map((agent) => ORDER.indexOf(agent.status)));
    return { ...session, agents: agents.map((agent) => ({ ...agent })), status: ORDER[highest] ?? 'active' };
  }

  #emit({ channel, threadTs }: Stored): void {
    this.#changes.emit({ type: 'session', channel, threadTs });
  }
}

const keyOf = (channel: string, threadTs: string): string => `${channel}/${threadTs}`;
