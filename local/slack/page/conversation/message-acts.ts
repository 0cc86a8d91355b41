import { act } from '../api/request.ts';
import { threadOf } from '../store/messages.ts';
import { go } from '../store/navigate.ts';
import { formatPermalink } from '../store/place.ts';
import { useStore } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { attempt, toast } from '../ui/toast.tsx';

/** Adds a reaction as the person who looks, or takes it away. */
export function react(message: Message, name: string, remove: boolean): void {
  const { user } = useStore.getState();
  const { channel, ts } = message;
  void attempt(() => act('react', { user, channel, ts, name, ...(remove ? { remove } : {}) }));
}

/** Opens the thread of a message beside the channel. */
export const openThread = (message: Message): void =>
  go({ channel: message.channel, thread: threadOf(message) });

/** Puts the permalink of a message on the clipboard. */
export function copyLink(message: Message): void {
  const link = formatPermalink(location.origin, message.channel, message.ts, message.threadTs);
  void attempt(async () => {
    await navigator.clipboard.writeText(link);
    toast('Link copied');
  });
}

/** Presses the stop button of a thread (§10.1). */
export function stop(channel: string, thread: string): void {
  const { user } = useStore.getState();
  void attempt(() => act('stop', { user, channel, thread_ts: thread }));
}

type Delivery = { state: string };

/** Says what Slack says when an app does not answer. */
export function warnOfDelivery(delivery: Delivery | null | undefined, app: string): void {
  if (delivery?.state === 'failed') toast(`${app} did not respond. Try again.`, 'error');
  if (delivery?.state === 'no_url') toast(`${app} has no URL for this yet.`, 'error');
}

/** Runs a shortcut of an app: on a message, or a global one. */
export async function runShortcut(
  shortcut: { app: string; appName: string; callbackId: string },
  message?: Message,
): Promise<void> {
  const { user } = useStore.getState();
  const place = message ? { channel: message.channel, ts: message.ts } : {};
  const body = { user, app: shortcut.app, callback_id: shortcut.callbackId, ...place };
  warnOfDelivery(await attempt(() => act<Delivery>('shortcut', body)), shortcut.appName);
}
