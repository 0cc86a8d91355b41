type Entry = { id: number };

/**
 * How many entries left at the beginning of a log that forgets its oldest; undefined when this is another list than
 * before (another filter), which is not looked at from the same place.
 */
export function droppedFrom(before: readonly Entry[], now: readonly Entry[]): number | undefined {
  const head = now[0]?.id;
  const gone = before.findIndex((one) => one.id === head);
  if (gone < 0) return undefined;
  for (let at = gone; at < before.length; at++) if (before[at]?.id !== now[at - gone]?.id) return undefined;
  return gone;
}
