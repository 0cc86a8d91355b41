import { expect, test } from 'vitest';
import { startSlackSimulator, SEED as WORLD } from '../../local/slack/server.ts';
import { GENERAL, REQUESTER, SEED } from '../simulator/support.ts';
import { SlackSimulatorClient } from '../support/slack-client.ts';
import { interactions } from './app.ts';
import { focused, pageOf, scenePage, useBrowser } from './support.ts';

useBrowser();

const HERE = `${REQUESTER}/${GENERAL}`;
const REVIEWER = SEED.people.reviewer;
const TEAM = SEED.channels.team;

test('another person, another workspace: each sees their own conversations', async () => {
  const { page, main, writeAs, slack, picture } = await scenePage(HERE);
  await slack.post({ user: REVIEWER, channel: SEED.channels.group, text: 'among us' });
  const sidebar = page.getByRole('navigation', { name: 'Conversations' });
  await sidebar.getByRole('button', { name: /reviewer, sluice/ }).click();
  await main.getByText('among us').waitFor();
  await writeAs('guest');
  await main.getByText('among us').waitFor({ state: 'detached' });
  expect(await sidebar.getByRole('button', { name: /reviewer, sluice/ }).count()).toBe(0);
  expect(await page.getByRole('option', { name: 'former (deactivated)' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Sluice', exact: true }).click();
  await page.getByRole('menuitem', { name: /Partner/ }).click();
  await page.getByRole('textbox', { name: 'Message #shared-with-partner' }).waitFor();
  expect(await page.getByRole('combobox', { name: 'You write as' }).inputValue()).toBe(SEED.people.partner);
  await picture('partner-workspace');
});

test('unread messages are counted and cleared; the first new one is marked; own ones do not count', async () => {
  const { page, main, slack } = await scenePage(HERE);
  await main.getByRole('textbox').waitFor();
  const row = page.getByRole('navigation').getByRole('button', { name: /^team/ });
  await slack.post({ user: REQUESTER, channel: TEAM, text: 'by myself' });
  await slack.post({ user: REVIEWER, channel: TEAM, text: 'one' });
  await slack.post({ user: REVIEWER, channel: TEAM, text: 'two' });
  await row.getByText('2 unread').waitFor();
  await row.click();
  await main.getByText('two', { exact: true }).waitFor();
  await row.getByText('2 unread').waitFor({ state: 'detached' });
  await main.getByText('New', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'general', exact: true }).click();
  await page.getByRole('textbox', { name: 'Message #general' }).waitFor();
  expect(await row.getByText('unread').count()).toBe(0);
});

test('a new channel: its name is made fit, its maker is in it and can write there', async () => {
  const { page, slack, picture } = await scenePage(HERE);
  await page.getByRole('button', { name: 'Create a channel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a channel' });
  const create = dialog.getByRole('button', { name: 'Create' });
  expect(await create.isDisabled()).toBe(true);
  await page.keyboard.type('Plan Budget');
  await dialog.getByText('Will be called #plan-budget.').waitFor();
  await dialog.getByRole('radio', { name: /^Private/ }).check();
  await picture('create-channel');
  await create.click();
  const field = page.getByRole('textbox', { name: /Message #plan-budget/ });
  await field.fill('hello all');
  await field.press('Enter');
  const { channels } = await slack.state();
  const made = channels.find(({ name }) => name === 'plan-budget');
  expect(made).toMatchObject({ kind: 'group', members: [REQUESTER] });
  await slack.waitForMessage({ channel: made?.id ?? '', textIncludes: 'hello all' });
});

test('where one cannot write it is said why; a public channel can be joined from there', async () => {
  const { page, main, slack } = await scenePage(HERE);
  const field = main.getByRole('textbox', { name: 'Message #general' });
  await field.waitFor();
  await slack.changeChannel({ channel: GENERAL, postingRestricted: true });
  await main.getByText('Only admins can write in #general.').waitFor();
  expect(await field.count()).toBe(0);
  await slack.changeChannel({ channel: GENERAL, postingRestricted: false, archived: true });
  await main.getByText('#general is archived: its messages stay, nobody can write here.').waitFor();
  const { id } = await slack.createChannel({ teamId: SEED.team, name: 'open', members: [REVIEWER] });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('open');
  await page.getByRole('option', { name: /open.*Not a member/ }).click();
  await main.getByText('You are looking at #open.').waitFor();
  await main.getByRole('button', { name: 'Join Channel' }).click();
  await main.getByRole('textbox', { name: 'Message #open' }).waitFor();
  const { channels } = await slack.state();
  expect(channels.find((one) => one.id === id)?.members).toContain(REQUESTER);
});

test('a draft stays where it was written, is marked in the sidebar, and is each person’s own', async () => {
  const { page, main, writeAs } = await scenePage(HERE);
  await main.getByRole('textbox', { name: 'Message #general' }).fill('not yet');
  const sidebar = page.getByRole('navigation', { name: 'Conversations' });
  await sidebar.getByRole('button', { name: 'team', exact: true }).click();
  await main.getByRole('textbox', { name: 'Message #team' }).waitFor();
  await sidebar
    .getByRole('button', { name: /general/ })
    .getByRole('img', { name: 'Draft' })
    .waitFor();
  await writeAs('reviewer');
  expect(await sidebar.getByRole('img', { name: 'Draft' }).count()).toBe(0);
  await sidebar.getByRole('button', { name: 'general', exact: true }).click();
  const field = main.getByRole('textbox', { name: 'Message #general' });
  await field.waitFor();
  expect(await field.inputValue()).toBe('');
  await writeAs('requester');
  await page.waitForFunction(`document.querySelector('main textarea')?.value === 'not yet'`);
});

test('a permalink opens cold at its message, and at its thread', async () => {
  const { page, slack, api, main, thread, picture } = await scenePage(HERE);
  await slack.setRateLimits({ enabled: false });
  const root = await slack.post({ user: REVIEWER, channel: TEAM, text: 'the root' });
  const reply = await api('chat.postMessage', { channel: TEAM, thread_ts: root.ts, text: 'the reply' });
  for (let at = 0; at < 60; at++) await slack.post({ user: REVIEWER, channel: TEAM, text: `later ${at}` });
  const linkOf = async (ts: string) =>
    String((await api('chat.getPermalink', { channel: TEAM, message_ts: ts })).permalink);
  await page.goto(await linkOf(root.ts));
  await main.locator('article.message-marked').getByText('the root').waitFor();
  await page.waitForFunction(
    `(() => { const box = document.querySelector('article.message-marked')?.getBoundingClientRect();
      return box && box.top > 0 && box.bottom < innerHeight; })()`,
  );
  await picture('permalink');
  await page.goto(await linkOf(String(reply.ts)));
  await thread.locator('article.message-marked').getByText('the reply').waitFor();
});

test('§5 a slash command: completed, answered to the person alone; Slack’s own words when it fails', async () => {
  const { page, main, slack, reply, received, appUrl, picture } = await scenePage(HERE);
  await slack.setApp({ commandsUrl: `${appUrl}/commands` });
  reply(({ path }) => ({ status: 200, body: path === '/commands' ? 'It is done.' : '' }));
  const field = main.getByRole('textbox', { name: 'Message #general' });
  await field.pressSequentially('/slu');
  await page.getByRole('option', { name: /\/sluice/ }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('status of checkout');
  await page.keyboard.press('Enter');
  await main.getByText('It is done.').waitFor();
  await main.getByText('Only visible to you').waitFor();
  const sent = received.find(({ path }) => path === '/commands');
  expect(Object.fromEntries(new URLSearchParams(sent?.body))).toMatchObject({
    command: '/sluice',
    text: 'status of checkout',
    user_id: REQUESTER,
    channel_id: GENERAL,
  });
  reply(() => ({ status: 500 }));
  await field.fill('/sluice again');
  await field.press('Enter');
  await main.getByText('/sluice failed with the error "dispatch_failed".').waitFor();
  await main.getByText('Slackbot', { exact: true }).waitFor();
  await picture('slash-command');
  await field.fill('/nothing');
  await field.press('Enter');
  await page
    .locator('.toast')
    .getByText(/\/nothing/)
    .waitFor();
  expect(await field.inputValue()).toBe('/nothing');
});

test('§5 a message shortcut tells the app which message', async () => {
  const setting = await scenePage(HERE);
  const { page, main, slack, picture } = setting;
  const { ts } = await slack.post({ user: REVIEWER, channel: GENERAL, text: 'look at this' });
  await main.getByText('look at this').hover();
  await main.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /Ask Sluice/ }).waitFor();
  await picture('message-menu');
  await page.getByRole('menuitem', { name: /Ask Sluice/ }).click();
  await slack.waitForDelivery({ type: 'message_action', state: 'acknowledged' });
  expect(interactions(setting, 'message_action')).toMatchObject([
    { callback_id: 'ask_agent', user: { id: REQUESTER }, message: { ts, text: 'look at this' } },
  ]);
});

test('a reaction is added by the picker, joined and taken back by pressing it', async () => {
  const { page, main, slack } = await scenePage(HERE);
  const { ts } = await slack.post({ user: REVIEWER, channel: GENERAL, text: 'done' });
  await main.getByText('done', { exact: true }).hover();
  await main.getByRole('button', { name: 'Add reaction', exact: true }).click();
  await page.getByRole('textbox', { name: 'Search emoji' }).fill('tada');
  await page.keyboard.press('Enter');
  const reaction = main.getByRole('button', { name: /:tada:/ });
  await reaction.and(page.locator('[aria-pressed="true"]')).waitFor();
  await slack.react({ user: REVIEWER, channel: GENERAL, ts, name: 'tada' });
  await main.getByRole('button', { name: /^2 :tada:/ }).click();
  await main
    .getByRole('button', { name: /^1 :tada:/ })
    .and(page.locator('[aria-pressed="false"]'))
    .waitFor();
  expect((await slack.message(GENERAL, ts))?.reactions).toMatchObject([{ name: 'tada', users: [REVIEWER] }]);
});

test('deleting asks first; with replies a tombstone stays, without nothing does', async () => {
  const setting = await scenePage(HERE);
  const { page, main, slack, thread } = setting;
  const root = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'with replies' });
  await slack.post({ user: REVIEWER, channel: GENERAL, thread_ts: root.ts, text: 'a reply' });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: 'alone' });
  const remove = async (words: string) => {
    await main.getByText(words, { exact: true }).hover();
    await main.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /Delete message/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete message' });
    await dialog.getByText(words).waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await main.getByText(words, { exact: true }).waitFor({ state: 'detached' });
  };
  await remove('alone');
  await remove('with replies');
  await main.getByText('This message was deleted.').waitFor();
  await main.getByRole('button', { name: /1 reply/ }).click();
  await thread.getByText('a reply').waitFor();
  await page.keyboard.press('Escape');
  await thread.waitFor({ state: 'detached' });
});

test('dark is kept for the next visit', async () => {
  const { page, picture } = await scenePage(HERE);
  await page.getByRole('radio', { name: 'Dark theme' }).click();
  await page.locator('html[data-theme="dark"]').waitFor();
  await page.reload();
  await page.getByRole('textbox', { name: 'Message #general' }).waitFor();
  await page.locator('html[data-theme="dark"]').waitFor();
  expect(await page.getByRole('radio', { name: 'Dark theme' }).isChecked()).toBe(true);
  await picture('dark');
  await page.getByRole('radio', { name: 'Light theme' }).click();
  await page.locator('html[data-theme="light"]').waitFor();
});

test('when the simulator goes away it is said, and when it is back the page goes on by itself', async () => {
  const first = await startSlackSimulator({ port: 0 });
  const port = Number(new URL(first.url).port);
  const { page, main, picture } = await pageOf({ slack: { url: first.url } }, HERE, {
    quietBut: /ERR_|Failed to (load|fetch)/,
  });
  await main.getByRole('textbox').waitFor();
  await first.close();
  await page.getByText('The simulator does not answer. Trying to reconnect…').waitFor();
  await picture('connection-lost');
  const second = await startSlackSimulator({ port });
  try {
    const slack = new SlackSimulatorClient(second.url);
    await slack.post({ user: WORLD.people.reviewer, channel: GENERAL, text: 'back again' });
    await main.getByText('back again').waitFor();
    await page.getByText('The simulator does not answer.').waitFor({ state: 'detached' });
  } finally {
    await second.close();
  }
});

test('who is in a channel is shown there, and others are added', async () => {
  const setting = await scenePage(HERE);
  const { page, main, slack } = setting;
  const { id } = await slack.createPerson({ teamId: SEED.team, name: 'newcomer' });
  const open = main.getByRole('button', { name: '5 members' });
  await open.click();
  const dialog = page.getByRole('dialog', { name: 'Members of #general' });
  await focused(setting, dialog.getByRole('textbox', { name: 'Find people' }));
  await dialog.getByRole('button', { name: 'Add newcomer' }).click();
  await dialog.getByRole('region', { name: 'In this conversation' }).getByText('newcomer').waitFor();
  expect((await slack.state()).channels.find((one) => one.id === GENERAL)?.members).toContain(id);
  await page.keyboard.press('Escape');
  await focused(setting, main.getByRole('button', { name: '6 members' }));
});
