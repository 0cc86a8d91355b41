import { create } from 'zustand';
import { elementsIn } from '../../../interactions/elements.ts';
import type { Json } from '../../../json.ts';
import { cancelAll } from './later.ts';
import type { Value } from './value.ts';

/** What one person did with one element of one message or view. */
export type ElementState = {
  /** What was entered and, in a view, is not yet known to the simulator. */
  draft?: Value | undefined;
  /** The app has not answered yet. */
  busy?: boolean;
  /** Why the app did not take it, as a sentence. */
  failure?: string;
  /** Of feedback buttons: which one was pressed. */
  choice?: 'positive' | 'negative';
};

const UNTOUCHED: ElementState = {};

/** By `user · owner · block · action`: kept apart from the drawing, because lists forget what is out of sight. */
const useElements = create<Record<string, ElementState>>(() => ({}));

export const useElementState = (key: string): ElementState => useElements((state) => state[key] ?? UNTOUCHED);

export const elementState = (key: string): ElementState => useElements.getState()[key] ?? UNTOUCHED;

export function setElement(key: string, change: ElementState): void {
  useElements.setState((state) => ({ [key]: { ...state[key], ...change } }));
}

const SEPARATOR = '\n';

export const elementKey = (user: string, owner: string, blockId: string, actionId: string): string =>
  [user, owner, blockId, actionId].join(SEPARATOR);

/**
 * What a person entered in a view that the simulator may not know yet, by block, by action: to be sent along with the
 * view. It is not told by itself any more.
 */
export function takeDrafts(
  user: string,
  owner: string,
  blocks: readonly Json[],
): Record<string, Record<string, Value>> {
  const present = new Map(
    elementsIn(blocks).map((one) => [`${one.blockId}${SEPARATOR}${one.actionId}`, one.type]),
  );
  const drafts: Record<string, Record<string, Value>> = {};
  cancelAll((key) => key.startsWith(`${user}${SEPARATOR}${owner}${SEPARATOR}`));
  for (const [key, { draft }] of Object.entries(useElements.getState())) {
    const [who, whose, blockId = '', actionId = ''] = key.split(SEPARATOR);
    if (who !== user || whose !== owner || !draft) continue;
    if (present.get(`${blockId}${SEPARATOR}${actionId}`) !== draft.type) continue;
    const { type: _type, ...input } = draft;
    drafts[blockId] = { ...drafts[blockId], [actionId]: input };
  }
  return drafts;
}
