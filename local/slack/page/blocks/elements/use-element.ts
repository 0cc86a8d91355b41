import { useEffect, useState } from 'react';
import type { Json, JsonObject } from '../../../json.ts';
import { useStore } from '../../store/store.ts';
import { type BlockOwner, ownerKey, useForm, useOwner } from '../owner.ts';
import { objectOf, wordOf } from '../read.ts';
import { noteChange } from './changed-blocks.ts';
import { type ElementState, elementKey, elementState, setElement, useElementState } from './element-store.ts';
import { cancel, later } from './later.ts';
import type { Place } from './place.ts';
import { remember, type Target, tellApp } from './tell.ts';
import { initialOf, memberOf, sameValue } from './value.ts';

/** How long typing must rest before it is sent, in milliseconds. */
const REST_MS = 300;

/** How a new value is told: `rest` after a pause in typing, `now` at once. */
export type When = 'now' | 'rest';

export type ElementHandle = {
  value: Json;
  state: ElementState;
  owner: BlockOwner;
  user: string;
  /** Nothing can be pressed here. */
  inert: boolean;
  /** Takes a value: tells the app where the element acts at once (or `act`), else only keeps it. */
  change: (value: Json, how?: { act?: boolean; when?: When }) => void;
  /** Tells the app that it was pressed: with what such an element sends; `first` is done once it is confirmed. */
  press: (how?: { input?: JsonObject; note?: ElementState; first?: () => void }) => void;
  /** What waits for the person's confirmation. */
  asking: (() => void) | undefined;
  stopAsking: () => void;
};

/** All that an element of a message or view does: its value, and telling the app. */
export function useElement(element: JsonObject, place: Place): ElementHandle {
  const owner = useOwner();
  const form = useForm();
  const user = useStore((state) => state.user);
  const conversation = useStore((state) => state.channel);
  const actionId = wordOf(element.action_id);
  const type = wordOf(element.type);
  const member = memberOf(type) ?? 'value';
  const key = elementKey(user, ownerKey(owner), place.blockId, actionId);
  const state = useElementState(key);
  const target: Target = { user, owner, blockId: place.blockId, actionId };
  const [asking, setAsking] = useState<(() => void) | undefined>();

  const stored = form.values[place.blockId]?.[actionId];
  const known = stored?.type === type ? stored[member] : undefined;
  const draft = state.draft?.type === type ? state.draft[member] : undefined;
  const value = draft ?? known ?? initialOf(element, owner.kind === 'message' ? owner.channel : conversation);
  const arrived = draft !== undefined && stored !== undefined && sameValue(draft, known);
  useEffect(() => {
    if (arrived) setElement(key, { draft: undefined });
  }, [arrived, key]);

  const send = (run: () => Promise<string>, when: When, busy: boolean): void => {
    const now = (): void => void track(key, run, busy);
    cancel(key);
    if (when === 'now') now();
    else later(key, REST_MS, now);
  };
  const confirmed = (run: () => void): void => {
    if (objectOf(element.confirm)) setAsking(() => run);
    else run();
  };

  return {
    value,
    state,
    owner,
    user,
    inert: owner.kind === 'inert',
    change: (next, { act = !place.isInput || place.dispatches, when = 'now' } = {}) => {
      const input = { [member]: next };
      const take = (): void => {
        setElement(key, { draft: { type, ...input }, failure: '' });
        if (owner.kind === 'modal') noteChange(user, ownerKey(owner), place.blockId);
        if (act) send(() => tellApp(target, input), when, when === 'now');
        else send(() => remember(target, input).then(() => ''), 'rest', false);
      };
      if (act) confirmed(take);
      else take();
    },
    press: ({ input = {}, note = {}, first } = {}) => {
      if (owner.kind === 'inert' || elementState(key).busy) return;
      confirmed(() => {
        first?.();
        setElement(key, note);
        send(() => tellApp(target, input), 'now', true);
      });
    },
    asking,
    stopAsking: () => setAsking(undefined),
  };
}

/** Runs what tells the app or the simulator; the element says what became of it. */
async function track(key: string, run: () => Promise<string>, busy: boolean): Promise<void> {
  setElement(key, { busy, failure: '' });
  try {
    setElement(key, { failure: await run() });
  } catch (error) {
    setElement(key, { failure: error instanceof Error ? error.message : String(error) });
  } finally {
    setElement(key, { busy: false });
  }
}
