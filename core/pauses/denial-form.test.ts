import { describe, expect, it } from 'vitest';
import { aRow } from '../../test/support/pauses.ts';
import { parseButtonValue } from './button.ts';
import { denialForm, denialNotTaken } from './denial-form.ts';
import type { PauseRowRecord } from './record.ts';

const pauseId = `p${'a'.repeat(32)}`;
const row = (change: Partial<PauseRowRecord> = {}): PauseRowRecord => ({
  v: 1,
  pauseId,
  row: 2,
  ...aRow(0),
  input: '{"secret":"s3cr3t"}',
  ...change,
});

describe('denialForm', () => {
  it('asks for one reason, says what it is about and carries ids alone', () => {
    const form = denialForm(row());
    expect(form).toMatchObject({
      type: 'modal',
      callback_id: 'sluice_deny_reason',
      private_metadata: `${pauseId}:2`,
      submit: { text: 'Deny' },
      close: { text: 'Cancel' },
      blocks: [
        { type: 'section', text: { text: '*Post announcement 0*\n*Text:* `text 0`' } },
        {
          type: 'input',
          block_id: 'reason',
          label: { text: 'Reason' },
          element: { type: 'plain_text_input', action_id: 'reason', multiline: true, max_length: 2000 },
        },
      ],
    });
    expect(parseButtonValue(String(form.private_metadata))).toEqual({ pauseId, row: 2 });
    // An input is required unless it says otherwise.
    expect(JSON.stringify(form)).not.toContain('optional');
    expect(JSON.stringify(form)).not.toContain('s3cr3t');
  });

  it.each([
    ['the form', denialForm(row())],
    ['its other end', denialNotTaken('x')],
  ])('keeps within Slack’s limits of a view: %s', (_, view) => {
    for (const name of ['title', 'submit', 'close'])
      if (name in view) expect((view[name] as { text: string }).text.length).toBeLessThanOrEqual(24);
  });

  it('G-8 what is asked is inert, and a section holds it', () => {
    const preview = Array.from({ length: 40 }, () => ({ label: '*<!here>*', value: '<&`>\n'.repeat(1000) }));
    const [section] = denialForm(row({ title: '<!channel> *x* '.repeat(100), preview })).blocks as {
      text: { text: string };
    }[];
    expect(section?.text.text.length).toBeLessThanOrEqual(3000);
    expect(section?.text.text).not.toMatch(/<!(here|channel)/);
  });
});
