import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type OpenPage, openPage } from '../support/page.ts';
import { deployed } from './support/deployed.ts';

const { slack, SEED } = deployed();
const { requester, reviewer } = SEED.people;
const { team: channel, announcements } = SEED.channels;

let browser: Browser;
let open: OpenPage;

beforeAll(async () => {
  browser = await launchBrowser();
});
// A form that another test left open lies over everything, as it would on that person's screen.
beforeEach(async () => {
  for (const { user, modals } of (await slack.state()).views)
    if (modals.length > 0) await slack.views.close({ user, all: true });
});
afterAll(() => browser?.close());

/** Writes as a person does: types, chooses the app from the list, sends; then opens the thread of the answer. */
async function ask({ page, thread }: OpenPage, text: string): Promise<string> {
  const field = page.getByRole('textbox', { name: 'Message #team' });
  await field.click();
  await page.keyboard.type('@slu');
  await page.getByRole('option', { name: '@sluice' }).waitFor();
  await page.keyboard.press('Enter');
  // The blank closes the list of channels that a # opens.
  await page.keyboard.type(`${text} `);
  await page.keyboard.press('Enter');
  const { ts } = await slack.waitForMessage({ channel, user: requester, textIncludes: text.split('#')[0] });
  await page
    .locator(`[data-ts="${ts}"]`)
    .getByRole('button', { name: /\d+ repl(y|ies)/ })
    .click();
  await thread.waitFor();
  return ts;
}

describe('a whole conversation on the page, with the deployed stack', () => {
  it('steps, an approval by somebody else, and the answer', async () => {
    open = await openPage(browser, inject('slackUrl'), `${requester}/${channel}`);
    const { page, thread, writeAs, picture } = open;
    const ts = await ask(open, 'use 3 tools, then announce the release is out in #announcements');
    await thread.getByRole('button', { name: 'Approve' }).waitFor({ timeout: 30_000 });
    await thread.getByText('Waiting for you').first().waitFor();
    await picture('approval');
    await writeAs('reviewer');
    await page.goto(`${inject('slackUrl')}/#${reviewer}/${channel}/${ts}`);
    await thread.getByRole('button', { name: 'Approve' }).click();
    await thread.getByText('Approved').first().waitFor();
    await thread
      .getByText(/Posted in/)
      .first()
      .waitFor({ timeout: 30_000 });
    await picture('approved');
    const posted = await slack.waitForMessage({ channel: announcements, textIncludes: 'the release is out' });
    expect(posted.user).toBe(SEED.botUser);
    open.expectQuietConsole();
    await open.close();
  });

  it('G-24: denied with a reason in a form; a blank one is refused at its field', async () => {
    open = await openPage(browser, inject('slackUrl'), `${requester}/${channel}`);
    const { page, thread, picture } = open;
    await ask(open, 'announce free cake in #announcements');
    await thread.getByRole('button', { name: 'Deny with reason…' }).click({ timeout: 30_000 });
    const form = page.getByRole('dialog');
    const reason = form.getByRole('textbox', { name: /Reason/ });
    // What only looks empty passes Slack and is refused by the app, at the field.
    await reason.fill('\u200b');
    await form.getByRole('button', { name: 'Deny' }).click();
    await expect.poll(() => reason.getAttribute('aria-invalid')).toBe('true');
    await picture('form-error');
    await reason.fill('There is no cake.');
    await form.getByRole('button', { name: 'Deny' }).click();
    await form.waitFor({ state: 'detached' });
    await thread.getByText('There is no cake.').first().waitFor();
    await expect.poll(() => thread.getByText('There is no cake.').count()).toBeGreaterThan(1);
    await picture('denied');
    expect(
      await slack.waitForMessages({ channel: announcements, textIncludes: 'free cake', count: 0 }),
    ).toEqual([]);
    open.expectQuietConsole();
    await open.close();
  });

  it('stopped with the button while it writes', async () => {
    open = await openPage(browser, inject('slackUrl'), `${requester}/${channel}`);
    const { thread, picture } = open;
    const ts = await ask(open, 'slow answer 30');
    await thread.getByText('I take my time').first().waitFor({ timeout: 30_000 });
    await picture('streaming');
    await thread.getByRole('button', { name: 'Stop' }).click();
    await slack.waitForSession({ channel, thread_ts: ts, status: 'active' });
    await thread
      .getByText(/[Ss]topped/)
      .first()
      .waitFor({ timeout: 30_000 });
    await thread.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    open.expectQuietConsole();
    await open.close();
  });

  it('in a direct message, and in the panel what the app did for it', async () => {
    open = await openPage(browser, inject('slackUrl'), `${requester}/D0REQUESTER`);
    const { page, panel, picture } = open;
    await page.getByRole('textbox', { name: 'Message sluice' }).fill('say good morning');
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /\d+ repl(y|ies)/ })
      .last()
      .click();
    await open.thread.getByText('good morning').nth(1).waitFor({ timeout: 30_000 });
    await panel
      .getByRole('option', { name: /chat\.stopStream/ })
      .last()
      .waitFor();
    await picture('direct-message');
    open.expectQuietConsole();
    await open.close();
  });
});
