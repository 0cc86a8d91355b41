export type OptionValue = number | string | boolean | null;
export type OptionRow = {
  name: string;
  label: string;
  hint?: string;
  unit?: string;
  choices?: string[];
  /** An empty field means null. */
  nullable?: boolean;
};

type Known = Omit<OptionRow, 'name'>;

/** What is known of the options, in the groups and the order in which they are shown. */
const GROUPS: Record<string, Record<string, Known>> = {
  Streams: {
    streamLifetimeMs: { label: 'A stream lives', unit: 'ms' },
    streamLifetime: {
      label: 'Its life counts',
      hint: 'From its start, or from the last content',
      choices: ['total', 'idle'],
    },
    streamMaxBytes: { label: 'A stream holds', unit: 'bytes' },
    streamBlockBudget: { label: '50 blocks of chunks count per', choices: ['call', 'message'] },
    strictChunks: { label: 'Refuse card texts over 256 characters' },
    dmStreamNeedsThread: { label: 'Streams in DMs need a thread' },
    stopBlocksMismatch: { label: 'Refuse blocks at the stop of a chunk stream' },
    blockMismatch: { label: 'Refuse updates of a stream without blocks' },
  },
  'Messages and files': {
    updateGuidance: {
      label: 'A second update within 3 s is',
      choices: ['report', 'enforce', 'off'],
      hint: 'Noted, refused or nothing',
    },
    metadataMaxBytes: { label: 'Metadata hold', unit: 'bytes' },
    fileShareDelayMs: { label: 'A file is shared after', unit: 'ms' },
    filesMaxBytes: { label: 'All files together', unit: 'bytes' },
    connectFileCheck: { label: 'Files in shared channels come without URL' },
    threadBookkeeping: { label: 'A reply changes its parent', hint: 'Sends message_changed for it' },
    legacyAssistant: { label: 'Legacy assistant threads' },
  },
  Deliveries: {
    ackTimeoutMs: { label: 'Slack waits for an answer', unit: 'ms' },
    retryScale: { label: 'Retries: factor on 0 s, 1 min, 5 min' },
    shuffleSeed: { label: 'Shuffle events with this seed', hint: 'Empty: in order', nullable: true },
    shuffleWindowMs: { label: 'Shuffle what comes within', unit: 'ms' },
    eventsPerHour: { label: 'Events an hour per workspace' },
    autoDisableMinEvents: { label: 'Events before Slack switches off' },
  },
  Installing: {
    codeLifetimeMs: { label: 'A code of the authorize page lives', unit: 'ms' },
    refreshGraceMs: { label: 'A used refresh token still works', unit: 'ms' },
    reinstallToken: {
      label: 'Another install gives',
      hint: 'The same bot token, or a new one',
      choices: ['same', 'new'],
    },
    uninstallFirst: { label: 'An uninstall sends first', choices: ['tokens_revoked', 'app_uninstalled'] },
  },
};

/** Not to be changed here: they have places of their own, or only count at the start. */
const ELSEWHERE = ['port', 'eventsUrl', 'interactionsUrl', 'signingSecret', 'rateLimits'];

/** The options that a person can change, in groups; unknown ones come last, by their names. */
export function optionGroups(options: Record<string, unknown>): { title: string; rows: OptionRow[] }[] {
  const names = Object.keys(options).filter((name) => !ELSEWHERE.includes(name) && isValue(options[name]));
  const groups = Object.entries(GROUPS).map(([title, known]) => ({
    title,
    rows: Object.entries(known)
      .filter(([name]) => names.includes(name))
      .map(([name, words]) => ({ name, ...words })),
  }));
  const shown = groups.flatMap((group) => group.rows.map((row) => row.name));
  const rest = names.filter((name) => !shown.includes(name)).map((name) => ({ name, label: spaced(name) }));
  return [...groups, { title: 'More', rows: rest }].filter((group) => group.rows.length > 0);
}

/** What was written into a field, as the simulator takes it. */
export function optionValue(row: OptionRow, before: OptionValue, text: string): OptionValue {
  if (row.nullable && text.trim() === '') return null;
  return typeof before === 'number' || row.nullable ? Number(text) : text;
}

const isValue = (value: unknown): value is OptionValue =>
  value === null || ['number', 'string', 'boolean'].includes(typeof value);

/** `codeLifetimeMs` reads `Code lifetime ms`. */
const spaced = (name: string): string => {
  const words = name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
