import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { GENERAL, REQUESTER, type Scene, SEED, scene, task, text } from './support.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(() => browser?.close());

/** Opens the page; whatever its console calls an error fails the test at the end. */
async function open({ slack }: Scene, address = ''): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(5_000);
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${slack.url}/#${address}`);
  await page.getByRole('button', { name: 'general' }).waitFor();
  return { page, errors };
}

test('the page: write to the bot, watch the stream grow, stop it', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  const { page, errors } = await open(setting);
  const field = page.getByRole('textbox', { name: 'Message #general' });
  await field.pressSequentially('@slu');
  await page.getByRole('option', { name: '@sluice' }).waitFor();
  await page.keyboard.press('Enter');
  await field.pressSequentially('what is 2 < 3?');
  await page.keyboard.press('Enter');
  const { ts } = await slack.waitForMessage({ channel: GENERAL, user: REQUESTER });
  const recipients = { recipient_user_id: REQUESTER, recipient_team_id: SEED.team };
  const started = await api('chat.startStream', {
    channel: GENERAL,
    thread_ts: ts,
    task_display_mode: 'plan',
    ...recipients,
  });
  await page.getByRole('button', { name: /1 reply/ }).click();
  const thread = page.getByRole('complementary', { name: 'Thread' });
  const stream = { channel: GENERAL, ts: String(started.ts) };
  await api('chat.appendStream', {
    ...stream,
    chunks: [task('t', 'Compare', 'in_progress'), text('It is **true')],
  });
  await thread.getByRole('img', { name: 'In progress' }).first().waitFor();
  await api('chat.appendStream', { ...stream, chunks: [task('t', 'Compare', 'complete'), text('**.')] });
  await thread.locator('strong', { hasText: 'true' }).waitFor();
  await thread.getByRole('button', { name: 'Stop' }).click();
  await slack.waitForDelivery({ type: 'agent_session_stopped', state: 'acknowledged' });
  expect(await slack.message(GENERAL, stream.ts)).toMatchObject({ stream: { stoppedByUser: true } });
  expect(errors).toEqual([]);
  await page.close();
});

test('the page: press a button; what only one person sees is shown to that person', async () => {
  const setting = await scene();
  const { slack, api } = setting;
  const { page, errors } = await open(setting, `${REQUESTER}/${GENERAL}`);
  const button = {
    type: 'button',
    text: { type: 'plain_text', text: 'Approve' },
    action_id: 'approve',
    style: 'primary',
  };
  const { ts } = await api('chat.postMessage', {
    channel: GENERAL,
    text: 'may I?',
    blocks: [{ type: 'actions', elements: [button] }],
  });
  await page.getByRole('button', { name: 'Approve' }).click();
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  await api('chat.update', { channel: GENERAL, ts: String(ts), text: 'approved', blocks: [] });
  await page.getByText('(edited)').waitFor();
  await api('chat.postEphemeral', { channel: GENERAL, user: REQUESTER, text: 'psst' });
  await page.getByText('Only visible to you').waitFor();
  await page.getByRole('combobox', { name: 'You write as' }).selectOption('reviewer');
  await page.getByText('Only visible to you').waitFor({ state: 'detached' });
  await page.getByText('chat.postEphemeral').waitFor();
  expect(errors).toEqual([]);
  await page.close();
});
