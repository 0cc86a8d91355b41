import { takeDisplay } from '../display/check-display.ts';
import type { DisplayChoice } from '../display/display.ts';

/** What happens to a message that comes while the agent is at work in its thread. */
export const queueModes = ['queue', 'steer', 'interrupt'] as const;

/**
 * `queue`: it waits for its turn. `steer`: the running turn takes it up after its next tool result; what finds no
 * such place waits. `interrupt`: the running turn stops, and the message is next.
 */
export type QueueMode = (typeof queueModes)[number];

/** How one agent is met in Slack, as its owner writes it. */
export interface DoorDefinition {
  /** @default queue */
  whileBusy?: QueueMode;
  /**
   * A message that is one of these and nothing else stops what runs in its thread. Case, punctuation and the
   * agent's mention do not count. At most 20, each at most 40 characters. @default none
   */
  stopWords?: readonly string[];
  /** How its turns are shown; what is left out is as by default. A deployment's `displays` go before it. */
  display?: DisplayChoice;
}

export interface Door {
  readonly agent: string;
  readonly whileBusy: QueueMode;
  readonly display: DisplayChoice;
  readonly isStopWord: (text: string) => boolean;
}

/** The doors of all agents; the first agent takes every new thread. */
export type Doors = readonly [Door, ...Door[]];

const options: readonly string[] = ['whileBusy', 'stopWords', 'display'] satisfies (keyof DoorDefinition)[];
const WORDS = 20;
const WORD_LENGTH = 40;

/**
 * How the agents are met in Slack, by their names, in the order of `agents`. It stands apart from the agents
 * themselves, so that the function that answers Slack need not load them and their tools.
 *
 * @throws Error naming the agent and what is wrong with its door
 */
export function defineDoors(definitions: Readonly<Record<string, DoorDefinition>>): Doors {
  const [first, ...others] = Object.entries(definitions).map(([agent, door]) => defineDoor(agent, door));
  if (!first) throw new Error('There must be at least one door: the first agent takes every new thread.');
  return [first, ...others];
}

/** The door of an agent; the first one's where a session names an agent that is gone. */
export function doorOf(doors: Doors, agent: string): Door {
  return doors.find((door) => door.agent === agent) ?? doors[0];
}

function defineDoor(agent: string, definition: DoorDefinition): Door {
  const wrong = (what: string) => new Error(`Door of agent \`${agent}\`: ${what}`);
  const unknown = Object.keys(definition).find((name) => !options.includes(name));
  if (unknown) throw wrong(`\`${unknown}\` is no option of a door. There are ${options.join(', ')}.`);
  const { whileBusy = 'queue', stopWords = [], display = {} } = definition;
  if (!queueModes.includes(whileBusy))
    throw wrong(`whileBusy is \`${String(whileBusy)}\`; it must be ${queueModes.join(', ')}.`);
  if (stopWords.length > WORDS) throw wrong(`it has ${stopWords.length} stop words, at most ${WORDS} fit.`);
  const words = new Set(
    stopWords.map((word) => {
      const bare = bareText(word);
      if (bare === '') throw wrong(`the stop word ${JSON.stringify(word)} has no letter or digit.`);
      if (word.length > WORD_LENGTH)
        throw wrong(`the stop word ${JSON.stringify(word)} is longer than ${WORD_LENGTH} characters.`);
      return bare;
    }),
  );
  return {
    agent,
    whileBusy,
    display: takeDisplay(display, wrong),
    isStopWord: (text) => text.length <= LONGEST && words.has(bareText(text)),
  };
}

/** No stop word with any punctuation around it is longer; a long message need not be looked through. */
const LONGEST = 200;

/** Letters and digits of a text in lower case, words parted by one space. */
function bareText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
