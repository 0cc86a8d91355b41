import { SEED } from '../../local/slack/world/seed.ts';
import type { Camera } from './camera.ts';

const { team: channel } = SEED.channels;
const { requester, reviewer } = SEED.people;

/** An approval before and after its decision, and the form of a denial. */
export async function takeApprovalPictures(camera: Camera): Promise<void> {
  const { slack, page, openThread, openSteps, shoot } = camera;
  const asked = await slack.post({
    user: requester,
    channel,
    text: '@sluice use 3 tools, then announce the release is out in #announcements',
  });
  const card = await slack.waitForMessage({ channel, thread_ts: asked.ts, hasActionId: 'sluice_approve' });
  await openThread(reviewer, channel, asked.ts);
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  await openSteps();
  await shoot('approval');
  await slack.click({ user: reviewer, channel, ts: card.ts, action_id: 'sluice_approve' });
  await slack.waitForMessage({
    channel,
    thread_ts: asked.ts,
    textIncludes: 'Posted in',
    streaming_state: 'completed',
  });
  await page.getByText('Posted in').first().waitFor();
  await openSteps();
  await shoot('thread');

  const refused = await slack.post({
    user: requester,
    channel,
    text: '@sluice announce free cake in #announcements',
  });
  await slack.waitForMessage({ channel, thread_ts: refused.ts, hasActionId: 'sluice_deny_reason' });
  await openThread(reviewer, channel, refused.ts);
  await page.getByRole('button', { name: 'Deny with reason…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('There was cake yesterday.');
  await shoot('form');
  await page.getByRole('dialog').getByRole('button', { name: 'Deny' }).click();
  await slack.waitForMessage({
    channel,
    thread_ts: refused.ts,
    textIncludes: 'cake yesterday',
    fromBot: true,
  });
}
