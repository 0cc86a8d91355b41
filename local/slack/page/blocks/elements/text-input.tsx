import { type ComponentProps, useId } from 'react';
import { numberOf, objectOf, plainOf, wordOf, wordsOf } from '../read.ts';
import type { ElementProps } from './element.tsx';
import { naming } from './place.ts';
import './text-input.css';

const KINDS: Record<string, ComponentProps<'input'>> = {
  number_input: { type: 'text', inputMode: 'decimal' },
  email_text_input: { type: 'email', autoComplete: 'off' },
  url_text_input: { type: 'url', autoComplete: 'off' },
};

/** From so many characters left on, how many there are is shown. */
const NEAR = 50;

/** Typed text: plain, of several lines, a number, an e-mail address, a URL. Slack checks them when the form is sent. */
export function TextInput({ element, place, handle }: ElementProps) {
  const hintId = useId();
  const text = wordOf(handle.value);
  const triggers = wordsOf(objectOf(element.dispatch_action_config)?.trigger_actions_on);
  const onEnter = place.dispatches && (triggers.length === 0 || triggers.includes('on_enter_pressed'));
  const onCharacter = place.dispatches && triggers.includes('on_character_entered');
  const many = element.multiline === true;
  const left = numberOf(element.max_length, Number.POSITIVE_INFINITY) - text.length;
  const hint = onEnter ? (many ? 'Press Ctrl+Enter to submit' : 'Press Enter to submit') : '';
  const described = [place.describedBy, hint === '' ? undefined : hintId].filter((id) => id !== undefined);
  const props = {
    ...naming(
      { ...place, describedBy: described.join(' ') || undefined },
      plainOf(element.placeholder) || 'Text',
    ),
    value: text,
    placeholder: plainOf(element.placeholder),
    disabled: handle.inert,
    'data-focus-on-load': element.focus_on_load === true || undefined,
    onChange: (event: { target: { value: string } }) =>
      handle.change(event.target.value === '' ? null : event.target.value, {
        act: onCharacter,
        when: 'rest',
      }),
    onKeyDown: (event: { key: string; ctrlKey: boolean; metaKey: boolean; preventDefault: () => void }) => {
      if (!onEnter || event.key !== 'Enter' || (many && !event.ctrlKey && !event.metaKey)) return;
      event.preventDefault();
      handle.change(text === '' ? null : text, { act: true });
    },
  } as const;
  return (
    <div className="text-input">
      {many ? (
        <textarea className="field-input text-input-area" rows={4} {...props} />
      ) : (
        <input className="field-input" type="text" {...KINDS[wordOf(element.type)]} {...props} />
      )}
      <div className="text-input-foot">
        {hint !== '' && <span id={hintId}>{hint}</span>}
        {left <= NEAR && <Left count={left} />}
      </div>
    </div>
  );
}

function Left({ count }: { count: number }) {
  return (
    <span className={count < 0 ? 'text-input-left text-input-over' : 'text-input-left'}>
      {count < 0 ? `${-count} over the limit` : `${count} left`}
    </span>
  );
}
