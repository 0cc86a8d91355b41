import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TurnState } from '../../core/turns/record.ts';
import { mayTake, type TurnEvent, turnEvents } from '../../core/turns/transitions.ts';

const DOCUMENT = join(import.meta.dirname, '..', '..', 'docs', 'turn-states.md');
const BEGIN = '<!-- states: begin -->';
const END = '<!-- states: end -->';

/** What each state means for people and for the machine. */
const states: Record<TurnState, string> = {
  starting: 'Admitted, or handed on from the queue; no run has taken it yet.',
  running: 'A run works on it, or its execution is about to invoke the next one.',
  paused: 'Waits for people; nothing runs and nothing is paid.',
  waiting: 'Waits for another try of a model call; the state machine keeps the time.',
  completed: 'Ended with an answer.',
  failed: 'Ended with a sentence that says why.',
  stopped: 'Ended by a person; what was said and done until then stays.',
};

interface Words {
  /** The event in a few words. */
  what: string;
  /** Whose write it is, by file of core. */
  who: string;
  /** What its condition asks beside the state. */
  asks: string;
  /** What follows, and what does when it is refused. */
  follows: string;
}

const words: Record<TurnEvent, Words> = {
  begin: {
    what: 'A run takes the turn',
    who: 'run-turn (`turns/begin.ts`)',
    asks: 'the epoch; no lease that is still held, no wait that still lasts',
    follows:
      'The next fence: whatever ran before can write no more. Refused: the run looks why, and answers `done` (ended, newer epoch), `backoff` (lease or wait) or goes on with `resume`.',
  },
  resume: {
    what: 'A run goes on after a decision',
    who: 'run-turn (`turns/begin.ts`)',
    asks: 'the fence and the epoch; the pause is decided, and consumed in the same transaction',
    follows: 'The next fence, and the decision is acted on once. Refused: the run looks again.',
  },
  work: {
    what: 'A step is committed, the lease renewed, the turn handed back',
    who: 'the run (`turns/run.ts`)',
    asks: 'the fence',
    follows:
      'The loop goes on, here or in the next invocation. Refused: the run has lost its turn and leaves.',
  },
  pause: {
    what: 'A step needs people',
    who: 'the run (`turns/run.ts`)',
    asks: 'the fence; no stop was asked for',
    follows:
      'The pause is written in the same transaction; the state machine waits with a token. Refused by a stop: the run ends the turn.',
  },
  backOff: {
    what: 'A model call failed and is worth another try',
    who: 'the run (`turns/run.ts`)',
    asks: 'the fence; no stop was asked for',
    follows: 'The state machine waits and invokes the next run. Refused by a stop: the run ends the turn.',
  },
  complete: {
    what: 'The model has answered',
    who: 'the run (`turns/end-turn.ts`)',
    asks: 'the fence',
    follows:
      'One transaction: last messages, the one `finish` chunk, the session freed or handed to the next queued message.',
  },
  fail: {
    what: 'The turn cannot go on',
    who: 'the run, settle, the sweep, which take the turn over first (`turns/end-turn.ts`)',
    asks: 'the fence',
    follows: 'As `complete`, with a sentence for people; an open pause is closed with it.',
  },
  stop: {
    what: 'A person’s stop takes effect',
    who: 'the run that learned of the request; a door when none runs (`turns/end-turn.ts`)',
    asks: 'the fence',
    follows: 'As `complete`; an open pause is closed with it, and its execution woken to leave.',
  },
  takeOver: {
    what: 'Somebody who ends the turn from outside takes its fence',
    who: 'doors, settle, the sweep (`turns/begin.ts`)',
    asks: 'the fence that was read',
    follows:
      '`seal`, then `fail` or `stop` under the new fence. Refused: the turn moved; whoever asked looks again.',
  },
  seal: {
    what: 'The end of a former fence’s log is written down',
    who: 'whoever took the fence after a crash (`turns/begin.ts`)',
    asks: 'the fence',
    follows: 'Readers read on behind it; the crash is counted.',
  },
  requestStop: {
    what: 'A person asks a working turn to stop',
    who: 'doors (`turns/stop.ts`)',
    asks: 'nothing more',
    follows: 'The run learns of it within two seconds and does `stop`. Refused: the door looks again.',
  },
  restart: {
    what: 'A turn whose execution is gone is started again',
    who: 'the sweep (`turns/restart.ts`)',
    asks: 'fence, epoch and state as they were read',
    follows:
      'A new execution under the next epoch; the former one finds that out and leaves. Refused: it moved on its own.',
  },
  postpone: {
    what: 'The sweep looks at the turn again later',
    who: 'the sweep (`turns/sweep.ts`)',
    asks: 'that the turn is still to be looked at',
    follows: 'Nothing else changes.',
  },
};

const events = Object.keys(turnEvents) as TurnEvent[];

/** All pairs of state and event as Markdown: the next state, or that the pair is refused; then what each event is. */
export function statesTable(): string {
  const names = Object.keys(states) as TurnState[];
  const next = (event: TurnEvent, state: TurnState): string => {
    if (!mayTake(event, state)) return 'refused';
    const { to } = turnEvents[event];
    return to === 'same' || to === state ? `stays ${state}` : `→ **${to}**`;
  };
  return [
    table(
      ['state', 'what it means'],
      names.map((state) => [`\`${state}\``, states[state]]),
    ),
    table(
      ['event', ...names.map((state) => `\`${state}\``)],
      events.map((event) => [`\`${event}\``, ...names.map((state) => next(event, state))]),
    ),
    table(
      ['event', 'what happens', 'who writes it', 'asked beside the state', 'what follows'],
      events.map((event) => {
        const { what, who, asks, follows } = words[event];
        return [`\`${event}\``, what, who, asks, follows];
      }),
    ),
  ].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** The document with the tables of now. */
export function withStatesTable(document: string): string {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END);
  if (from < 0 || to < from) throw new Error(`docs/turn-states.md needs the lines ${BEGIN} and ${END}.`);
  return `${document.slice(0, from + BEGIN.length)}\n\n${statesTable()}\n\n${document.slice(to)}`;
}

export const readStatesDocument = (): string => readFileSync(DOCUMENT, 'utf8');

if (import.meta.main) writeFileSync(DOCUMENT, withStatesTable(readStatesDocument()));
