import type { KeyboardEvent } from 'react';
import { useStore } from '../store/store.ts';
import type { Message } from '../store/types.ts';
import { openThread } from './message-acts.ts';
import { askToDelete, startEditing } from './talk-state.ts';

/** Keys of a message that has the focus itself: T or Enter opens its thread, E edits, Delete deletes, as in Slack. */
export function messageKeys(event: KeyboardEvent<HTMLElement>, message: Message, inThread: boolean): void {
  const withModifier = event.ctrlKey || event.metaKey || event.altKey;
  if (event.target !== event.currentTarget || withModifier || message.ephemeralFor !== undefined) return;
  const mine = message.user === useStore.getState().user;
  const { channel, ts } = message;
  const keys: Record<string, (() => void) | false> = {
    t: !inThread && (() => openThread(message)),
    Enter: !inThread && (() => openThread(message)),
    e: mine && (() => startEditing(channel, ts, inThread)),
    Delete: mine && (() => askToDelete(channel, ts)),
    Backspace: mine && (() => askToDelete(channel, ts)),
  };
  const run = keys[event.key];
  if (!run) return;
  event.preventDefault();
  run();
}
