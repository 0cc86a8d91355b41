import type { RunDeps } from '../../core/turns/run-state.ts';

/**
 * Where a run's process is killed: at its n-th write (of table or bucket), before or after it was made. `stalled`: it
 * stands still before the write, long enough to be taken for dead, and goes on when the test says so.
 */
export interface Death {
  write: number;
  when: 'before' | 'after' | 'stalled';
}

/** What a run is given that dies, and whether it has come to that. */
export interface MortalRun {
  deps: Pick<RunDeps, 'store' | 'bodies' | 'callModel' | 'sendWake' | 'executions'>;
  readonly dead: boolean;
  /** Resolves when it stands still. */
  stalled: Promise<void>;
  goOn: () => void;
}

/**
 * The world of a run whose process is killed at one of its writes: from then on nothing of it comes through any more,
 * neither to table and bucket nor to queues and the state machine.
 */
export function mortalRun(
  { store, bodies, callModel, sendWake, executions }: MortalRun['deps'],
  death: Death,
): MortalRun {
  let writes = 0;
  let dead = false;
  const stalled = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const alive = <T>(make: () => Promise<T>): Promise<T> =>
    dead ? Promise.reject(new Error('The process was killed.')) : make();
  const write = <T>(make: () => Promise<T>): Promise<T> =>
    alive(async () => {
      if (++writes !== death.write) return make();
      if (death.when === 'stalled') {
        stalled.resolve();
        await goOn.promise;
        return make();
      }
      dead = true;
      if (death.when === 'after') await make();
      throw new Error(`The process was killed ${death.when} its write ${death.write}.`);
    });
  return {
    get dead() {
      return dead;
    },
    stalled: stalled.promise,
    goOn: goOn.resolve,
    deps: {
      store: {
        get: (key) => alive(() => store.get(key)),
        query: (query) => alive(() => store.query(query)),
        queryIndex: (...args) => alive(() => store.queryIndex(...args)),
        put: (...args) => write(() => store.put(...args)),
        update: (update) => write(() => store.update(update)),
        transact: (actions) => write(() => store.transact(actions)),
      },
      bodies: {
        get: (key) => alive(() => bodies.get(key)),
        getBytes: (key) => alive(() => bodies.getBytes(key)),
        put: (...args) => write(() => bodies.put(...args)),
        putBytes: (...args) => write(() => bodies.putBytes(...args)),
      },
      callModel: (...args) => alive(() => callModel(...args)),
      sendWake: (...args) => alive(() => sendWake(...args)),
      executions: {
        start: (...args) => alive(() => executions.start(...args)),
        resume: (...args) => alive(() => executions.resume(...args)),
      },
    },
  };
}
