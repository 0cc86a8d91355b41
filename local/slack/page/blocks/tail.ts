import { createContext, type ReactNode, useContext } from 'react';
import type { Json, JsonObject } from '../../json.ts';
import { objectOf, objectsOf, plainOf } from './read.ts';

/** What stands at the very end of a message, such as "(edited)". Only the words that end it get to know it. */
export const TailContext = createContext<ReactNode>(null);

export const useTail = (): ReactNode => useContext(TailContext);

/** Texts of sections from this length on may be folded, and what follows them would be folded too. */
export const LONG = 400;

/** Whether a block ends in words, so that the tail follows them in their line. */
export function takesTail(block: JsonObject | undefined): boolean {
  switch (block?.type) {
    case 'rich_text':
      return endsInWords(block);
    case 'section':
      return (
        objectsOf(block.fields).length === 0 &&
        (block.expand === true || plainOf(block.text).length < LONG) &&
        textTakesTail(block.text)
      );
    case 'context':
      return textTakesTail(objectsOf(block.elements).at(-1));
    default:
      return false;
  }
}

function textTakesTail(text: Json | undefined): boolean {
  if (plainOf(text) === '') return false;
  const rich = objectOf(objectOf(text)?.rich_text);
  return rich === undefined || endsInWords(rich);
}

const endsInWords = (rich: JsonObject): boolean =>
  objectsOf(rich.elements).at(-1)?.type === 'rich_text_section';
