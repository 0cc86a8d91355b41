import { inertCode, inertText } from './inert-text.ts';
import type { PauseRowRecord } from './record.ts';

/** Lines of one row, of some 250 characters each: a section holds 3,000. */
const LINE_LIMIT = 10;
const LABEL_LIMIT = 40;
/** A section holds 3,000 characters (case G-8): this is left for values, and as much is kept for each of them. */
const VALUES_ROOM = 2_250;
const LEAST_ROOM = 200;

/**
 * What is asked, with its values as far as a section holds them: people decide about what they can read. Short
 * values leave their room to long ones; what is not shown is counted.
 */
export function askedText(row: PauseRowRecord, sign?: string): string {
  const shown = row.preview.slice(0, LINE_LIMIT);
  let room = VALUES_ROOM;
  const lines = shown.map(({ label, value, omitted }, index) => {
    const limit = Math.max(LEAST_ROOM, room - LEAST_ROOM * (shown.length - index - 1));
    const text = valueText(value, limit, omitted);
    room -= text.length;
    return `*${inertText(label, LABEL_LIMIT).replace(/[*_~]/g, '')}:* ${text}`;
  });
  const omitted = row.preview.length - lines.length;
  return [
    `${sign ? `${sign} ` : ''}*${inertText(row.title, 100).replace(/[*_~]/g, '')}*`,
    ...lines,
    ...(omitted > 0 ? [`_and ${omitted} more_`] : []),
  ].join('\n');
}

/** A channel is shown by its true name, which Slack finds by the id: a name beside it could say anything. */
function valueText(value: string, limit: number, omitted?: number): string {
  return /^[CG][A-Z0-9]{6,}$/.test(value) ? `<#${value}>` : inertCode(value, limit, omitted);
}
