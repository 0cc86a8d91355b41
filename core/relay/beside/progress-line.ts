import { displayOf } from '../../display/display.ts';
import type { Limits } from '../../settings.ts';
import { escapeMrkdwn } from '../../slack/text.ts';
import type { ChunkBatch } from '../../stream/chunks.ts';
import type { TurnRecord } from '../../turns/record.ts';
import { hasEnded } from '../../turns/transitions.ts';
import { hasDigest, titleOf, withEnded } from '../plan/card-text.ts';
import { flowFrom } from '../plan/flow.ts';
import { isAgentCall } from '../plan/own-steps.ts';
import type { PlannedCall } from '../plan/plan.ts';
import { firstSpot, type ProgressLine, type RelayRecord, type RelayView } from '../record.ts';

type LineTurn = Pick<TurnRecord, 'state' | 'end' | 'createdAt'>;

/** Names the line among a thread's messages. */
export const lineBlockId = (turnId: string): string => `sluice-line-${turnId}`;

/**
 * Counts the agent's calls that have come since, where the turn has a line for everyone: the same that a plan's title
 * counts. It is done at each flush, for the log is read behind what the stream has shown and not behind the line.
 */
export function countSteps(
  view: RelayView,
  { display }: Pick<RelayRecord, 'display'>,
  batches: readonly ChunkBatch[],
): RelayView {
  if (!displayOf(display).progressLine) return view;
  const before = view.line ?? { text: '', steps: 0, counted: firstSpot.cursor };
  // The end is never passed: nothing behind it is counted (case P-22).
  const flow = flowFrom(batches, before.counted).filter(({ chunk }) => chunk.type !== 'finish');
  const last = flow.at(-1);
  if (view.line && !last) return view;
  const line: ProgressLine = { ...before, ...(last ? { counted: last.next } : {}) };
  for (const { chunk } of flow) {
    if (chunk.type === 'tool-input-available')
      beginStep(line, chunk.toolCallId, titleOf(chunk.title, chunk.toolName));
    if (/^tool-output-/.test(chunk.type) && 'toolCallId' in chunk) endStep(line, chunk.toolCallId);
  }
  return { ...view, line };
}

function beginStep(line: ProgressLine, id: string, title: string): void {
  if (isKnown(line, id)) return;
  if (isAgentCall(id)) line.steps++;
  if (line.step) line.others = [...(line.others ?? []), line.step.id];
  line.step = { id, title };
}

/** A result without a beginning is a step, too (case G-32). */
function endStep(line: ProgressLine, id: string): void {
  const { ended = '' } = line;
  if (hasDigest(ended, id)) return;
  if (!isKnown(line, id) && isAgentCall(id)) line.steps++;
  line.ended = withEnded(ended, id);
  if (id === line.step?.id) delete line.step;
  const others = line.others?.filter((other) => other !== id) ?? [];
  if (others.length > 0) line.others = others;
  else delete line.others;
}

const isKnown = ({ step, others, ended }: ProgressLine, id: string): boolean =>
  id === step?.id || others?.includes(id) === true || hasDigest(ended ?? '', id);

/**
 * What to do about the line that all members of the channel see (capability 19): it is posted when the turn is a few
 * seconds old, changed when its text is another, at most every 3 s, and says at last how the turn ended. Beside a
 * message that stands in for the stream it is not needed. An `update` of a line without `ts` is of one whose post
 * was not answered.
 *
 * @returns undefined when there is nothing to call; `at` tells when
 */
export function planLine(
  { turnId, view }: Pick<RelayRecord, 'turnId' | 'view'>,
  turn: LineTurn,
  successor: boolean,
  limits: Pick<Limits, 'updateIntervalMs'>,
  now: number,
): PlannedCall | undefined {
  const { line } = view;
  if (!line || line.gone || (hasEnded(turn) && !view.finished)) return undefined;
  const isNew = line.at === undefined;
  if (isNew ? hasEnded(turn) || view.progress : view.progress && !view.finished) return undefined;
  const text = lineText(turn, line);
  if (text === line.text && line.ts !== undefined) return undefined;
  const due = (line.at ?? turn.createdAt) + limits.updateIntervalMs;
  return {
    method: isNew ? 'chat.postMessage' : 'chat.update',
    args: lineMessage(turnId, text),
    after: { ...view, line: { ...line, text, at: now } },
    mark: {},
    // The next turn waits for this one to be closed.
    at: hasEnded(turn) && successor ? now : Math.max(now, due),
    priority: hasEnded(turn) ? 'end' : 'extra',
    brings: false,
  };
}

function lineText(turn: LineTurn, { steps, step }: ProgressLine): string {
  if (turn.end) {
    const how = { completed: 'Done in', failed: 'Failed after', stopped: 'Stopped after' }[turn.end.state];
    return `${how} ${durationText(turn.end.at - turn.createdAt)}, ${countText(steps)}`;
  }
  if (turn.state === 'paused') return 'Waiting for a decision';
  if (step) return `Working: ${step.title}${isAgentCall(step.id) ? ` (step ${steps})` : ''}…`;
  return steps > 0 ? `Working (${countText(steps)} so far)…` : 'Working…';
}

function lineMessage(turnId: string, text: string): Record<string, unknown> {
  const mrkdwn = escapeMrkdwn(text);
  return {
    text: mrkdwn,
    blocks: [
      { type: 'context', block_id: lineBlockId(turnId), elements: [{ type: 'mrkdwn', text: mrkdwn }] },
    ],
  };
}

const countText = (steps: number): string => `${steps} ${steps === 1 ? 'step' : 'steps'}`;

function durationText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
