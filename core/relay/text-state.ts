import { headOf, lastCharacter } from '../text.ts';
import type { TextState } from './record.ts';

/** Table headers and fences are short; of a longer line only its beginning is of interest. */
const LINE_LIMIT = 500;

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const DELIMITER_ROW = /^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** The state behind a piece of Markdown. */
export function advanceText(state: TextState, piece: string): TextState {
  if (piece === '') return state;
  const lines = (state.line + piece).split('\n');
  let next = state;
  for (const line of lines.slice(0, -1)) next = endLine(next, line);
  return stateOf({
    ...next,
    line: headOf(lines.at(-1) ?? '', LINE_LIMIT),
    last: lastCharacter(piece),
  });
}

function endLine(state: TextState, line: string): TextState {
  const { fence } = state;
  const marker = FENCE.exec(line);
  if (fence !== undefined) {
    const closes = marker?.[1]?.startsWith(markerOf(fence)) && marker[2]?.trim() === '';
    return closes ? { line: '' } : { line: '', fence };
  }
  if (marker) return { line: '', fence: line.trim() };
  const row = line.includes('|') ? line : undefined;
  if (row !== undefined && state.table) return { line: '', table: state.table };
  if (row !== undefined && state.former !== undefined && DELIMITER_ROW.test(line))
    return { line: '', table: [state.former, line] };
  return row === undefined ? { line: '' } : { line: '', former: row };
}

/** What ends an open code fence, so that what follows is text again; empty where none is open. */
export function closingOf(state: TextState): string {
  const { fence } = endLine(state, state.line);
  if (fence === undefined) return '';
  return `${state.line === '' ? '' : '\n'}${markerOf(fence)}`;
}

/** The state with which a new message goes on: what is open stays open, the line begins anew. */
export function carriedText(state: TextState): TextState {
  const { fence } = endLine(state, state.line);
  // Inside a row there is no going on with the table.
  const table = state.line === '' ? state.table : undefined;
  return stateOf({ line: '', fence, table });
}

/** What a new message begins with, so that it shows what was open: the fence with its language, the table's head. */
export function reopeningOf({ fence, table }: TextState): string {
  if (fence !== undefined) return `${fence}\n`;
  return table ? `${table.join('\n')}\n` : '';
}

/**
 * How many characters of a piece may be shown while more may come: neither the beginning of a fence's marker nor
 * half a table row.
 */
export function wholeLength(state: TextState, piece: string): number {
  const lineStart = piece.lastIndexOf('\n') + 1;
  const before = advanceText(state, piece.slice(0, lineStart));
  const line = (lineStart === 0 ? state.line : '') + piece.slice(lineStart);
  const held = line.length <= piece.length - lineStart ? lineStart : piece.length;
  if (/^ {0,3}(`{1,2}|~{1,2})$/.test(line)) return held;
  if (before.table && line.includes('|') && line.length < LINE_LIMIT) return held;
  return piece.length;
}

function markerOf(fence: string): string {
  return /^(`+|~+)/.exec(fence)?.[1] ?? '```';
}

interface TextFields {
  line: string;
  former?: string | undefined;
  fence?: string | undefined;
  table?: [string, string] | undefined;
  last?: string | undefined;
}

/** Absent fields stay absent: the state is stored. */
function stateOf({ line, former, fence, table, last }: TextFields): TextState {
  return {
    line,
    ...(former === undefined ? {} : { former }),
    ...(fence === undefined ? {} : { fence }),
    ...(table === undefined ? {} : { table }),
    ...(last === undefined ? {} : { last }),
  };
}
