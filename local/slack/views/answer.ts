import { ApiError } from '../api/errors.ts';
import { elementsIn } from '../interactions/elements.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { readView } from './read-view.ts';
import type { StoredView, ViewBody } from './types.ts';

/** What an app's answer to a view_submission asks for (§4). */
export type SubmissionAnswer =
  | { action: 'close' }
  | { action: 'clear' }
  | { action: 'update' | 'push'; body: ViewBody }
  | { action: 'errors'; errors: Record<string, string> }
  /** Slack cannot use it: the person sees that something went wrong, the developer why. */
  | { action: 'unusable'; reason: string };

/** Reads the body of a 2xx answer. Anything but what §4 names is unusable. */
export function readSubmissionAnswer(view: StoredView, status: number, body: string): SubmissionAnswer {
  if (status !== 200) return unusable(`the answer has status ${status}; it must be 200`);
  if (body.trim() === '') return { action: 'close' };
  const given = parse(body);
  if (!given) return unusable('the body must be empty to close the view, or a JSON object');
  switch (given.response_action) {
    case 'clear':
      return { action: 'clear' };
    case 'update':
    case 'push':
      return nextView(given.response_action, given.view);
    case 'errors':
      return fieldErrors(view, given.errors);
    default:
      return unusable('response_action must be one of: clear, update, push, errors');
  }
}

function nextView(action: 'update' | 'push', view: unknown): SubmissionAnswer {
  if (!isObject(view)) return unusable(`response_action ${action} needs a view`);
  try {
    return { action, body: readView(view, 'modal') };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { messages = [] } = (error.extra.response_metadata ?? {}) as { messages?: string[] };
    return unusable([`the view is refused: ${error.code}`, ...messages].join('; '));
  }
}

function fieldErrors(view: StoredView, given: unknown): SubmissionAnswer {
  if (!isObject(given) || Object.keys(given).length === 0)
    return unusable('response_action errors needs errors by block_id');
  const inputs = new Set(elementsIn(view.blocks).flatMap((one) => (one.input ? [one.blockId] : [])));
  const errors: Record<string, string> = {};
  for (const [blockId, message] of Object.entries(given)) {
    if (!inputs.has(blockId))
      return unusable(`errors names ${blockId}, which is no input block of this view`);
    if (typeof message !== 'string' || message === '') return unusable(`the error of ${blockId} is no text`);
    errors[blockId] = message;
  }
  return { action: 'errors', errors };
}

function unusable(reason: string): SubmissionAnswer {
  return { action: 'unusable', reason };
}

function parse(body: string): JsonObject | undefined {
  try {
    const value: unknown = parseJson(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
