import type { JsonObject } from '../../json.ts';
import { numeric } from '../formats.ts';
import { LIMITS } from '../limits.ts';
import { dispatchActionConfig, placeholder } from '../objects.ts';
import { richText } from '../rich-text.ts';
import { array, boolean, type Check, has, integer, optional, type Shape, string } from '../rules.ts';
import { element } from './element.ts';

/** Elements in which something is typed or given (§3.2). */

const typing: Shape = {
  placeholder: optional(placeholder),
  focus_on_load: optional(boolean),
  dispatch_action_config: optional(dispatchActionConfig),
};

const { plainTextInput: PLAIN, richTextInput: RICH, fileInput: FILES } = LIMITS;

/** `low` must not be beyond `high`, both given. */
const ordered =
  (low: string, high: string): Check =>
  (value) =>
    has(value, low) && has(value, high) && Number(value[low]) > Number(value[high])
      ? { message: `must be less than or equal to ${high}`, at: `/${low}` }
      : undefined;

export const plainTextInput = element(
  'plain_text_input',
  {
    ...typing,
    initial_value: optional(string(undefined, 0)),
    multiline: optional(boolean),
    min_length: optional(integer(0, PLAIN.minLength)),
    max_length: optional(integer(1, PLAIN.maxLength)),
  },
  ordered('min_length', 'max_length'),
);

export const numberInput = element(
  'number_input',
  {
    ...typing,
    is_decimal_allowed: { kind: 'boolean' },
    initial_value: optional(numeric),
    min_value: optional(numeric),
    max_value: optional(numeric),
  },
  (value) => ordered('min_value', 'max_value')(value) ?? wholeNumbers(value),
);

function wholeNumbers(value: JsonObject) {
  if (value.is_decimal_allowed) return undefined;
  const name = ['initial_value', 'min_value', 'max_value'].find((one) => String(value[one]).includes('.'));
  return name && has(value, name)
    ? { message: 'must not be a decimal number unless is_decimal_allowed is true', at: `/${name}` }
    : undefined;
}

const address: Shape = { ...typing, initial_value: optional(string(undefined, 0)) };

export const emailTextInput = element('email_text_input', address);
export const urlTextInput = element('url_text_input', address);

export const richTextInput = element(
  'rich_text_input',
  {
    ...typing,
    initial_value: optional(richText),
    min_lines: optional(integer(RICH.minLines, RICH.maxLines)),
    max_lines: optional(integer(RICH.minLines, RICH.maxLines)),
  },
  ordered('min_lines', 'max_lines'),
);

export const fileInput = element('file_input', {
  filetypes: optional(array(string())),
  max_files: optional(integer(FILES.minFiles, FILES.maxFiles)),
});
