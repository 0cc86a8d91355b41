import type { JsonObject } from '../json.ts';
import type { Placed } from './elements.ts';

/** The options that apps offered for external selects: what a person can choose (§5 block_suggestion). */
export class Offered {
  readonly #options = new Map<string, JsonObject[]>();

  /** @param place the message's ts or the view's id */
  of(user: string, place: string, placed: Placed): JsonObject[] {
    return this.#options.get(key(user, place, placed)) ?? [];
  }

  add(user: string, place: string, placed: Placed, options: JsonObject[]): void {
    const fresh = new Set(options.map((option) => option.value));
    const known = this.of(user, place, placed).filter((option) => !fresh.has(option.value));
    this.#options.set(key(user, place, placed), [...known, ...options]);
  }

  clear(): void {
    this.#options.clear();
  }
}

function key(user: string, place: string, { blockId, actionId }: Placed): string {
  return [user, place, blockId, actionId].join('/');
}
