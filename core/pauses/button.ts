import type { Decision } from './record.ts';

/** Action ids of the card's buttons. They outlive deploys: a card may be pressed a week after it was posted. */
export const approveActionId = 'sluice_approve';
export const denyActionId = 'sluice_deny';
/** Asks for the reason first, in a form. */
export const denyReasonActionId = 'sluice_deny_reason';

/** The row a button is about, as its value: ids alone, never state and never the task token. */
export function buttonValue(pauseId: string, row: number): string {
  return `${pauseId}:${row}`;
}

/** The inverse of `buttonValue`; undefined for a value that no card of ours carries. */
export function parseButtonValue(value: string | undefined): { pauseId: string; row: number } | undefined {
  const match = /^(p[0-9a-f]{32}):(\d{1,3})$/.exec(value ?? '');
  return match?.[1] && match[2] ? { pauseId: match[1], row: Number(match[2]) } : undefined;
}

/** What pressing the button means; undefined for action ids that decide nothing. */
export function answerOf(actionId: string | undefined): Decision['answer'] | undefined {
  if (actionId === approveActionId) return 'approved';
  return actionId === denyActionId ? 'denied' : undefined;
}
