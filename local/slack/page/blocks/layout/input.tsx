import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import type { JsonObject } from '../../../json.ts';
import { Element } from '../elements/element.tsx';
import type { Place } from '../elements/place.ts';
import { useForm } from '../owner.ts';
import { objectOf, plainOf, wordOf } from '../read.ts';
import './input.css';

/** A labelled field with its hint, and what is wrong with it. */
export function Input({ block }: { block: JsonObject }) {
  const id = useId();
  const { errors } = useForm();
  const element = objectOf(block.element) ?? {};
  const blockId = wordOf(block.block_id);
  const error = errors[blockId] ?? '';
  const hint = plainOf(block.hint);
  const isOptional = block.optional === true;
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter((one) => one !== '');
  const place: Place = {
    blockId,
    isInput: true,
    dispatches: block.dispatch_action === true,
    fieldId: id,
    labelledBy: `${id}-label`,
    describedBy: described.join(' ') || undefined,
    isInvalid: error !== '',
    isRequired: !isOptional,
  };
  return (
    <div className="input-block">
      <div className="input-label">
        <label id={`${id}-label`} htmlFor={id}>
          {plainOf(block.label)}
        </label>
        {isOptional && <span className="input-optional"> (optional)</span>}
      </div>
      <Element element={element} place={place} />
      {error !== '' && (
        <p className="input-error" id={`${id}-error`}>
          <TriangleAlert size={14} aria-hidden="true" /> {error}
        </p>
      )}
      {hint !== '' && (
        <p className="input-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
