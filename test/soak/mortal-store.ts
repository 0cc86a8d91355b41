import type { Store } from '../../core/store/store.ts';

/** What happens to a process at its n-th write. */
export interface Fate {
  write: number;
  /**
   * `before` and `after`: it dies, before or after the write was made; `stall`: it stops there until `goOn`, long
   * enough for others to take it for dead, and then goes on.
   */
  kind: 'before' | 'after' | 'stall';
}

export class Killed extends Error {
  override readonly name = 'Killed';
}

export interface MortalStore {
  store: Store;
  /** Whether the fate has come. */
  readonly met: boolean;
  /** Resolves when the process stalls. */
  stalled: Promise<void>;
  goOn(): void;
  /** What a dead process does in other ways than by the store. @throws Killed */
  assertAlive(): void;
}

/** A store as one process sees it: at its fate nothing comes through any more. */
export function mortalStore(store: Store, fate: Fate | undefined): MortalStore {
  const stalled = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  let writes = 0;
  let met = false;
  let dead = false;

  const assertAlive = () => {
    if (dead) throw new Killed('The process was killed.');
  };
  async function write<T>(make: () => Promise<T>): Promise<T> {
    assertAlive();
    if (++writes !== fate?.write) return make();
    met = true;
    if (fate.kind === 'stall') {
      stalled.resolve();
      await goOn.promise;
      return make();
    }
    dead = true;
    if (fate.kind === 'after') await make();
    throw new Killed(`The process was killed ${fate.kind} its write ${fate.write}.`);
  }
  async function read<T>(make: () => Promise<T>): Promise<T> {
    assertAlive();
    return make();
  }
  return {
    store: {
      get: (key) => read(() => store.get(key)),
      query: (query) => read(() => store.query(query)),
      queryIndex: (...args) => read(() => store.queryIndex(...args)),
      put: (...args) => write(() => store.put(...args)),
      update: (update) => write(() => store.update(update)),
      transact: (actions) => write(() => store.transact(actions)),
    },
    get met() {
      return met;
    },
    stalled: stalled.promise,
    goOn: goOn.resolve,
    assertAlive,
  };
}
