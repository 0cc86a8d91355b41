import { numberOf, plainOf } from '../read.ts';
import type { ElementProps } from './element.tsx';
import { naming } from './place.ts';
import { richTextOf, textOf } from './plain-rich-text.ts';
import './text-input.css';

const DEFAULT_LINES = 4;

/** Rich text, typed as plain text: what is sent is a rich_text value all the same. */
export function RichTextInput({ element, place, handle }: ElementProps) {
  return (
    <div className="text-input">
      <textarea
        className="field-input text-input-area"
        {...naming(place, plainOf(element.placeholder) || 'Formatted text')}
        rows={Math.min(Math.max(numberOf(element.min_lines, DEFAULT_LINES), 2), 16)}
        value={textOf(handle.value)}
        placeholder={plainOf(element.placeholder)}
        disabled={handle.inert}
        data-focus-on-load={element.focus_on_load === true || undefined}
        onChange={(event) => handle.change(richTextOf(event.target.value), { when: 'rest' })}
      />
    </div>
  );
}
