import { askedText } from './asked-text.ts';
import { buttonValue } from './button.ts';
import { REASON_LIMIT } from './reason.ts';
import type { PauseRowRecord } from './record.ts';

/** Names of the form's parts. They outlive deploys: a form may be sent long after it was opened. */
export const denialFormId = 'sluice_deny_reason';
export const reasonBlockId = 'reason';
export const reasonActionId = 'reason';

/** A view as it goes to Slack. */
export type Modal = { type: 'modal' } & Record<string, unknown>;

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const frame = { type: 'modal', title: plain('Deny with a reason') } as const;

/** The form that asks for a denial's reason (case G-24). It carries ids alone, as the buttons do. */
export function denialForm(row: PauseRowRecord): Modal {
  return {
    ...frame,
    callback_id: denialFormId,
    private_metadata: buttonValue(row.pauseId, row.row),
    submit: plain('Deny'),
    close: plain('Cancel'),
    blocks: [
      section(askedText(row)),
      {
        type: 'input',
        block_id: reasonBlockId,
        label: plain('Reason'),
        hint: plain('The agent is told it, and everybody in the thread can read it.'),
        element: {
          type: 'plain_text_input',
          action_id: reasonActionId,
          multiline: true,
          max_length: REASON_LIMIT,
          focus_on_load: true,
        },
      },
    ],
  };
}

/** What takes the form's place when its denial came too late or was not allowed. */
export function denialNotTaken(text: string): Modal {
  return { ...frame, close: plain('Close'), blocks: [section(`${text} Your reason was not used.`)] };
}
