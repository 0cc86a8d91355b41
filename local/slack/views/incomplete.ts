import { elementsIn, type Placed } from '../interactions/elements.ts';
import { INPUT_KINDS } from '../interactions/input-kinds.ts';
import { isEmptyValue } from '../interactions/input-values.ts';
import type { Json } from '../json.ts';
import type { StoredView } from './types.ts';

/**
 * What Slack itself finds missing before it sends a view: empty required inputs, lengths, numbers, addresses
 * (§3.2 limits of elements). By block_id; empty when the view can be sent.
 */
export function incompleteInputs(view: StoredView): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const placed of elementsIn(view.blocks)) {
    if (!placed.input) continue;
    const message = faultOf(placed, placed.input.optional === true, enteredValue(view, placed));
    if (message) errors[placed.blockId] = message;
  }
  return errors;
}

function enteredValue(view: StoredView, { type, blockId, actionId }: Placed): Json | undefined {
  const member = INPUT_KINDS[type]?.member;
  return member && view.values[blockId]?.[actionId]?.[member];
}

function faultOf({ type, element }: Placed, optional: boolean, value: Json | undefined): string | undefined {
  if (isEmptyValue(value) || (typeof value === 'string' && value.trim() === '')) {
    return optional ? undefined : 'Please fill in this field.';
  }
  const text = String(value);
  const bound = (name: string) => (element[name] === undefined ? undefined : Number(element[name]));
  switch (type) {
    case 'plain_text_input': {
      const min = bound('min_length');
      const max = bound('max_length');
      if (min !== undefined && text.length < min) return `Please write at least ${min} characters.`;
      if (max !== undefined && text.length > max) return `Please write no more than ${max} characters.`;
      return undefined;
    }
    case 'number_input': {
      const min = bound('min_value');
      const max = bound('max_value');
      const form = element.is_decimal_allowed === true ? /^-?(\d+(\.\d+)?|\.\d+)$/ : /^-?\d+$/;
      if (!form.test(text))
        return element.is_decimal_allowed === true
          ? 'Please enter a number.'
          : 'Please enter a whole number.';
      if (min !== undefined && Number(text) < min) return `Please enter ${min} or more.`;
      return max !== undefined && Number(text) > max ? `Please enter ${max} or less.` : undefined;
    }
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'Please enter an e-mail address.';
    case 'url_text_input':
      return URL.canParse(text) && /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? undefined : 'Please enter a URL.';
    default:
      return undefined;
  }
}
