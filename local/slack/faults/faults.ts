import { describeFault } from './describe.ts';
import { mulberry32 } from './random.ts';
import type { ActiveFault, ApiFault, DeliveryFault, Fault } from './types.ts';

export { mulberry32 } from './random.ts';
export type { ActiveFault, ApiFault, DeliveryFault, Fault } from './types.ts';

type Held = ActiveFault & { random: () => number };

/** The faults that are switched on. The first that matches is taken. */
export class Faults {
  #active: Held[] = [];
  #nextId = 1;

  add(fault: Fault): ActiveFault {
    const random = mulberry32(fault.seed ?? 1);
    const left = fault.times ?? null;
    const description = describeFault(fault);
    const active = { ...fault, id: this.#nextId++, left, hits: 0, description, random };
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

  /** The fault for one call of a method or one of the URLs, counted as used. */
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
  forDelivery(event: string, url?: string | null): DeliveryFault | undefined {
    const found = this.#take(
      (fault) =>
        fault.target === 'delivery' &&
        matches(fault.event, event) &&
        (fault.url === undefined || (url ?? '').includes(fault.url)),
    );
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

function shown({ random: _random, ...fault }: Held): ActiveFault {
  return fault;
}

function matches(pattern: string, name: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
