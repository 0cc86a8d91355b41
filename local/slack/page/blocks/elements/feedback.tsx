import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { IconButton } from '../../ui/button.tsx';
import { objectOf, plainOf, wordOf } from '../read.ts';
import type { ElementProps } from './element.tsx';
import './feedback.css';

const SIDES = [
  ['positive', ThumbsUp],
  ['negative', ThumbsDown],
] as const;

/** Thumb up and down below an answer; the one that was pressed stays marked. */
export function FeedbackButtons({ element, handle }: ElementProps) {
  const { press, state, inert } = handle;
  return (
    <fieldset className="feedback">
      <legend className="visually-hidden">Feedback</legend>
      {SIDES.map(([choice, Thumb]) => {
        const side = objectOf(element[`${choice}_button`]);
        return (
          <IconButton
            key={choice}
            className="feedback-button"
            label={wordOf(side?.accessibility_label) || plainOf(side?.text)}
            aria-pressed={state.choice === choice}
            aria-disabled={state.busy || inert || undefined}
            onClick={() => press({ input: { choice }, note: { choice } })}
          >
            <Thumb size={16} aria-hidden="true" />
          </IconButton>
        );
      })}
    </fieldset>
  );
}
