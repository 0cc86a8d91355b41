import { cardText } from '../../slack/text.ts';
import type { Burst } from '../record.ts';
import { addDigest, digestCount, FIELD_LIMIT, hasDigest, withoutDigest } from './card-text.ts';

/** A burst's lines are short: many of them stand in one card. */
const LINE_LIMIT = 100;
/** What the line may take that tells how many have no room. */
const MORE_LENGTH = 16;

/** A call as a line of its burst's details. */
export interface CallLine {
  title: string;
  /** Its arguments for people; may be empty. */
  preview: string;
}

/** A burst with one call that has begun. */
export function newBurst(callId: string, title: string): Burst {
  return { calls: 1, tool: title, running: addDigest('', callId) };
}

/** A burst with one more call that has begun. */
export function withCall(burst: Burst, callId: string, title: string): Burst {
  const { tool, ...rest } = burst;
  return {
    ...rest,
    calls: burst.calls + 1,
    ...(tool === title ? { tool } : {}),
    running: addDigest(burst.running, callId),
  };
}

/** A burst one of whose calls has its result: the first failure stays, else the latest result does. */
export function withResult(
  burst: Burst,
  callId: string,
  status: 'complete' | 'error',
  output: string | undefined,
): Burst {
  const running = withoutDigest(burst.running, callId);
  if (burst.failed) return { ...burst, running };
  const { output: _former, ...rest } = burst;
  return {
    ...rest,
    running,
    ...(output ? { output } : {}),
    ...(status === 'error' ? { failed: true as const } : {}),
  };
}

/** Whether a call of the burst waits for its result. */
export function isRunning({ running }: Burst, callId: string): boolean {
  return hasDigest(running, callId);
}

/** How many calls of the burst wait for their result. */
export function runningCalls({ running }: Burst): number {
  return digestCount(running);
}

/**
 * How a burst's card ends: as an error when one of its calls failed, and as the turn does when calls are left without
 * a result.
 *
 * @param output what is said then of a burst that has nothing to tell
 */
export function burstEnd(
  { failed, running, output: told }: Burst,
  status: 'complete' | 'error',
  output?: string,
): { status: 'complete' | 'error'; output?: string } {
  if (failed || running === '')
    return { status: failed ? 'error' : 'complete', ...(told ? { output: told } : {}) };
  const said = status === 'error' ? (output ?? told) : (told ?? output);
  return { status, ...(said ? { output: said } : {}) };
}

/** `Read file`, `Read file (3)`, or `5 tool calls` where they are of several tools. */
export function burstTitle({ calls, tool }: Burst): string {
  if (tool === undefined) return `${calls} tool calls`;
  if (calls === 1) return tool;
  const count = ` (${calls})`;
  return `${cardText(tool, FIELD_LIMIT - count.length)}${count}`;
}

/** One call's line: its arguments, and its tool where the card's title does not name it. */
export function lineOf({ title, preview }: CallLine, mixed: boolean): string {
  const words = mixed ? [title, preview].filter(Boolean).join(': ') : preview;
  return cardText(words, LINE_LIMIT);
}

/**
 * What one call to Slack adds to a card's details, a line for each tool call, within Slack's limit for a field. Lines
 * that have no room are counted.
 *
 * @param continued whether lines stand there already: Slack adds to them (case S-20)
 */
export function linesText(lines: readonly CallLine[], mixed: boolean, continued: boolean): string {
  const start = continued ? '\n' : '';
  const shown = lines.map((line) => lineOf(line, mixed)).filter(Boolean);
  if (shown.length === 0) return '';
  const whole = start + shown.join('\n');
  if (lengthOf(whole) <= FIELD_LIMIT) return whole;
  let text = start;
  let taken = 0;
  for (const line of shown) {
    const longer = `${text}${line}\n`;
    if (lengthOf(longer) > FIELD_LIMIT - MORE_LENGTH) break;
    text = longer;
    taken++;
  }
  return `${text}… and ${shown.length - taken} more`;
}

/** Slack counts characters, not UTF-16 units. */
const lengthOf = (text: string): number => Array.from(text).length;
