import type { TurnUsage } from '../core/turns/record.ts';
import type { ToldStep, ToldTurn } from './read-turn.ts';
import { lineOf, tableOf, timeOf } from './terminal-text.ts';

/** One turn for people: state and end, steps with what they used, calls, and model calls that did not count. */
export function describeTurn({ turn, steps, usage, calls }: ToldTurn): string {
  const { turnId, sessionId, state, end, requester, model, fence, epoch, stopRequest, steeredInto } = turn;
  const facts = [
    `Turn ${turnId}: ${state}${end?.reason ? ` (${end.reason})` : ''}`,
    `session ${sessionId}, asked by ${requester.userId} at ${timeOf(turn.createdAt)}${model ? `, model ${model.model}` : ''}`,
    `runs ${fence}, starts ${epoch}, ${usageText(turn.usage)}`,
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
  return parts.join('\n\n');
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
