import { useEffect, useState } from 'react';
import { type PageStore, useStore } from '../../store/store.ts';

/**
 * A member of the store, at most so often: a log that grows thirty times a second is drawn four times a second.
 *
 * @param select must be the same function at every call
 * @param ms time between two drawings, in milliseconds
 */
export function useThrottled<T>(select: (state: PageStore) => T, ms = 250): T {
  const [value, setValue] = useState(() => select(useStore.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    const take = (): void => {
      timer = undefined;
      last = performance.now();
      setValue(() => select(useStore.getState()));
    };
    take();
    const stop = useStore.subscribe((state, before) => {
      if (timer !== undefined || select(state) === select(before)) return;
      timer = setTimeout(take, Math.max(0, ms - (performance.now() - last)));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [select, ms]);
  return value;
}
