import { useEffect } from 'react';
import type { ActiveFault, Fault } from '../../../faults/faults.ts';
import { request } from '../../api/request.ts';
import { useStore } from '../../store/store.ts';

/** How long after a call that met a fault its hits are asked for again, in milliseconds. */
const SETTLE_MS = 400;

export const useFaultCount = (): number => useStore((state) => state.faults.length);

async function load(): Promise<void> {
  const faults = await request<ActiveFault[]>('GET', '/faults');
  useStore.setState({ faults });
}

/** Switches a fault on. @throws AdminError */
export async function addFault(fault: Fault): Promise<void> {
  await request('POST', '/faults', fault);
  await load();
}

export async function removeFaults(ids: number[]): Promise<void> {
  await Promise.all(ids.map((id) => request('DELETE', `/faults/${id}`)));
  await load();
}

export async function removeAllFaults(): Promise<void> {
  await request('DELETE', '/faults');
  await load();
}

/**
 * Keeps the list of faults true: the feed tells when one is switched on or off; their hits are asked for again when
 * a call met one, and while any is on, when something was delivered.
 */
export function useFollowFaults(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        load().catch((error: unknown) => console.info('The faults could not be loaded', error));
      }, SETTLE_MS);
    };
    soon();
    const stop = useStore.subscribe((now, before) => {
      const met = now.calls !== before.calls && now.calls.at(-1)?.fault !== null && now.calls.length > 0;
      const delivered = now.deliveries !== before.deliveries && now.faults.length > 0;
      if (met || delivered || now.state !== before.state) soon();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
}
