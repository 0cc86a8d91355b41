/**
 * A tool's result as JSON holds it: dates are text, functions and `undefined` are left out.
 *
 * @throws TypeError for what JSON cannot hold, or would turn into something else without a word; its message ends
 *   the sentence "the result …"
 */
export function jsonValue(value: unknown): unknown {
  try {
    const json = JSON.stringify(value, refuse);
    return json === undefined ? null : (JSON.parse(json) as unknown);
  } catch (error) {
    if (error instanceof Refusal) throw new TypeError(error.message);
    if (error instanceof RangeError) throw new TypeError('is nested too deeply, or too long');
    if (error instanceof TypeError && /circular|cyclic/i.test(error.message))
      throw new TypeError('refers to itself in a circle');
    // A `toJSON` or a getter of the tool's own.
    throw new TypeError(
      `cannot be written as JSON (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

class Refusal extends Error {}

/** `given` is what `toJSON` made of the value; a Buffer, for one, makes a list of numbers of itself. */
function refuse(this: unknown, key: string, given: unknown): unknown {
  const original = typeof this === 'object' && this !== null ? Reflect.get(this, key) : given;
  const what = nameOf(original);
  if (what) throw new Refusal(`holds ${what}${key ? ` at \`${key}\`` : ''}, which JSON cannot`);
  return given;
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === 'bigint') return 'a number of the type BigInt';
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value) || value instanceof Blob)
    return 'binary data';
  if (value instanceof Map || value instanceof Set) return 'a Map or Set';
  return undefined;
}
