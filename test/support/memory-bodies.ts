import type { Bodies } from '../../core/store/bodies.ts';

export interface MemoryBodies extends Bodies {
  keys: () => string[];
  /** Writing fails with it while it is set. */
  fail?: Error;
}

/** A bucket in memory; what is not there is refused as S3 does it. */
export function memoryBodies(): MemoryBodies {
  const held = new Map<string, Uint8Array>();
  const getBytes = async (key: string): Promise<Uint8Array> => {
    const bytes = held.get(key);
    if (!bytes) throw Object.assign(new Error('The specified key does not exist.'), { name: 'NoSuchKey' });
    return bytes;
  };
  const bodies: MemoryBodies = {
    keys: () => [...held.keys()],
    put: (key, body) => bodies.putBytes(key, Buffer.from(JSON.stringify(body))),
    get: async (key) => JSON.parse(Buffer.from(await getBytes(key)).toString()) as unknown,
    putBytes: async (key, bytes) => {
      await Promise.resolve();
      if (bodies.fail) throw bodies.fail;
      held.set(key, Uint8Array.from(bytes));
    },
    getBytes,
  };
  return bodies;
}
