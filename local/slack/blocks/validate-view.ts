import type { Json } from '../json.ts';
import { check, type Fault } from './check.ts';
import { LIMITS } from './limits.ts';
import { plainText } from './objects.ts';
import { anything, boolean, type ObjectRule, object, oneOf, optional, string, typed } from './rules.ts';
import type { Surface } from './surfaces.ts';
import { inspectBlocks } from './validate.ts';
import { eachBlock, elementsOf } from './walk.ts';

const MAX = LIMITS.view;

/** What both kinds of view have; their blocks are checked apart, for the surface. */
const shared = {
  blocks: anything,
  private_metadata: optional(string(MAX.privateMetadata, 0)),
  callback_id: optional(string(MAX.callbackId, 0)),
  external_id: optional(string(MAX.externalId, 0)),
};

/** Views by type (§3.2 "View", §4). A Home tab has neither title nor buttons. */
const VIEWS: Record<Exclude<Surface, 'message'>, ObjectRule> = {
  modal: object({
    type: oneOf('modal'),
    ...shared,
    title: plainText(MAX.title),
    submit: optional(plainText(MAX.submit)),
    close: optional(plainText(MAX.close)),
    clear_on_close: optional(boolean),
    notify_on_close: optional(boolean),
  }),
  home: object({ type: oneOf('home'), ...shared }),
};

const anyView = typed('type', () => VIEWS);

/**
 * Checks a view for views.open, push, update or publish, all or nothing (§3, §4).
 *
 * @param pointer where the view stands in the call
 * @returns the faults; empty when the view is good. Its size is checked by `isViewTooLarge`.
 */
export function validateView(view: Json | undefined, pointer = '/view'): Fault[] {
  return inspectView(view, pointer).map(({ message, pointer: at }) => ({ message, pointer: at }));
}

/** As validateView, with constraints. */
export function inspectView(view: Json | undefined, pointer: string): Fault[] {
  const faults = check(view, anyView, pointer);
  const { type, blocks, submit } = asView(view);
  if (type === undefined || blocks === undefined) return faults;
  faults.push(...inspectBlocks(blocks, `${pointer}/blocks`, type));
  if (faults.length > 0 || !Array.isArray(blocks)) return faults;
  return [...submitForInputs(type, submit, blocks, pointer), ...oneFocus(blocks, pointer)];
}

/** 250 KB as JSON in UTF-8: beyond it the answer is `view_too_large` (§3 Global). */
export function isViewTooLarge(view: Json, maxBytes: number = LIMITS.viewBytes): boolean {
  return Buffer.byteLength(JSON.stringify(view)) > maxBytes;
}

function asView(view: Json | undefined): { type?: 'modal' | 'home'; blocks?: Json; submit?: Json } {
  if (typeof view !== 'object' || view === null || Array.isArray(view)) return {};
  const { type, blocks, submit } = view;
  if (type !== 'modal' && type !== 'home') return {};
  return { type, ...(blocks == null ? {} : { blocks }), ...(submit == null ? {} : { submit }) };
}

/** `submit` is required if any input block (§4). */
function submitForInputs(type: string, submit: Json | undefined, blocks: Json[], pointer: string): Fault[] {
  if (type !== 'modal' || submit !== undefined) return [];
  const input = eachBlock(blocks, `${pointer}/blocks`).find(({ value }) => value.type === 'input');
  if (!input) return [];
  const message = 'must define `submit` to use `input` block';
  return [{ message, pointer: input.pointer, constraint: { type: 'required', expected: 'submit' } }];
}

/** Only one element of a view can have the focus when it opens (§3.2, by Slack's types). */
function oneFocus(blocks: Json[], pointer: string): Fault[] {
  return eachBlock(blocks, `${pointer}/blocks`)
    .flatMap(elementsOf)
    .filter(({ value }) => value.focus_on_load === true)
    .slice(1)
    .map(({ pointer: at }) => ({
      message: 'only one element can have focus_on_load',
      pointer: `${at}/focus_on_load`,
      constraint: { type: 'unique', got: true },
    }));
}
