import type { BenchOptions } from './options.ts';
import { flowingTurn, type TurnScript } from './turn-script.ts';

const TURNS = 20;
const MINUTES = 10;
const STEP_SECONDS = 15;
/** Tier 3, as Slack's older words have it for appendStream: the tier that a design must bear. */
export const APPENDS_PER_MINUTE = 50;

/** The load that ours and the peer get alike. */
export interface LoadShape {
  scripts: TurnScript[];
  minutes: number;
  full: boolean;
  /** What the latency is measured by: how long all turns take to have an append each, milliseconds. */
  shareMs: number;
}

export function loadShape({
  turns = TURNS,
  minutes = MINUTES,
}: Pick<BenchOptions, 'turns' | 'minutes'>): LoadShape {
  return {
    scripts: Array.from({ length: turns }, (_, turn) =>
      flowingTurn(turn, { seconds: minutes * 60, stepSeconds: STEP_SECONDS }),
    ),
    minutes,
    full: turns >= TURNS && minutes >= MINUTES,
    shareMs: (turns * 60_000) / APPENDS_PER_MINUTE,
  };
}

export const loadWords = ({ scripts, minutes }: LoadShape): string =>
  `${scripts.length} turns at once in one workspace for ${minutes} min, each writing 60 bytes a second with a tool step every ${STEP_SECONDS} s, at ${APPENDS_PER_MINUTE} chat.appendStream a minute`;
