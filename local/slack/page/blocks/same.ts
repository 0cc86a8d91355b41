const WRITTEN = new WeakMap<object, string>();

/** JSON of an object that does not change, written once. */
function writtenOf(value: object): string {
  let written = WRITTEN.get(value);
  if (written === undefined) {
    written = JSON.stringify(value);
    WRITTEN.set(value, written);
  }
  return written;
}

/**
 * Whether two stored objects say the same. They come anew from the feed with every change of their message, so a
 * growing stream would draw all its blocks again if references were compared.
 */
export const sameJson = (one: object, other: object): boolean =>
  one === other || writtenOf(one) === writtenOf(other);

/** For `memo`: the same props, where `given` is compared by what it says. */
export function sameGiven<P extends { given: object }>(before: P, after: P): boolean {
  const names = Object.keys(after) as (keyof P)[];
  if (names.length !== Object.keys(before).length) return false;
  return names.every((name) => name === 'given' || before[name] === after[name])
    ? sameJson(before.given, after.given)
    : false;
}
