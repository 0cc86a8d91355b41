import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, inject, it } from 'vitest';
import { projectRoot } from '../../local/places.ts';
import { redeploy } from '../../local/up.ts';
import { deployed } from './support/deployed.ts';
import { e2eSettings } from './support/settings.ts';

const { stack, slack, SEED, ask, turnWhen, ended } = deployed();
const settings = { ...e2eSettings, slackApiUrl: stack.slackApiUrl };
const { requester } = SEED.people;
const { team, announcements } = SEED.channels;

/** The project with its code changed, beside the one under test. */
function changedProject(): string {
  const root = join(inject('stateDir'), 'changed');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const room of [
    'agents',
    'core',
    'functions',
    'infra',
    'statemachines',
    'package.json',
    'tsconfig.json',
    'cdk.json',
  ])
    cpSync(join(projectRoot, room), join(root, room), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  const file = join(root, 'core', 'models', 'demo', 'requests', 'announcing.ts');
  writeFileSync(file, readFileSync(file, 'utf8').replace('`Posted in ', '`Posted by the newer version in '));
  return root;
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
  const root = changedProject();
  const after = await redeploy(stack, {
    stateDir: inject('stateDir'),
    settings,
    app: `node ${join(root, 'infra', 'app.ts')}`,
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
