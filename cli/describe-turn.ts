import { displayFields } from '../core/display/check-display.ts';
import { type Display, defaultDisplay } from '../core/display/display.ts';
import type { TurnUsage } from '../core/turns/record.ts';
import type { ToldStep, ToldTurn } from './read-turn.ts';
import { lineOf, tableOf, timeOf } from './terminal-text.ts';

/**
 * One turn for people: state and end, steps with what they used, calls, model calls that did not count, and what
 * people thought of its answer.
 */
export function describeTurn({ turn, display, steps, usage, calls, feedback }: ToldTurn): string {
  const { turnId, sessionId, state, end, requester, model, fence, epoch, stopRequest, steeredInto } = turn;
  const facts = [
    `Turn ${turnId}: ${state}${end?.reason ? ` (${end.reason})` : ''}`,
    `session ${sessionId}, asked by ${requester.userId} at ${timeOf(turn.createdAt)}${model ? `, model ${model.model}` : ''}`,
    `runs ${fence}, starts ${epoch}, ${usageText(turn.usage)}`,
    displayText(display),
  ];
  if (turn.attempts > 0) facts.push(`the present model call has failed ${turn.attempts} times`);
  if (turn.waitUntil !== undefined) facts.push(`waits until ${timeOf(turn.waitUntil)}`);
  if (turn.pauseId) facts.push(`asked people by ${turn.pauseId}`);
  if (stopRequest) facts.push(`asked to stop by ${stopRequest.by} at ${timeOf(stopRequest.at)}`);
  if (steeredInto) facts.push(`taken up by turn ${steeredInto} as a follow-up: nothing ran for it`);
  const parts = [facts.join('\n')];
  if (steps.length > 0) parts.push(tableOf([STEP_HEAD, ...steps.map(stepRow)]));
  if (calls.length > 0)
    parts.push(
      `Calls:\n${tableOf(calls.map(({ step, toolName, toolCallId, status }) => [`step ${step}`, toolName, status, toolCallId]))}`,
    );
  const others = usage.filter(({ kind, step, attempt }) => !countedIn(steps, kind, step, attempt));
  if (others.length > 0)
    parts.push(
      `Other model calls:\n${tableOf(others.map(({ kind, step, attempt, model: used, usage: spent }) => [kind, `step ${step}`, `attempt ${attempt}`, used, usageText(spent)]))}`,
    );
  if (feedback.length > 0)
    parts.push(
      `Feedback:\n${tableOf(feedback.map(({ rating, userId, at }) => [rating, userId, timeOf(at)]))}`,
    );
  return parts.join('\n\n');
}

/** The surface, and what else is not as by default. */
function displayText(display: Display): string {
  const told = displayFields
    .filter((field) => field !== 'surface')
    .filter((field) => String(display[field]) !== String(defaultDisplay[field]))
    .map((field) => `${field} ${valueText(display[field])}`);
  return [`shown as ${display.surface}`, ...told].join(', ');
}

function valueText(value: Display[keyof Display]): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return value;
  return value.length > 0 ? value.join('+') : 'none';
}

const STEP_HEAD = ['STEP', 'TIME', 'MODEL', 'ENDED BY', 'TRIES', 'USED', 'CALLS'];

function stepRow({ step, at, model, finishReason, attempts, usage, toolCalls }: ToldStep): string[] {
  const asked = toolCalls.map(({ toolName }) => toolName).join(', ');
  return [
    String(step),
    timeOf(at),
    model,
    finishReason,
    String(attempts),
    usageText(usage),
    lineOf(asked, 100),
  ];
}

/** The attempt that became the step stands in the step's own row. */
function countedIn(steps: readonly ToldStep[], kind: string, step: number, attempt: number): boolean {
  return kind === 'step' && steps.some((done) => done.step === step && done.attempts === attempt);
}

function usageText({ inputTokens, outputTokens, cacheReadTokens, costUsd }: TurnUsage): string {
  const cached = cacheReadTokens ? ` (${cacheReadTokens} cached)` : '';
  const cost = costUsd === undefined ? '' : `, $${costUsd.toFixed(4)}`;
  return `${inputTokens} in${cached}, ${outputTokens} out${cost}`;
}
