/** What is done when typing rests: one per element, wherever it is drawn. */
const TIMERS = new Map<string, ReturnType<typeof setTimeout>>();

/** Runs it after so many milliseconds, unless something else of the same element comes before. */
export function later(key: string, ms: number, run: () => void): void {
  cancel(key);
  TIMERS.set(
    key,
    setTimeout(() => {
      TIMERS.delete(key);
      run();
    }, ms),
  );
}

export function cancel(key: string): void {
  clearTimeout(TIMERS.get(key));
  TIMERS.delete(key);
}

/** Nothing of these elements is sent any more: their values go along with the form. */
export function cancelAll(belongs: (key: string) => boolean): void {
  for (const key of TIMERS.keys()) if (belongs(key)) cancel(key);
}
