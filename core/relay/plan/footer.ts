import type { FooterPart } from '../../display/display.ts';
import { parseModelName } from '../../models/model-name.ts';
import { cardText } from '../../slack/text.ts';
import { titleOf } from './card-text.ts';

/** What the line under an answer can tell; what is not known is left out. */
export interface FooterFacts {
  /** The agent's name as its definition has it. */
  agent?: string | undefined;
  /** `<provider>/<id>` */
  model?: string | undefined;
  /**
   * How long runs worked on the turn, milliseconds. What it waited for (people, a provider that asked for patience, its
   * turn in the queue) is not in it: an answer that somebody approved after three days did not take three days.
   */
  workedMs?: number | undefined;
  /** US dollars. */
  costUsd?: number | undefined;
}

const LIMIT = 300;

/**
 * The line under an answer (capability 21): its parts in the order in which they were chosen.
 *
 * @returns empty where nothing was chosen, or nothing of it is known
 */
export function footerText(parts: readonly FooterPart[], facts: FooterFacts): string {
  const known = parts.map((part) => textOf[part](facts)).filter((text) => text !== undefined);
  return cardText(known.join(' · '), LIMIT);
}

const textOf: Record<FooterPart, (facts: FooterFacts) => string | undefined> = {
  agent: ({ agent }) => (agent ? titleOf(undefined, agent) : undefined),
  model: ({ model }) => (model ? modelText(model) : undefined),
  time: ({ workedMs }) => (workedMs === undefined ? undefined : timeText(workedMs)),
  cost: ({ costUsd }) => (costUsd === undefined ? undefined : costText(costUsd)),
};

/** Without its provider; of an ARN only the end, for the rest names the account. */
function modelText(name: string): string {
  const parsed = parseModelName(name);
  if (!parsed) return name;
  if (parsed.provider === 'demo') return 'demo';
  return parsed.id.startsWith('arn:') ? parsed.id.slice(parsed.id.lastIndexOf('/') + 1) : parsed.id;
}

function timeText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60
    ? pair(minutes, 'min', seconds % 60, 's')
    : pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

const pair = (large: number, unit: string, small: number, smallUnit: string): string =>
  `${large} ${unit}${small > 0 ? ` ${small} ${smallUnit}` : ''}`;

function costText(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.01) return 'less than $0.01';
  return `$${usd.toFixed(usd < 1 ? 3 : 2)}`;
}
