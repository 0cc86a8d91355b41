import fc from 'fast-check';
import type { DisplayChoice, FooterPart, Surface } from '../../core/display/display.ts';
import type { Tiers } from '../../core/settings.ts';
import type { FinishNotice } from '../../core/stream/chunks.ts';
import { SEED } from '../../local/slack/server.ts';
import { type Mishap, mishapsOf } from './relay-mishaps.ts';

/** Texts that Slack converts, that repeat themselves, or that hardly have a letter. */
export const styles: Readonly<Record<string, (n: number, turn: number) => string>> = {
  words: (n) => `word${n} `,
  named: (n, turn) => `turn${turn}part${n} `,
  repeats: () => 'ha ',
  marks: (n) => `**bold${n}** _it${n}_ \`code${n}\` `,
  links: (n) => `see [page ${n}](https://example.com/${n}) `,
  domains: (n) => `https://sub.example.org/${n} `,
  people: () => `<@${SEED.people.reviewer}> `,
  list: (n) => `- item ${n}\n`,
  numbers: (n) => `${n + 1}. point ${n}\n`,
  heading: (n) => `## Part ${n}\n\n`,
  signs: () => '😀 :tada: … ',
  emoji: (n) => `كلمة${n}👩‍👩‍👧‍👦😀`,
  cells: (n) => (n % 5 === 0 ? '\n| ◆ | ◇ |\n|---|---|\n' : `| ${n} | x${n} |\n`),
  code: (n) => `\`\`\`\nline ${n}\n\`\`\`\n`,
};

/** What a turn's log brings, and how long after what came before it (milliseconds). */
export type SceneEvent = { wait: number } & (
  | { what: 'text'; words: number; style: string; deltas: number }
  | { what: 'tool'; lasts: number; fails: boolean }
  | { what: 'retry' }
  /** People are asked: the token comes, and somebody decides, so long afterwards. */
  | { what: 'pause'; token: number; decision: number; answer: 'approved' | 'denied' }
);

export interface TurnScene {
  events: SceneEvent[];
  end: FinishNotice['end'];
  /** It stands behind the former turn in the same thread, and begins with its end. */
  follows: boolean;
  display: DisplayChoice;
  attachments: ('file' | 'chart')[];
}

/** Something that people do to a turn's thread, so long after its beginning (milliseconds). */
export interface Deed {
  at: number;
  deed: 'stops' | 'deletes' | 'archives' | 'removes the app';
}

export interface RelayScene {
  turns: TurnScene[];
  mishaps: Mishap[];
  /** How many writes each relay has before it dies. */
  dies: number[];
  rollBytes: number;
  tiers: Partial<Tiers>;
  /** Whether the app may read the thread. */
  readable: boolean;
  /** So long Slack lets a stream live, milliseconds. */
  lifetime: number;
  deeds: Deed[];
}

const no: TurnScene['attachments'] = [];

const wait = fc.constantFrom(50, 700, 2_500, 20_000);

const textEvent = (names: readonly string[]): fc.Arbitrary<SceneEvent> =>
  fc.record({
    what: fc.constant('text' as const),
    wait,
    words: fc.integer({ min: 1, max: 60 }),
    style: fc.constantFrom(...names),
    deltas: fc.integer({ min: 1, max: 3 }),
  });

const toolEvent: fc.Arbitrary<SceneEvent> = fc.record({
  what: fc.constant('tool' as const),
  wait,
  lasts: fc.constantFrom(0, 400, 5_000),
  fails: fc.boolean(),
});

const retryEvent: fc.Arbitrary<SceneEvent> = fc.record({ what: fc.constant('retry' as const), wait });

const pauseEvent: fc.Arbitrary<SceneEvent> = fc.record({
  what: fc.constant('pause' as const),
  wait,
  token: fc.constantFrom(200, 4_000, 30_000),
  decision: fc.constantFrom(0, 1_000, 15_000, 400_000),
  answer: fc.constantFrom('approved' as const, 'denied' as const),
});

export const displayOf = (surface: Surface): fc.Arbitrary<DisplayChoice> =>
  fc.record({
    surface: fc.constant(surface),
    progressLine: fc.boolean(),
    reactions: fc.boolean(),
    footer: fc.constantFrom<readonly FooterPart[]>([], ['agent'], ['agent', 'model', 'time', 'cost']),
    feedback: fc.boolean(),
    mentions: fc.constantFrom('none' as const, 'people' as const),
    links: fc.constantFrom<NonNullable<DisplayChoice['links']>>('all', 'none', ['example.com']),
  });

interface TurnOptions {
  surface: Surface;
  /** Names of the styles of text. @default all */
  texts?: readonly string[];
  follows?: boolean;
  /** Whether it may have attachments, and display options beyond the surface. */
  plain?: boolean;
}

export const turnScene = ({ surface, texts, follows, plain }: TurnOptions): fc.Arbitrary<TurnScene> => {
  const names = texts ?? Object.keys(styles).filter((name) => name !== 'named');
  return fc.record({
    events: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: textEvent(names) },
        { weight: 4, arbitrary: toolEvent },
        { weight: 1, arbitrary: retryEvent },
        { weight: 1, arbitrary: pauseEvent },
      ),
      { maxLength: 10 },
    ),
    end: fc.constantFrom<FinishNotice['end']>('completed', 'completed', 'failed', 'stopped'),
    follows: follows ? fc.boolean() : fc.constant(false),
    display: plain ? fc.constant<DisplayChoice>({ surface, feedback: false }) : displayOf(surface),
    attachments: plain
      ? fc.constant(no)
      : fc.oneof(
          { weight: 2, arbitrary: fc.constant(no) },
          {
            weight: 1,
            arbitrary: fc.array(fc.constantFrom('file' as const, 'chart' as const), { maxLength: 4 }),
          },
        ),
  });
};

/** A scene in which nothing goes wrong yet. */
const calm: { [K in Exclude<keyof RelayScene, 'turns'>]: fc.Arbitrary<RelayScene[K]> } = {
  mishaps: fc.constant([]),
  dies: fc.constant([]),
  rollBytes: fc.constantFrom(300, 1_000, 9_000),
  tiers: fc.constant({}),
  readable: fc.constant(true),
  lifetime: fc.constant(300_000),
  deeds: fc.constant([]),
};

/** @param over what differs from a scene in which nothing goes wrong */
export const relayScene = (
  turns: fc.Arbitrary<TurnScene[]>,
  over: Partial<typeof calm> = {},
): fc.Arbitrary<RelayScene> => fc.record({ turns, ...calm, ...over });

export const faults = {
  mishaps: mishapsOf(),
  dies: fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 3 }),
};

/** What people do to the thread, once or twice. */
export const deedsOf = (...kinds: Deed['deed'][]): fc.Arbitrary<Deed[]> =>
  fc.array(
    fc.record({
      at: fc.constantFrom(1_000, 4_000, 12_000, 30_000, 70_000),
      deed: fc.constantFrom(...kinds),
    }),
    { minLength: 1, maxLength: 2 },
  );

/** So little that turns wait for each other's streams, stops, appends and posts. */
export const smallTiers: fc.Arbitrary<Partial<Tiers>> = fc.record({
  'chat.startStream': fc.integer({ min: 1, max: 4 }),
  'chat.stopStream': fc.integer({ min: 1, max: 4 }),
  'chat.appendStream': fc.integer({ min: 2, max: 12 }),
  'chat.update': fc.integer({ min: 2, max: 50 }),
  'chat.postMessage': fc.constantFrom(10, 60, 240),
  'agents.sessions.setStatus': fc.integer({ min: 2, max: 50 }),
  'reactions.add': fc.integer({ min: 2, max: 50 }),
});

export const anySurface: fc.Arbitrary<Surface> = fc.constantFrom('plan', 'timeline', 'final');
