import { useEffect, useState } from 'react';
import { request } from '../../api/request.ts';

export type Loaded<T> = { value: T | undefined; error: string | undefined };

/**
 * What the admin API has at a path; asked for again when the path or `version` changes. What was there for the same
 * path stays until the new answer is there, so nothing flickers.
 */
export function useLoaded<T>(path: string, version: unknown = 0): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T> & { path: string }>({
    path: '',
    value: undefined,
    error: undefined,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version must be loaded too
  useEffect(() => {
    let current = true;
    request<T>('GET', path)
      .then((value) => current && setLoaded({ path, value, error: undefined }))
      .catch((error: unknown) => {
        if (current)
          setLoaded({
            path,
            value: undefined,
            error: error instanceof Error ? error.message : String(error),
          });
      });
    return () => {
      current = false;
    };
  }, [path, version]);
  return loaded.path === path ? loaded : { value: undefined, error: undefined };
}
