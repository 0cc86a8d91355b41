import { useCallback, useEffect, useState } from 'react';
import type { RateCounter } from '../../../limits/windows.ts';
import { request } from '../../api/request.ts';

export type RateLimits = { enabled: boolean; counters: RateCounter[] };

/** How often the counters are asked for while somebody looks, in milliseconds. */
const EVERY_MS = 1_000;

/** The rate limits, once a second while this is on the page and the page is seen; `change` acts and shows the outcome. */
export function useRateLimits(): {
  limits: RateLimits | undefined;
  change: (method: string, body?: unknown) => Promise<void>;
} {
  const [limits, setLimits] = useState<RateLimits>();
  useEffect(() => {
    let current = true;
    const load = (): void => {
      if (document.hidden) return;
      request<RateLimits>('GET', '/rate-limits')
        .then((found) => current && setLimits(found))
        .catch((error: unknown) => console.info('The limits could not be loaded', error));
    };
    load();
    const timer = setInterval(load, EVERY_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, []);
  const change = useCallback(async (method: string, body?: unknown): Promise<void> => {
    await request(method, '/rate-limits', body);
    setLimits(await request<RateLimits>('GET', '/rate-limits'));
  }, []);
  return { limits, change };
}
