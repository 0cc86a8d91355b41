import { request } from '../api/request.ts';
import { settlePlace } from './navigate.ts';
import { applyBatch, replaceState, useStore } from './store.ts';
import type { AdminState, FeedItem, PageCall, PageDelivery } from './types.ts';

/** Loads all that there is. */
async function load(): Promise<void> {
  const [state, calls, deliveries] = await Promise.all([
    request<AdminState>('GET', '/state?for=page'),
    request<PageCall[]>('GET', '/calls?for=page'),
    request<PageDelivery[]>('GET', '/deliveries?for=page'),
  ]);
  replaceState(state, calls, deliveries);
  settlePlace();
}

/** Loads everything, then follows the feed; loads again when the connection was lost or the world changed. */
export function follow(): void {
  const feed = new EventSource('/_admin/events');
  let loading: Promise<void> | undefined;
  let again = false;
  /** What was told during a load: what was loaded may be older. */
  const meanwhile: FeedItem[] = [];
  const reload = (): void => {
    if (loading) {
      again = true;
      return;
    }
    meanwhile.length = 0;
    loading = load()
      .then(() => void applyBatch(meanwhile.splice(0)))
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        loading = undefined;
        if (again) {
          again = false;
          reload();
        }
      });
  };
  feed.addEventListener('hello', () => {
    useStore.setState({ connected: true });
    reload();
  });
  feed.addEventListener('batch', (event) => {
    const items = JSON.parse((event as MessageEvent<string>).data) as FeedItem[];
    if (loading) meanwhile.push(...items);
    if (applyBatch(items)) reload();
  });
  feed.addEventListener('error', () => useStore.setState({ connected: false }));
}
