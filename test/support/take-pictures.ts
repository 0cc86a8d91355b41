// Takes the pictures of README and docs from a running local stack: `node test/support/take-pictures.ts http://127.0.0.1:3780`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { SEED } from '../../local/slack/world/seed.ts';
import { launchBrowser } from './browser.ts';
import { SlackSimulatorClient } from './slack-client.ts';

const [url = 'http://127.0.0.1:3780'] = process.argv.slice(2);
const images = join(import.meta.dirname, '..', '..', 'docs', 'images');
const slack = new SlackSimulatorClient(url, { timeoutMs: 60_000 });
const { team: channel } = SEED.channels;
const { requester, reviewer } = SEED.people;

async function openThread(page: Page, user: string, ts: string): Promise<void> {
  await page.goto(`${url}/#${user}/${channel}/${ts}`);
  await page.reload();
  await page.getByRole('complementary', { name: 'Thread' }).waitFor();
}

/** Opens the steps: Slack shows a plan folded. */
async function openSteps(page: Page): Promise<void> {
  for (const head of await page.locator('.plan-head[aria-expanded="false"]').all()) await head.click();
}

async function shoot(page: Page, name: string): Promise<void> {
  // Two frames, so that what the last event changed is painted.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  await page.screenshot({ path: join(images, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
}

mkdirSync(images, { recursive: true });
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1240 } });
  page.on('console', (message) => message.type() === 'error' && console.error(message.text()));

  const asked = await slack.post({
    user: requester,
    channel,
    text: '@sluice use 3 tools, then announce the release is out in #announcements',
  });
  const card = await slack.waitForMessage({ channel, thread_ts: asked.ts, hasActionId: 'sluice_approve' });
  await openThread(page, reviewer, asked.ts);
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  await openSteps(page);
  await shoot(page, 'approval');
  await slack.click({ user: reviewer, channel, ts: card.ts, action_id: 'sluice_approve' });
  await slack.waitForMessage({
    channel,
    thread_ts: asked.ts,
    textIncludes: 'Posted in',
    streaming_state: 'completed',
  });
  await page.getByText('Posted in').first().waitFor();
  await openSteps(page);
  await shoot(page, 'thread');

  const refused = await slack.post({
    user: requester,
    channel,
    text: '@sluice announce free cake in #announcements',
  });
  await slack.waitForMessage({ channel, thread_ts: refused.ts, hasActionId: 'sluice_deny_reason' });
  await openThread(page, reviewer, refused.ts);
  await page.getByRole('button', { name: 'Deny with reason…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('There was cake yesterday.');
  await shoot(page, 'form');
  await page.getByRole('dialog').getByRole('button', { name: 'Deny' }).click();
  await slack.waitForMessage({
    channel,
    thread_ts: refused.ts,
    textIncludes: 'cake yesterday',
    fromBot: true,
  });

  const slow = await slack.post({ user: requester, channel, text: '@sluice long answer' });
  await slack.waitForMessage({
    channel,
    thread_ts: slow.ts,
    textIncludes: 'Section 2',
    streaming_state: 'in_progress',
  });
  await openThread(page, requester, slow.ts);
  await page.getByRole('complementary', { name: 'Thread' }).getByText('Section 2').waitFor();
  await shoot(page, 'streaming');
} finally {
  await browser.close();
}
