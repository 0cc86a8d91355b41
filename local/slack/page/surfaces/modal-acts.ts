import { act } from '../api/request.ts';
import { forgetChanges } from '../blocks/elements/changed-blocks.ts';
import { takeDrafts } from '../blocks/elements/element-store.ts';
import { ownerKey } from '../blocks/owner.ts';
import { attempt } from '../ui/toast.tsx';
import type { ViewParts } from './view-parts.ts';

type Submitted = { outcome: string; reason: string | null };

/**
 * Sends a modal with what is entered. What came of it arrives by the feed; returned is why the app's answer was of no
 * use, for the developer, or nothing.
 */
export async function submitView(user: string, { id, blocks }: ViewParts): Promise<string> {
  const owner = ownerKey({ kind: 'modal', viewId: id });
  const values = takeDrafts(user, owner, blocks);
  const answer = await attempt(() => act<Submitted>('view/submit', { user, view_id: id, values }));
  forgetChanges(user, owner);
  return answer?.outcome === 'failed' ? (answer.reason ?? '') : '';
}

/** Closes a view as its button does, or with `all` the whole modal, as × does. */
export async function closeView(user: string, viewId: string, all: boolean): Promise<void> {
  await attempt(() => act('view/close', { user, view_id: viewId, all }));
}
