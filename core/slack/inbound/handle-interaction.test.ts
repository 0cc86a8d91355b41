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
import type { DecideOutcome } from '../../pauses/decide-requirement.ts';
import { handleSlackInteraction } from './handle-interaction.ts';

describe('handleSlackInteraction', () => {
  it('decides and answers 200 with nothing: the card tells the rest', async () => {
    const deps = interactionDeps();
    const answer = await handleSlackInteraction(deps, signed(form(click)));
    expect(answer).toMatchObject({ status: 200, body: '', outcome: 'approved', level: 'info' });
    expect(answer.fields).toMatchObject({ pauseId, turnId: 't1', sessionId: 's1' });
    expect(deps.decideRequirement.mock.calls).toEqual([
      [
        {
          pauseId,
          row: 0,
          answer: 'approved',
          by: 'U2',
          appId: 'A1',
          installationId: 'T1',
          at: now,
          door: 'slack',
        },
      ],
    ]);
    expect(deps.requestNotice).not.toHaveBeenCalled();
  });

  it.each<[string, DecideOutcome, string, string]>([
    [
      'G-14 who decided before',
      { outcome: 'already', decision: approved, pause },
      'Already approved by <@U9>.',
      'info',
    ],
    [
      'who denied before',
      { outcome: 'already', decision: { ...approved, answer: 'denied' }, pause },
      'Already denied by <@U9>.',
      'info',
    ],
    [
      'S-23 that it expired',
      { outcome: 'already', decision: { ...approved, answer: 'denied', cause: 'expiry' }, pause },
      'This request has expired: nobody decided in time, so it counts as denied.',
      'info',
    ],
    [
      'S-9 that it was stopped',
      { outcome: 'already', decision: { ...approved, answer: 'denied', cause: 'stop' }, pause },
      'This request was cancelled, because the work was stopped.',
      'info',
    ],
    [
      'G-40 that they may not',
      { outcome: 'refused', reason: 'not_allowed', pause },
      'You may not decide this request.',
      'warn',
    ],
    [
      'that it is too late',
      { outcome: 'refused', reason: 'expired', pause },
      'This request has expired, so it counts as denied.',
      'warn',
    ],
    [
      'that it is closed',
      { outcome: 'refused', reason: 'closed', pause },
      'This request is not open any more.',
      'warn',
    ],
    [
      'that a stale button is about nothing',
      { outcome: 'unknown' },
      'This request is not open any more.',
      'warn',
    ],
    [
      'to press again',
      { outcome: 'busy' },
      'Several people decided at the same moment, so yours was not taken. Please press again.',
      'info',
    ],
  ])('tells whoever pressed, and nobody else: %s', async (_, outcome, text, level) => {
    const deps = interactionDeps(outcome);
    expect(await handleSlackInteraction(deps, signed(form(click)))).toMatchObject({
      status: 200,
      body: '',
      level,
    });
    expect(deps.requestNotice.mock.calls).toEqual([
      [{ appId: 'A1', installationId: 'T1', channel: 'C1', threadTs: '1.0', userId: 'U2', text }],
    ]);
  });

  it('G-38 a double click of the winner is no news to them', async () => {
    const deps = interactionDeps({ outcome: 'already', decision: { ...approved, by: 'U2' }, pause });
    expect(await handleSlackInteraction(deps, signed(form(click)))).toMatchObject({
      status: 200,
      outcome: 'already',
    });
    expect(deps.requestNotice).not.toHaveBeenCalled();
  });

  it('a button of another workspace decides as that workspace, whose pause it is not', async () => {
    const deps = interactionDeps({ outcome: 'unknown' });
    const answer = await handleSlackInteraction(deps, signed(form({ ...click, team: { id: 'T666' } })));
    expect(answer).toMatchObject({ status: 200, body: '', outcome: 'unknown', level: 'warn' });
    expect(deps.decideRequirement.mock.calls[0]?.[0].installationId).toBe('T666');
  });

  it('answers 200 when the decision stands but nobody could be told', async () => {
    const deps = interactionDeps({ outcome: 'already', decision: approved, pause });
    deps.requestNotice.mockRejectedValueOnce(new Error('queue is down'));
    expect(await handleSlackInteraction(deps, signed(form(click)))).toMatchObject({ status: 200 });
    expect(deps.log.error).toHaveBeenCalledOnce();
  });

  it.each<[string, string, string | undefined, number, string]>([
    ['a wrong signature', form(click), `v0=${'0'.repeat(64)}`, 403, 'bad_signature'],
    ['no signature', form(click), '', 400, 'missing_headers'],
    ['a form without payload', 'foo=bar', undefined, 400, 'malformed'],
    ['a payload that is no JSON', 'payload=%7Bx', undefined, 400, 'malformed'],
    ['no body', '', undefined, 400, 'malformed'],
    ['a click of nobody', form({ ...click, user: {} }), undefined, 400, 'malformed'],
  ])('refuses %s', async (_, body, signature, status, outcome) => {
    const deps = interactionDeps();
    const answer = await handleSlackInteraction(deps, signed(body, signature));
    expect(answer).toMatchObject({ status, outcome, level: 'warn' });
    expect(JSON.parse(answer.body)).toEqual({ error: expect.stringMatching(/^[\w ./-]+$/) });
    expect(deps.decideRequirement).not.toHaveBeenCalled();
    expect(deps.requestNotice).not.toHaveBeenCalled();
  });

  it.each<[string, unknown, 'info' | 'warn']>([
    ['a modal', { type: 'view_submission', view: {} }, 'info'],
    ['a shortcut', { type: 'shortcut' }, 'info'],
    ["a stranger's button", { ...click, actions: [{ action_id: 'x', value: 'y' }] }, 'info'],
    ['a forged button', { ...click, actions: [{ action_id: 'sluice_approve', value: 'anything' }] }, 'warn'],
  ])('takes note of %s and does nothing', async (_, payload, level) => {
    const deps = interactionDeps();
    expect(await handleSlackInteraction(deps, signed(form(payload)))).toMatchObject({
      status: 200,
      body: '',
      outcome: 'ignored',
      level,
    });
    expect(deps.decideRequirement).not.toHaveBeenCalled();
    expect(deps.requestNotice).not.toHaveBeenCalled();
  });
});
