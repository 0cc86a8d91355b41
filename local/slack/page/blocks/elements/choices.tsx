import { useId } from 'react';
import type { Json, JsonObject } from '../../../json.ts';
import { objectOf, objectsOf, plainOf, wordOf } from '../read.ts';
import { TextObject } from '../text/text-object.tsx';
import type { ElementProps } from './element.tsx';
import './choices.css';

const nameOf = (option: JsonObject | undefined): string => wordOf(option?.value);

/** Options that can be ticked, each by itself. */
export function Checkboxes({ element, place, handle }: ElementProps) {
  const chosen = new Set(objectsOf(handle.value).map(nameOf));
  const toggle = (option: JsonObject): void => {
    const next = new Set(chosen);
    if (!next.delete(nameOf(option))) next.add(nameOf(option));
    handle.change(objectsOf(element.options).filter((one) => next.has(nameOf(one))));
  };
  return (
    <Options
      type="checkbox"
      {...{ element, place, handle }}
      isChosen={(option) => chosen.has(nameOf(option))}
      onChoose={toggle}
    />
  );
}

/** Options of which one is chosen. */
export function RadioButtons({ element, place, handle }: ElementProps) {
  const chosen = nameOf(objectOf(handle.value));
  return (
    <Options
      type="radio"
      {...{ element, place, handle }}
      isChosen={(option) => nameOf(option) === chosen}
      onChoose={(option) => handle.change(option as Json)}
    />
  );
}

function Options({
  type,
  element,
  place,
  handle,
  isChosen,
  onChoose,
}: ElementProps & {
  type: 'checkbox' | 'radio';
  isChosen: (option: JsonObject) => boolean;
  onChoose: (option: JsonObject) => void;
}) {
  const name = useId();
  const label = type === 'radio' ? 'Choose one' : 'Choose any';
  return (
    <fieldset
      className="choices"
      role={type === 'radio' ? 'radiogroup' : undefined}
      aria-labelledby={place.labelledBy}
      aria-label={place.labelledBy === undefined ? label : undefined}
      aria-describedby={place.describedBy}
    >
      {objectsOf(element.options).map((option, at) => (
        <label className="choice" key={nameOf(option)}>
          <input
            type={type}
            name={name}
            checked={isChosen(option)}
            disabled={handle.inert}
            aria-invalid={place.isInvalid || undefined}
            data-focus-on-load={(at === 0 && element.focus_on_load === true) || undefined}
            onChange={() => onChoose(option)}
          />
          <span className="choice-text">
            <TextObject text={option.text} />
            {plainOf(option.description) !== '' && (
              <span className="choice-description">
                <TextObject text={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
