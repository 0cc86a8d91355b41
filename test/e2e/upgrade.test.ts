import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, inject, it } from 'vitest';
import { projectRoot } from '../../local/places.ts';
import { redeploy } from '../../local/up.ts';
import { copyProject } from '../support/copy-project.ts';
import { deployed } from './support/deployed.ts';
import { e2eSettings } from './support/settings.ts';

const { stack, slack, SEED, ask, turnWhen, ended } = deployed();
const settings = { ...e2eSettings, slackApiUrl: stack.slackApiUrl };
const { requester } = SEED.people;
const { team, announcements } = SEED.channels;

/** The project with its code changed, beside the one under test. @returns the CDK app's command */
function changedProject(): string {
  const file = join('core', 'models', 'demo', 'requests', 'announcing.ts');
  const content = readFileSync(join(projectRoot, file), 'utf8');
  const changed = content.replace('`Posted in ', '`Posted by the newer version in ');
  return copyProject(join(inject('stateDir'), 'changed'), file, changed);
}

afterAll(() => redeploy(stack, { stateDir: inject('stateDir'), settings }));

it('a turn paused, the stack redeployed with changed code, then approved: goes on with the new code', async () => {
  const asked = await ask('announce survived the upgrade in #announcements', { channel: team });
  const card = await slack.waitForMessage({
    channel: team,
    thread_ts: asked.ts,
    hasActionId: 'sluice_approve',
  });
  await turnWhen(asked, (turn) => turn.state === 'paused');
  const after = await redeploy(stack, {
    stateDir: inject('stateDir'),
    settings,
    app: changedProject(),
  });
  // What a paused turn needs is where it was.
  expect(after).toMatchObject({
    table: stack.table,
    stateMachineArn: stack.stateMachineArn,
    apiUrl: stack.apiUrl,
  });
  await slack.click({ user: requester, channel: team, ts: card.ts, action_id: 'sluice_approve' });
  await slack.waitForMessage({ channel: announcements, textIncludes: 'survived the upgrade', fromBot: true });
  await slack.waitForMessage({
    channel: team,
    thread_ts: asked.ts,
    textIncludes: 'Posted by the newer version',
    streaming_state: 'completed',
  });
  expect((await turnWhen(asked, ended)).state).toBe('completed');
});
