/** Misbehaviour of Slack towards the app (Web API and response_url), set by the admin API. */
export type ApiEffect =
  /** The connection is closed; nothing was applied. */
  | 'drop_request'
  /** The call is applied, then the connection is closed without an answer. */
  | 'drop_answer'
  /** Only late (`delayMs`); with `applied` the call is applied first and its answer is late. */
  | 'delay'
  /** `status` (default 503) with a text body; with `applied` after the call was applied. */
  | 'http_error'
  /** An HTML page instead of JSON, `status` (default 200). */
  | 'html'
  /** 429 with `retryAfter` seconds (default 1); `null` leaves the header out. */
  | 'rate_limited'
  /** `{ok: false, error}`. */
  | 'error';

/** Misbehaviour of deliveries to the app. */
export type DeliveryEffect =
  /** Never sent. */
  | 'drop'
  /** Sent `count` times in all, at once. */
  | 'duplicate'
  | 'delay'
  /** Held back until the next delivery has been sent: two events swap their order. */
  | 'hold';

type Common = {
  delayMs?: number | undefined;
  /** For how many matching calls; without it until cleared. */
  times?: number | undefined;
  /** 0 to 1; drawn from `seed`, so that a run can be repeated. */
  probability?: number | undefined;
  seed?: number | undefined;
};

export type ApiFault = Common & {
  target: 'api';
  /** A method, a prefix such as `chat.*`, `response_url`, or `*`. */
  method: string;
  /** Only calls with this `channel`. */
  channel?: string | undefined;
  effect: ApiEffect;
  status?: number | undefined;
  applied?: boolean | undefined;
  retryAfter?: number | null | undefined;
  error?: string | undefined;
};

export type DeliveryFault = Common & {
  target: 'delivery';
  /** An event type (`app_mention`, `message`, `block_actions`, …) or `*`. */
  event: string;
  effect: DeliveryEffect;
  count?: number | undefined;
};

export type Fault = ApiFault | DeliveryFault;
export type ActiveFault = Fault & { id: number; left: number | null; hits: number };

/** The faults that are switched on. The first that matches is taken. */
export class Faults {
  #active: (ActiveFault & { random: () => number })[] = [];
  #nextId = 1;

  add(fault: Fault): ActiveFault {
    const random = mulberry32(fault.seed ?? 1);
    const active = { ...fault, id: this.#nextId++, left: fault.times ?? null, hits: 0, random };
    this.#active.push(active);
    return shown(active);
  }

  remove(id: number): boolean {
    const before = this.#active.length;
    this.#active = this.#active.filter((fault) => fault.id !== id);
    return this.#active.length < before;
  }

  clear(): void {
    this.#active = [];
  }

  all(): ActiveFault[] {
    return this.#active.map(shown);
  }

  /** The fault for one Web API call, counted as used. */
  forCall(method: string, channel: string | undefined): ApiFault | undefined {
    const found = this.#take(
      (fault) =>
        fault.target === 'api' &&
        matches(fault.method, method) &&
        (fault.channel === undefined || fault.channel === channel),
    );
    return found?.target === 'api' ? found : undefined;
  }

  /** The fault for one delivery, counted as used. */
  forDelivery(event: string): DeliveryFault | undefined {
    const found = this.#take((fault) => fault.target === 'delivery' && matches(fault.event, event));
    return found?.target === 'delivery' ? found : undefined;
  }

  #take(fits: (fault: Fault) => boolean): Fault | undefined {
    const found = this.#active.find(
      (fault) => fits(fault) && (fault.probability === undefined || fault.random() < fault.probability),
    );
    if (!found) return undefined;
    found.hits += 1;
    if (found.left !== null && --found.left <= 0) this.remove(found.id);
    return found;
  }
}

function shown({ random: _random, ...fault }: ActiveFault & { random: () => number }): ActiveFault {
  return fault;
}

function matches(pattern: string, name: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** A small seeded generator (mulberry32): the same seed, the same run. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
