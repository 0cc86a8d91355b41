import { describe, expect, it } from 'vitest';
import { form, interactionDeps, now, signed, thumbsUp, turnId } from '../../../test/support/interactions.ts';
import { feedbackValue } from '../../feedback/button.ts';
import type { FeedbackOutcome } from '../../feedback/store-feedback.ts';
import { handleSlackInteraction } from './handle-interaction.ts';

const [thumb] = thumbsUp.actions;

describe('21 a click on a thumb', () => {
  it('is stored, answered 200 without any Slack call, and thanked for by a line for that person alone', async () => {
    const deps = interactionDeps();
    const answer = await handleSlackInteraction(deps, signed(form(thumbsUp)));
    expect(answer).toMatchObject({ status: 200, body: '', outcome: 'rated', level: 'info' });
    expect(deps.storeFeedback.mock.calls).toEqual([
      [
        {
          turnId,
          rating: 'up',
          userId: 'U2',
          teamId: 'T1',
          appId: 'A1',
          installationId: 'T1',
          messageTs: '2.2',
          at: 1_700_000_000_250,
        },
      ],
    ]);
    expect(deps.requestNotice.mock.calls).toEqual([
      [
        expect.objectContaining({
          channel: 'C1',
          threadTs: '1.0',
          userId: 'U2',
          text: expect.stringMatching(/^Thank you/),
        }),
      ],
    ]);
    expect(deps.decideRequirement).not.toHaveBeenCalled();
  });

  it('is logged by ids and what was thought, without any text', async () => {
    const { fields } = await handleSlackInteraction(interactionDeps(), signed(form(thumbsUp)));
    expect(fields).toEqual({
      appId: 'A1',
      installationId: 'T1',
      turnId,
      sessionId: 's1',
      by: 'U2',
      rating: 'up',
    });
  });

  it.each<[FeedbackOutcome['outcome'], 'info' | 'warn']>([
    ['unchanged', 'info'],
    ['unknown', 'warn'],
  ])('that comes to %s tells nobody anything', async (outcome, level) => {
    const deps = interactionDeps();
    deps.storeFeedback.mockResolvedValueOnce({ outcome });
    const answer = await handleSlackInteraction(deps, signed(form(thumbsUp)));
    expect(answer).toMatchObject({ status: 200, body: '', outcome, level });
    expect(deps.requestNotice).not.toHaveBeenCalled();
  });

  it('stands when nobody could be thanked', async () => {
    const deps = interactionDeps();
    deps.requestNotice.mockRejectedValueOnce(new Error('queue is down'));
    const answer = await handleSlackInteraction(deps, signed(form(thumbsUp)));
    expect(answer).toMatchObject({ status: 200, outcome: 'rated' });
  });

  it('without a time of Slack’s counts as pressed now', async () => {
    const deps = interactionDeps();
    const { action_ts: _, ...timeless } = thumb ?? {};
    await handleSlackInteraction(deps, signed(form({ ...thumbsUp, actions: [timeless] })));
    expect(deps.storeFeedback.mock.calls[0]?.[0].at).toBe(now);
  });

  it('of another workspace counts as that workspace’s, whose turn it is not', async () => {
    const deps = interactionDeps();
    await handleSlackInteraction(deps, signed(form({ ...thumbsUp, team: { id: 'T666' } })));
    expect(deps.storeFeedback.mock.calls[0]?.[0].installationId).toBe('T666');
  });

  it.each<[string, unknown]>([
    ['no value', { ...thumb, value: undefined }],
    ['another value', { ...thumb, value: 'good' }],
    ['a value with more in it', { ...thumb, value: `${feedbackValue(turnId, 'up')}:U9` }],
  ])('with %s is taken note of and does nothing', async (_, action) => {
    const deps = interactionDeps();
    const answer = await handleSlackInteraction(deps, signed(form({ ...thumbsUp, actions: [action] })));
    expect(answer).toMatchObject({ status: 200, body: '', outcome: 'ignored', level: 'warn' });
    expect(deps.storeFeedback).not.toHaveBeenCalled();
  });

  it('of nobody is refused', async () => {
    const deps = interactionDeps();
    const answer = await handleSlackInteraction(deps, signed(form({ ...thumbsUp, user: {} })));
    expect(answer).toMatchObject({ status: 400, outcome: 'malformed' });
    expect(deps.storeFeedback).not.toHaveBeenCalled();
  });
});
