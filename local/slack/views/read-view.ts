import { ApiError } from '../api/errors.ts';
import { storedBlocks, withDefaults } from '../blocks/store.ts';
import { isViewTooLarge, validateView } from '../blocks/validate-view.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ViewBody } from './types.ts';

/**
 * Reads a view that an app gives: checked by the table of §3, all or nothing.
 *
 * @param type what it must be here: a modal takes no home, and the other way round
 * @throws ApiError view_too_large; invalid_arguments with the faults
 */
export function readView(given: JsonObject, type: ViewBody['type'], pointer = '/view'): ViewBody {
  if (isViewTooLarge(given)) throw new ApiError('view_too_large');
  const faults = validateView(given, pointer);
  if (faults.length === 0 && given.type !== type)
    faults.push({ message: `must be one of: ${type}`, pointer: `${pointer}/type` });
  if (faults.length > 0) throw ApiError.forFaults('invalid_arguments', faults);
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '');
  return {
    type,
    title: plainText(given.title),
    submit: plainText(given.submit),
    close: plainText(given.close),
    blocks: storedBlocks(Array.isArray(given.blocks) ? given.blocks : []),
    privateMetadata: text('private_metadata'),
    callbackId: text('callback_id'),
    externalId: text('external_id'),
    clearOnClose: given.clear_on_close === true,
    notifyOnClose: given.notify_on_close === true,
  };
}

function plainText(value: Json | undefined): JsonObject | null {
  const text = withDefaults(structuredClone(value));
  return isObject(text) ? text : null;
}
