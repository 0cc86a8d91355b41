import { drawEmoji } from '../../richtext/emoji.ts';
import type { Message } from '../store/types.ts';
import { handlesOf } from './use-names.ts';
import { fromWire } from './wire-text.ts';

/** A message in one line without marks, for places that only point at it. */
export const plainText = (message: Pick<Message, 'text'>): string =>
  drawEmoji(fromWire(message.text, handlesOf())).replaceAll(/\s+/g, ' ').trim();
