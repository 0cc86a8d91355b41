import type { TextPolicy } from '../../display/display.ts';
import { inertLine } from '../../slack/text.ts';
import { FIELD_LIMIT } from './card-text.ts';
import type { TaskChunk } from './draft-chunks.ts';

/**
 * A card whose texts link only where the policy lets them; what people read of it stays. Cards mention nobody, whatever
 * the policy: that is done where their texts are made.
 */
export function inertCard(card: TaskChunk, policy: TextPolicy): TaskChunk {
  if (policy.links === 'all') return card;
  const inert = (text: string): string => {
    const lines = text.split('\n').map((line) => inertLine(line, { mentions: 'none', links: policy.links }));
    return Array.from(lines.join('\n')).slice(0, FIELD_LIMIT).join('');
  };
  const { title, details, output } = card;
  return {
    ...card,
    title: inert(title),
    ...(details === undefined ? {} : { details: inert(details) }),
    ...(output === undefined ? {} : { output: inert(output) }),
  };
}
