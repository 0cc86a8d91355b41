import { describe, expect, it } from 'vitest';
import {
  approved,
  click,
  form,
  interactionDeps,
  now,
  pause,
  pauseId,
  signed,
} from '../../../test/support/interactions.ts';
import { buttonValue } from '../../pauses/button.ts';
import type { DecideOutcome } from '../../pauses/decide-requirement.ts';
import type { DenialFormOutcome } from '../../pauses/open-denial-form.ts';
import { handleSlackInteraction } from './handle-interaction.ts';

describe('Deny with reason', () => {
  const triggerId = '111.222.abcdef';
  const press = {
    ...click,
    trigger_id: triggerId,
    actions: [{ action_id: 'sluice_deny_reason', value: buttonValue(pauseId, 0) }],
  };
  const notTaken: DenialFormOutcome & DecideOutcome = { outcome: 'already', decision: approved, pause };

  it('G-24 opens the form before the answer, and tells nobody anything', async () => {
    const deps = interactionDeps();
    expect(await handleSlackInteraction(deps, signed(form(press)))).toMatchObject({
      status: 200,
      body: '',
      outcome: 'form_opened',
      level: 'info',
    });
    expect(deps.openDenialForm.mock.calls).toEqual([
      [{ pauseId, row: 0, by: 'U2', appId: 'A1', installationId: 'T1', triggerId, at: now, door: 'slack' }],
    ]);
    expect(deps.decideRequirement).not.toHaveBeenCalled();
    expect(deps.requestNotice).not.toHaveBeenCalled();
  });

  it.each<[string, DenialFormOutcome, string, string]>([
    ['G-14 who decided before', notTaken, 'Already approved by <@U9>.', 'info'],
    [
      'also whoever decided it themselves: they wanted to say more',
      { ...notTaken, decision: { ...approved, answer: 'denied', by: 'U2' } },
      'Already denied by <@U2>.',
      'info',
    ],
    [
      'G-40 that they may not',
      { outcome: 'refused', reason: 'not_allowed', pause },
      'You may not decide this request.',
      'warn',
    ],
    ['that it is gone', { outcome: 'unknown' }, 'This request is not open any more.', 'warn'],
    [
      'G-24 that the form did not open, and what to do',
      { outcome: 'form_not_opened', pause, reason: 'views.open: expired_trigger_id' },
      'The form for your reason did not open in time. If you do not see it, press “Deny with reason…” again, or Deny.',
      'warn',
    ],
  ])('acknowledges the click and tells whoever pressed: %s', async (_, outcome, text, level) => {
    const deps = interactionDeps();
    deps.openDenialForm.mockResolvedValueOnce(outcome);
    const answer = await handleSlackInteraction(deps, signed(form(press)));
    expect(answer).toMatchObject({ status: 200, body: '', outcome: outcome.outcome, level });
    expect(deps.requestNotice.mock.calls).toEqual([
      [{ appId: 'A1', installationId: 'T1', channel: 'C1', threadTs: '1.0', userId: 'U2', text }],
    ]);
    // Nothing that opens a view is for a log.
    expect(JSON.stringify([answer, deps.log])).not.toContain(triggerId);
  });

  const submission = (value: string | null) => ({
    type: 'view_submission',
    user: click.user,
    api_app_id: 'A1',
    team: click.team,
    view: {
      callback_id: 'sluice_deny_reason',
      private_metadata: buttonValue(pauseId, 0),
      state: { values: { reason: { reason: { type: 'plain_text_input', value } } } },
    },
  });

  it('G-24 a form with a reason denies and closes', async () => {
    const deps = interactionDeps({ outcome: 'decided', decision: { ...approved, answer: 'denied' }, pause });
    const answer = await handleSlackInteraction(deps, signed(form(submission('Too early.'))));
    // Slack closes a modal only at an empty body.
    expect(answer).toMatchObject({ status: 200, body: '', outcome: 'denied', fields: { pauseId, by: 'U2' } });
    expect(deps.decideRequirement.mock.calls).toEqual([
      [
        {
          pauseId,
          row: 0,
          answer: 'denied',
          reason: 'Too early.',
          by: 'U2',
          appId: 'A1',
          installationId: 'T1',
          at: now,
          door: 'slack',
        },
      ],
    ]);
    expect(deps.requestNotice).not.toHaveBeenCalled();
    expect(JSON.stringify(answer.fields)).not.toContain('Too early');
  });

  it.each<[string, string | null, string]>([
    ['nothing', null, 'Please write a reason, or cancel and press Deny.'],
    ['blanks', ' \n\t ', 'Please write a reason, or cancel and press Deny.'],
    ['what cannot be seen', '\u200b\u2060', 'Please write a reason, or cancel and press Deny.'],
    ['what nobody sees either', '\u061c\u3164\u{e0079}', 'Please write a reason, or cancel and press Deny.'],
    ['too much', '😀'.repeat(2001), 'Please write 2000 characters at most; these are 2001.'],
  ])('G-24 %s comes back as an error at its field, and nothing is decided', async (_, value, text) => {
    const deps = interactionDeps();
    const answer = await handleSlackInteraction(deps, signed(form(submission(value))));
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(answer.body)).toEqual({ response_action: 'errors', errors: { reason: text } });
    expect(deps.decideRequirement).not.toHaveBeenCalled();
  });

  it('takes as many characters as the form says, however wide they are', async () => {
    const deps = interactionDeps({ outcome: 'decided', decision: approved, pause });
    const answer = await handleSlackInteraction(deps, signed(form(submission('😀'.repeat(2000)))));
    expect(answer).toMatchObject({ body: '', outcome: 'denied' });
  });

  it.each<[string, DecideOutcome, string]>([
    ['G-14 who decided meanwhile', notTaken, 'Already approved by <@U9>.'],
    [
      'G-38 that they denied it before, for another reason',
      { ...notTaken, decision: { ...approved, answer: 'denied', by: 'U2', reason: 'Too late.' } },
      'Already denied by <@U2>.',
    ],
    [
      'G-38 that they denied it before, without a reason',
      { ...notTaken, decision: { ...approved, answer: 'denied', by: 'U2' } },
      'Already denied by <@U2>.',
    ],
    [
      'G-14 that somebody else denied it in the same words',
      { ...notTaken, decision: { ...approved, answer: 'denied', reason: 'Too early.' } },
      'Already denied by <@U9>.',
    ],
    [
      'S-23 that it expired',
      { outcome: 'refused', reason: 'expired', pause },
      'This request has expired, so it counts as denied.',
    ],
    [
      'G-40 that they may not',
      { outcome: 'refused', reason: 'not_allowed', pause },
      'You may not decide this request.',
    ],
    ['that it is gone', { outcome: 'unknown' }, 'This request is not open any more.'],
  ])('a form that was sent too late says so in its place: %s', async (_, outcome, text) => {
    const deps = interactionDeps(outcome);
    const answer = await handleSlackInteraction(deps, signed(form(submission('Too early.'))));
    expect(answer).toMatchObject({ status: 200, outcome: outcome.outcome });
    const body = JSON.parse(answer.body);
    expect(body).toMatchObject({
      response_action: 'update',
      view: { type: 'modal', close: expect.anything() },
    });
    expect(body.view.blocks).toEqual([
      { type: 'section', text: { type: 'mrkdwn', text: `${text} Your reason was not used.` } },
    ]);
    expect(body.view).not.toHaveProperty('submit');
    expect(deps.requestNotice).not.toHaveBeenCalled();
  });

  it.each([
    ['short', 'Too early.', { reason: 'Too early.' }],
    ['with blanks around it', ' Too early.\n', { reason: 'Too early.' }],
    ['longer than META keeps', 'w'.repeat(1000), { reason: 'w'.repeat(150), reasonOmitted: 850 }],
  ])(
    'G-38 a form whose answer got lost is sent again, its reason %s: it closes, for it was used',
    async (_, reason, kept) => {
      const decision = { ...approved, answer: 'denied', by: 'U2', ...kept } as const;
      const deps = interactionDeps({ outcome: 'already', decision, pause });
      const answer = await handleSlackInteraction(deps, signed(form(submission(reason))));
      expect(answer).toMatchObject({ status: 200, body: '', outcome: 'already' });
    },
  );

  it('a form that lost to rivals at every try stays, with what was typed', async () => {
    const deps = interactionDeps({ outcome: 'busy' });
    const answer = await handleSlackInteraction(deps, signed(form(submission('Too early.'))));
    expect(JSON.parse(answer.body)).toEqual({
      response_action: 'errors',
      errors: { reason: expect.stringContaining('Please press again.') },
    });
  });
});
