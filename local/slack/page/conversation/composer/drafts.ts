import { create } from 'zustand';

/** What was written and not sent, by `user/channel/thread`. Kept for this visit. */
const DRAFTS = new Map<string, string>();

/** Counts up when a draft begins or ends, not with every letter. */
const useMarks = create<{ changes: number }>(() => ({ changes: 0 }));

export const draftKey = (user: string, channel: string, thread: string): string =>
  `${user}/${channel}/${thread}`;

export const draftOf = (key: string): string => DRAFTS.get(key) ?? '';

export function keepDraft(key: string, text: string): void {
  const had = DRAFTS.has(key);
  if (text.trim() === '') DRAFTS.delete(key);
  else DRAFTS.set(key, text);
  if (had !== DRAFTS.has(key)) useMarks.setState(({ changes }) => ({ changes: changes + 1 }));
}

/** Whether something unsent is there. */
export const useDraftMark = (key: string): boolean => useMarks(() => DRAFTS.has(key));
