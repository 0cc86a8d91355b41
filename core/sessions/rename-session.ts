import { ConditionFailedError } from '../store/errors.ts';
import { keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { SessionRecord } from './record.ts';

export interface Rename {
  sessionId: string;
  /** At most 200 characters (agents.sessions.rename). */
  title: string;
  /** When the person gave it, epoch milliseconds: of two that arrive in the wrong order the later one stays. */
  at: number;
}

/** `kept`: the title is this one already, or a later rename has come before. */
export type RenameOutcome = 'renamed' | 'kept' | 'unknown';

/**
 * A person's title. It replaces any other, and no model's title replaces it (case K-35). The version goes up with
 * it: whoever writes the whole record reads it again first. A title that says the same changes nothing, so a rename
 * of our own that comes back as an event makes it no person's.
 */
export async function renameSession(
  { store }: { store: Pick<Store, 'update'> },
  { sessionId, title, at }: Rename,
): Promise<RenameOutcome> {
  try {
    await store.update<SessionRecord>({
      key: keys.session(sessionId),
      set: { title, titleBy: 'person', titleAt: at },
      add: { version: 1 },
      condition: {
        expression:
          'attribute_exists(#pk) AND (attribute_not_exists(#title) OR #title <> :title) AND (attribute_not_exists(#titleAt) OR #titleAt <= :at)',
        values: { ':title': title, ':at': at },
      },
    });
    return 'renamed';
  } catch (error) {
    if (error instanceof ConditionFailedError) return error.item ? 'kept' : 'unknown';
    throw error;
  }
}
