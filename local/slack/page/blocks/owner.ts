import { createContext, useContext } from 'react';
import type { JsonObject } from '../../json.ts';

/** Whose blocks these are: what a click on one of their elements is about. */
export type BlockOwner =
  | { kind: 'message'; channel: string; ts: string }
  | { kind: 'modal'; viewId: string }
  | { kind: 'home'; viewId: string; app: string }
  /** Nothing can be pressed: previews. */
  | { kind: 'inert' };

/** What the simulator knows of a view that is filled in. */
export type ViewForm = {
  /** `state.values` of the view: by block, by action. */
  values: Record<string, Record<string, JsonObject>>;
  /** Sentences to show at the fields, by block. */
  errors: Record<string, string>;
};

/** One text per owner: the same owner comes as another object with every drawing. */
export function ownerKey(owner: BlockOwner): string {
  switch (owner.kind) {
    case 'message':
      return `message ${owner.channel} ${owner.ts}`;
    case 'modal':
      return `view ${owner.viewId}`;
    case 'home':
      return `view ${owner.viewId} ${owner.app}`;
    case 'inert':
      return 'inert';
  }
}

const INERT: BlockOwner = { kind: 'inert' };
const EMPTY: ViewForm = { values: {}, errors: {} };

export const OwnerContext = createContext<BlockOwner>(INERT);
export const FormContext = createContext<ViewForm>(EMPTY);

export const useOwner = (): BlockOwner => useContext(OwnerContext);
export const useForm = (): ViewForm => useContext(FormContext);
