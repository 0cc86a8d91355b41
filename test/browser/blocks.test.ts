import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER } from '../simulator/support.ts';
import { actionOf, behave, interactions } from './app.ts';
import { CHARTS, TABLES } from './gallery/data.ts';
import { MESSAGE_ELEMENTS } from './gallery/elements.ts';
import { messages } from './gallery.ts';
import { allowVideos, focused, scenePage, useBrowser } from './support.ts';

useBrowser();

const HERE = `${REQUESTER}/${GENERAL}`;

/** A message of the bot with these blocks, and the page that shows it. */
async function showing(blocks: JsonObject[]) {
  const setting = await scenePage(HERE);
  const posted = await setting.api('chat.postMessage', { channel: GENERAL, text: 'Gallery', blocks });
  expect(posted).toMatchObject({ ok: true });
  const message = setting.main.locator(`article[data-ts="${String(posted.ts)}"]`);
  await message.waitFor();
  return { ...setting, message, ts: String(posted.ts) };
}

/** The block of the gallery with this id, alone. */
const blockOf = (id: string): JsonObject[] => MESSAGE_ELEMENTS.filter((block) => block.block_id === id);

const lastAction = (setting: Parameters<typeof interactions>[0]): JsonObject =>
  actionOf(interactions(setting, 'block_actions').at(-1) ?? {});

test('§3.2 a select by keyboard alone: open, search, choose; the app hears which', async () => {
  const setting = await showing(blockOf('selects'));
  const { page, message, slack } = setting;
  const select = message.getByRole('combobox', { name: 'Choose a region' });
  await select.focus();
  await page.keyboard.press('Enter');
  const search = page.getByRole('combobox', { name: 'Search options' });
  await focused(setting, search);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  expect(lastAction(setting)).toMatchObject({
    action_id: 'static',
    selected_option: { value: 'us-east-2' },
  });
  const chosen = message.getByRole('combobox', { name: 'Choose a region: Ohio' });
  // While the app is being told the menu does not open.
  await focused(setting, chosen.and(page.locator(':not([aria-disabled])')));
  await page.keyboard.press('Enter');
  await focused(setting, search);
  await page.keyboard.type('no such region');
  await page.getByText('No items').waitFor();
  await page.keyboard.press('Escape');
  await search.waitFor({ state: 'detached' });
  await focused(setting, chosen);
  expect(interactions(setting, 'block_actions')).toHaveLength(1);
});

test('§3.2 an external select asks the app for what is typed and shows what it offers', async () => {
  const setting = await showing(blockOf('selects'));
  const { page, message, slack, appUrl } = setting;
  await slack.setApp({ optionsUrl: `${appUrl}/interactions` });
  behave(setting, ({ type, value }) =>
    type === 'block_suggestion'
      ? { json: { options: [{ text: { type: 'plain_text', text: `Ticket ${String(value)}` }, value: 't' }] } }
      : undefined,
  );
  await message.getByRole('combobox', { name: 'Find a ticket' }).click();
  await page.getByText('Type 2 characters or more').waitFor();
  await page.keyboard.type('42');
  await page.getByRole('option', { name: 'Ticket 42' }).click();
  await message.getByRole('combobox', { name: 'Find a ticket: Ticket 42' }).waitFor();
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  expect(lastAction(setting)).toMatchObject({ action_id: 'external', selected_option: { value: 't' } });
  expect(interactions(setting, 'block_suggestion').map(({ value }) => value)).toEqual(['42']);
});

test('§3.2 checkboxes and radio buttons tell at once, with the state of the whole message', async () => {
  const setting = await showing(blockOf('choices'));
  const { message, slack } = setting;
  await message.getByRole('checkbox', { name: /Write it down/ }).check();
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  expect(lastAction(setting)).toMatchObject({ action_id: 'checks', selected_options: [{ value: 'write' }] });
  await message.getByRole('radio', { name: /Now/ }).check();
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged', count: 2 });
  expect(interactions(setting, 'block_actions').at(-1)).toMatchObject({
    actions: [{ action_id: 'radio', selected_option: { value: 'now' } }],
    state: {
      values: {
        choices: {
          radio: { selected_option: { value: 'now' } },
          checks: { selected_options: [{ value: 'write' }] },
        },
      },
    },
  });
});

test('§3.2 a multi select tells when its menu closes, all at once and no more than allowed', async () => {
  const setting = await showing(blockOf('several'));
  const { page, message, slack } = setting;
  await message.getByRole('combobox', { name: 'Choose regions' }).click();
  await page.getByRole('option', { name: /Ohio/ }).click();
  await page.getByText('No more than 2 can be chosen').waitFor();
  expect(interactions(setting, 'block_actions')).toEqual([]);
  await page.keyboard.press('Escape');
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  expect(lastAction(setting)).toMatchObject({
    selected_options: [{ value: 'eu-central-1' }, { value: 'us-east-2' }],
  });
});

test('§3.2 a date picker tells the day', async () => {
  const setting = await showing(blockOf('pickers'));
  const { message, slack } = setting;
  const day = message.getByLabel('Day', { exact: true });
  expect(await day.inputValue()).toBe('2026-11-21');
  await day.fill('2026-12-24');
  await day.press('Enter');
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  expect(lastAction(setting)).toMatchObject({ action_id: 'date', selected_date: '2026-12-24' });
});

test('§3.2 an input that dispatches tells on Enter', async () => {
  const setting = await showing(MESSAGE_ELEMENTS.filter((block) => block.type === 'input'));
  const { message, slack } = setting;
  await message.getByRole('textbox', { name: 'Reason' }).fill('It is full');
  await message.getByRole('textbox', { name: 'Reason' }).press('Enter');
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  expect(lastAction(setting)).toMatchObject({ action_id: 'reason', value: 'It is full' });
});

test('§3.2 an overflow menu tells what was chosen in it', async () => {
  const setting = await showing(blockOf('buttons'));
  const { page, message, slack, picture } = setting;
  await message.getByRole('button', { name: 'More options' }).click();
  await page.getByRole('menuitem', { name: /Mute for an hour/ }).waitFor();
  await picture('overflow-menu');
  await page.getByRole('menuitem', { name: /Mute for an hour/ }).click();
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  expect(lastAction(setting)).toMatchObject({ action_id: 'overflow', selected_option: { value: 'mute' } });
});

test('§3.2 a confirm dialog: Escape does nothing, agreeing tells the app, focus returns', async () => {
  const setting = await showing(blockOf('buttons'));
  const { page, message, slack, picture } = setting;
  const restart = message.getByRole('button', { name: 'Restart' });
  await restart.click();
  const dialog = page.getByRole('alertdialog', { name: 'Restart the service?' });
  await dialog.waitFor();
  await picture('confirm');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await focused(setting, restart);
  expect(interactions(setting, 'block_actions')).toEqual([]);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Restart' }).click();
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  expect(lastAction(setting)).toMatchObject({ action_id: 'confirmed' });
});

test('§3.2 feedback buttons: one thumb, which stays pressed; the other instead of it', async () => {
  const setting = await showing(blockOf('feedback'));
  const { page, message, slack, writeAs } = setting;
  const good = message.getByRole('button', { name: 'Good answer' });
  const bad = message.getByRole('button', { name: 'Bad answer' });
  await good.click();
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  expect(lastAction(setting)).toMatchObject({ type: 'feedback_buttons', value: 'up' });
  expect(await good.getAttribute('aria-pressed')).toBe('true');
  await bad.click();
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged', count: 2 });
  expect(lastAction(setting)).toMatchObject({ value: 'down' });
  expect(await good.getAttribute('aria-pressed')).toBe('false');
  await message.getByRole('button', { name: 'Keep' }).waitFor();
  await writeAs('reviewer');
  await page.getByRole('button', { name: 'Delete' }).waitFor();
  expect(await page.getByRole('button', { name: 'Keep' }).count()).toBe(0);
});

test('a data table pages; a chart can be read as a table', async () => {
  const { message } = await showing([...TABLES.slice(1), ...(CHARTS[0] ?? []).slice(0, 1)]);
  const table = message.getByRole('table', { name: 'Requests by hour' });
  await table.getByRole('rowheader', { name: '0:00', exact: true }).waitFor();
  await message.getByText('1–5 of 12').waitFor();
  expect(await message.getByRole('button', { name: 'Previous rows' }).isDisabled()).toBe(true);
  await message.getByRole('button', { name: 'Next rows' }).click();
  await message.getByRole('button', { name: 'Next rows' }).click();
  await message.getByText('11–12 of 12').waitFor();
  await table.getByRole('rowheader', { name: '11:00', exact: true }).waitFor();
  expect(await message.getByRole('button', { name: 'Next rows' }).isDisabled()).toBe(true);
  const chart = message.getByRole('figure', { name: 'Requests and errors' });
  await chart.getByRole('img', { name: 'Bar chart: Requests and errors' }).waitFor();
  await chart.getByRole('button', { name: 'Show as table' }).click();
  await chart.getByRole('row', { name: /Thu 1,?290 200/ }).waitFor();
});

test('§5 a click that the app does not take says so beside the button, and goes on when it is taken', async () => {
  const setting = await showing(blockOf('buttons'));
  const { message, picture } = setting;
  behave(setting, () => ({ status: 500 }));
  await message.getByRole('button', { name: 'Approve' }).click();
  await message.getByRole('alert').getByText('The app responded with status code 500. Try again.').waitFor();
  await picture('failed-click');
  behave(setting, () => undefined);
  await message.getByRole('button', { name: 'Approve' }).click();
  await message.getByRole('alert').waitFor({ state: 'detached' });
});

test('a long text folds; a container folds; cards move', async () => {
  const { main, api, slack } = await scenePage(HERE);
  await allowVideos(slack);
  for (const name of ['texts', 'cards']) {
    const blocks = messages.find((one) => one.name === name)?.blocks ?? [];
    const posted = await api('chat.postMessage', { channel: GENERAL, text: name, blocks });
    expect(posted).toMatchObject({ ok: true });
  }
  await main.getByRole('button', { name: 'Expand' }).click();
  await main.getByText('Inside the fold').waitFor();
  await main.getByRole('button', { name: 'Next cards' }).click();
  await main.locator('button[aria-label="Previous cards"]:not(:disabled)').waitFor();
  const more = main.getByRole('button', { name: 'See more' });
  await more.scrollIntoViewIfNeeded();
  await more.click();
  await main.getByRole('button', { name: 'See less' }).waitFor();
});
