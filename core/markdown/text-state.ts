import { headOf } from '../text.ts';
import { type Box, beginLine, type LineStart, markerOf } from './block-lines.ts';

/**
 * What must be known of the text so far in a message, to go on with it there or in another one. It is stored with
 * each call to Slack: of lines only the beginning is kept, and what is not there is left out.
 */
export interface TextState {
  /** The beginning of the present line, as it was sent. */
  line: string;
  /** The line before it, where it may be a table's header. */
  former?: string;
  /** The line that opened the code fence which is still open. */
  fence?: string;
  /** Header and delimiter line of the table which is still open. */
  table?: [string, string];
  /** The last character; `\r` where half of a line's end may have come. */
  last?: string;
  /** The quotes and list items in which the present line stands. */
  boxes?: Box[];
  /** The line before is text that this one may go on with. */
  paragraph?: true;
  /** Where code begins is not sure any more in this paragraph. */
  loose?: true;
  /** The message began within the present line. */
  within?: true;
  /** The text ends inside the host of a link's address. */
  host?: true;
}

/** Table headers and fences are short; of a longer line only its beginning is of interest. */
export const LINE_LIMIT = 500;

const DELIMITER_ROW = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Whether a line's beginning was sent already. */
export const isBegun = (state: TextState): boolean => state.line !== '' || state.within === true;

/** How the present line begins. */
export function lineStartOf(state: TextState): LineStart {
  return beginLine(state, state.line, isBegun(state));
}

/** The state behind the present line. */
export function endLine(state: TextState): TextState {
  const { line } = state;
  const { kind, after } = lineStartOf(state);
  const isLoose = state.loose === true && kind !== 'blank';
  const next = stateOf({ line: '', ...after, loose: isLoose ? true : undefined });
  const isPlain = !after.boxes && (kind === 'text' || kind === 'rule') && line.length < LINE_LIMIT;
  if (!isPlain) return next;
  // A table goes on until a blank line or another block.
  if (state.table && kind === 'text') return stateOf({ ...next, table: state.table, paragraph: undefined });
  const { former } = state;
  if (former !== undefined && DELIMITER_ROW.test(line) && columnsOf(former) === columnsOf(line))
    return stateOf({ ...next, table: [former, line], paragraph: undefined });
  return line.includes('|') && kind === 'text' ? { ...next, former: line } : next;
}

/** How many cells a row has. */
export function columnsOf(row: string): number {
  const inner = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).length;
}

/** What stands open behind the text so far; a line that has not begun tells nothing. */
const behind = (state: TextState): TextState => (isBegun(state) ? endLine(state) : state);

/** What ends an open code fence, so that what follows is text again; empty where none is open. */
export function closingOf(state: TextState): string {
  const { fence, boxes = [] } = behind(state);
  if (fence === undefined) return '';
  const prefix = boxes.map((box) => (box === '>' ? '> ' : ' '.repeat(Math.max(0, box)))).join('');
  return `${state.line === '' ? '' : '\n'}${prefix}${markerOf(fence)}`;
}

/** The state behind `closingOf` and a blank line, where another part of text begins. */
export function afterGap(state: TextState): TextState {
  const { fence: _closed, ...ended } = behind(state);
  const blank = beginLine(ended, '');
  return stateOf({ line: '', ...blank.after });
}

/**
 * The state with which a new message goes on: what is open stays open, the line begins anew. Of the lists that go on
 * the indentation is taken away from now on: in the new message nothing stands above it.
 */
export function carriedText(state: TextState): TextState {
  const { fence, boxes } = behind(state);
  const within = state.line === '' ? state.within : true;
  return stateOf({
    line: '',
    fence,
    boxes: boxes?.map((box) => (box === '>' ? box : -Math.abs(box))),
    // Inside a row there is no going on with the table.
    table: within ? undefined : state.table,
    within,
  });
}

/**
 * What a new message begins with, so that it shows what was open: the fence with its language, the table's head, the
 * quote; and the state behind it.
 */
export function reopenText(state: TextState): { text: string; state: TextState } {
  const { fence, table, boxes = [], within } = state;
  const quotes = boxes
    .filter((box) => box === '>')
    .map(() => '> ')
    .join('');
  const begun = within ? quotes : '';
  const next = begun === '' ? state : { ...state, line: begun };
  if (fence !== undefined) return { text: `${quotes}${fence}\n${begun}`, state: next };
  return { text: table ? `${table.join('\n')}\n` : begun, state: next };
}

type TextFields = { [K in keyof TextState]?: TextState[K] | undefined } & Pick<TextState, 'line'>;

/** Absent fields stay absent: the state is stored. */
export function stateOf(fields: TextFields): TextState {
  const { line, former, fence, table, last, boxes, paragraph, loose, within, host } = fields;
  return {
    line: headOf(line, LINE_LIMIT),
    ...(former === undefined ? {} : { former }),
    ...(fence === undefined ? {} : { fence }),
    ...(table === undefined ? {} : { table }),
    ...(last === undefined ? {} : { last }),
    ...(boxes === undefined || boxes.length === 0 ? {} : { boxes }),
    ...(paragraph ? { paragraph } : {}),
    ...(loose ? { loose } : {}),
    ...(within ? { within } : {}),
    ...(host ? { host } : {}),
  };
}
