/** Makes room for one more in a map that holds at most `most`: the oldest go. */
export function dropOldest<K, V>(map: Map<K, V>, most: number): void {
  for (const key of map.keys()) {
    if (map.size < most) return;
    map.delete(key);
  }
}
