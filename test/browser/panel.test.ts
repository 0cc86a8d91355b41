import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { GENERAL, REQUESTER, SEED } from '../simulator/support.ts';
import { button } from './gallery/parts.ts';
import { focused, scenePage, useBrowser } from './support.ts';

useBrowser();

const HERE = `${REQUESTER}/${GENERAL}`;
const REVIEWER = SEED.people.reviewer;

/** The list of a tab; menus of the toolbar have options too. */
const rowsOf = (panel: Locator): Locator => panel.getByRole('listbox');

test('a call’s row opens its details: arguments, answer, limit; Escape goes back to the list', async () => {
  const setting = await scenePage(HERE);
  const { api, page, panel, picture } = setting;
  await api('chat.postMessage', { channel: GENERAL, text: 'look at this' });
  await rowsOf(panel)
    .getByRole('option', { name: /chat\.postMessage/ })
    .click();
  const details = panel.getByRole('region', { name: 'Details of chat.postMessage' });
  await details.getByRole('group', { name: 'Arguments' }).getByText('look at this').waitFor();
  await details
    .getByRole('group', { name: 'Answer', exact: true })
    .getByText('ok', { exact: true })
    .waitFor();
  await details.getByText(/1 of \d+ a minute used \((tier \d|special rule)\)/).waitFor();
  await details.getByText('HTTP 200').waitFor();
  await picture('panel-call');
  await panel.getByRole('button', { name: 'Close the details' }).focus();
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });
  await focused(setting, panel.getByRole('listbox', { name: 'API calls' }));
});

test('arrow keys walk through the calls; find, errors only and one thread narrow them', async () => {
  const setting = await scenePage(HERE);
  const { api, slack, page, panel } = setting;
  const root = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'root' });
  await api('chat.postMessage', { channel: GENERAL, text: 'one' });
  await api('chat.postMessage', { channel: GENERAL, thread_ts: root.ts, text: 'two' });
  await api('chat.update', { channel: GENERAL, ts: '1.1', text: 'three' });
  const rows = rowsOf(panel).getByRole('option');
  await rows.nth(2).waitFor();
  await panel.getByRole('listbox', { name: 'API calls' }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await panel
    .getByRole('region', { name: 'Details of chat.update' })
    .getByText('message_not_found')
    .first()
    .waitFor();
  await page.keyboard.press('ArrowUp');
  await panel.getByRole('region', { name: 'Details of chat.postMessage' }).waitFor();
  await panel.getByRole('button', { name: 'Errors only' }).click();
  await rows.nth(1).waitFor({ state: 'detached' });
  expect(await rows.count()).toBe(1);
  await panel.getByRole('button', { name: 'Errors only' }).click();
  await panel.getByRole('searchbox', { name: 'Find in API calls' }).fill('two');
  await rows.nth(1).waitFor({ state: 'detached' });
  await rows.click();
  await panel.getByRole('button', { name: 'Only this thread' }).click();
  await panel.getByRole('searchbox', { name: 'Find in API calls' }).fill('');
  expect(await rows.count()).toBe(1);
  await panel.getByRole('button', { name: 'One thread' }).click();
  await rows.nth(2).waitFor();
});

test('a call shows the message that it made and marks it: in a thread, and for whom alone it is', async () => {
  const setting = await scenePage(HERE);
  const { api, slack, page, main, thread, panel, picture } = setting;
  const root = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'root' });
  await slack.setRateLimits({ enabled: false });
  for (let at = 0; at < 40; at++) await api('chat.postMessage', { channel: GENERAL, text: `filler ${at}` });
  const reply = await api('chat.postMessage', {
    channel: GENERAL,
    thread_ts: root.ts,
    text: 'in the thread',
  });
  const team = await api('chat.postMessage', { channel: SEED.channels.team, text: 'elsewhere' });
  await api('chat.postEphemeral', { channel: GENERAL, user: REVIEWER, text: 'for the reviewer' });
  const marked = (ts: unknown) => page.locator(`article.message-marked[data-ts="${String(ts)}"]`);
  await rowsOf(panel)
    .getByRole('option', { name: /in the thread/ })
    .click();
  await thread.and(page.locator(':has(article.message-marked)')).waitFor();
  await marked(reply.ts).waitFor();
  await picture('panel-marked');
  await rowsOf(panel)
    .getByRole('option', { name: /elsewhere/ })
    .click();
  await page.getByRole('textbox', { name: 'Message #team' }).waitFor();
  await marked(team.ts).waitFor();
  await rowsOf(panel)
    .getByRole('option', { name: /for the reviewer/ })
    .click();
  await main.locator('article.message-marked').getByText('for the reviewer').waitFor();
  await main.getByText('Only visible to you').waitFor();
  expect(await page.getByRole('combobox', { name: 'You write as' }).inputValue()).toBe(REVIEWER);
  await panel.getByRole('button', { name: 'Close the details' }).click();
  // The mark goes away by itself.
  await page.locator('article.message-marked').waitFor({ state: 'detached' });
});

test('a delivery: its tries and retries with their reasons, its payload, and three copies at once', async () => {
  const setting = await scenePage(HERE, { retryScale: 0.001 });
  const { slack, reply, received, panel, picture } = setting;
  let asked = 0;
  reply(() => ({ status: ++asked < 3 ? 500 : 200 }));
  await slack.post({ user: REQUESTER, channel: GENERAL, text: '@sluice hello' });
  await slack.waitForDelivery({ type: 'app_mention', state: 'acknowledged' });
  await panel.getByRole('tab', { name: 'Deliveries' }).click();
  await rowsOf(panel)
    .getByRole('option', { name: /app_mention/ })
    .click();
  const details = panel.getByRole('region', { name: 'Details of app_mention' });
  await details.getByText('First try').waitFor();
  await details.getByText('Signed payload').waitFor();
  const record = await slack.waitForDelivery({ type: 'app_mention', state: 'acknowledged' });
  for (let retry = 1; retry < record.attempts.length; retry++)
    await details.getByText(`Retry ${retry}`).waitFor();
  await details.getByText('because of http_error').first().waitFor();
  expect(record.attempts.length).toBeGreaterThan(1);
  await picture('panel-delivery');
  const before = received.length;
  await details.getByRole('button', { name: 'Send 3 times at once' }).click();
  await details
    .getByText(/Sent again: answered 200/)
    .nth(2)
    .waitFor();
  expect(received.slice(before).filter(({ body }) => body.includes('app_mention'))).toHaveLength(3);
});

test('the limits: a meter counts; what is refused is marked with Retry-After; a limit can be changed', async () => {
  const setting = await scenePage(HERE);
  const { api, slack, panel, picture } = setting;
  await api('conversations.info', { channel: GENERAL });
  await panel.getByRole('tab', { name: 'Limits' }).click();
  const meter = panel.getByRole('meter', { name: 'conversations.info' });
  await panel.locator('[role="meter"][aria-label="conversations.info"][aria-valuenow="1"]').waitFor();
  await panel.getByRole('button', { name: 'Change the limit of conversations.info' }).click();
  await panel.getByRole('spinbutton', { name: 'Calls a minute' }).first().fill('2');
  await panel.getByRole('button', { name: 'Set' }).first().click();
  await panel.locator('[role="meter"][aria-label="conversations.info"][aria-valuemax]').waitFor();
  const { counters } = await slack.rateLimits();
  const limit = counters.find(({ method }) => method === 'conversations.info')?.rule;
  expect(limit?.perMinute).toBe(2);
  for (let at = 0; at < (limit?.burst ?? 0) + 2; at++) await api('conversations.info', { channel: GENERAL });
  await panel.getByText(/1 refused/).waitFor();
  expect(await meter.getAttribute('aria-valuetext')).toMatch(/in the last minute/);
  await picture('panel-limits');
  await panel.getByRole('tab', { name: 'API calls' }).click();
  const refused = rowsOf(panel).getByRole('option', { name: /rate limited \(429\)/ });
  await refused.click();
  const details = panel.getByRole('region', { name: 'Details of conversations.info' });
  await details.getByText('The app must wait as long as Retry-After says.').waitFor();
  await details.getByText(/^\d+ s$/).waitFor();
  await picture('panel-429');
});

test('a fault that is switched on strikes the next call, is counted, and is gone when it is switched off', async () => {
  const setting = await scenePage(HERE);
  const { api, panel, slack, picture } = setting;
  await panel.getByRole('tab', { name: 'Faults' }).click();
  const fault = panel.getByRole('switch', { name: 'Calls fail with an error of your choice' });
  await fault.click();
  const active = panel.getByRole('region', { name: 'Faults that are on' });
  await active.getByText('has not struck yet').waitFor();
  expect(await api('chat.postMessage', { channel: GENERAL, text: 'no' })).toEqual(
    expect.objectContaining({ ok: false, error: 'internal_error' }),
  );
  await active.getByText(/struck 1 time/).waitFor();
  await panel
    .getByRole('tab', { name: /^Faults/ })
    .getByText('1')
    .waitFor();
  await picture('panel-fault');
  await fault.click();
  await active.waitFor({ state: 'detached' });
  expect(await api('chat.postMessage', { channel: GENERAL, text: 'yes' })).toMatchObject({ ok: true });
  expect((await slack.state()).messages.map((one) => one.text)).toEqual(['yes']);
  await panel.getByRole('tab', { name: 'API calls' }).click();
  await rowsOf(panel)
    .getByRole('option', { name: /with a fault/ })
    .click();
  await panel.getByText('A fault was on: an error of your choice was sent.').waitFor();
});

test('a fault for the next two calls of one method goes away by itself', async () => {
  const { api, panel } = await scenePage(HERE);
  await panel.getByRole('tab', { name: 'Faults' }).click();
  await panel.getByRole('button', { name: 'Calls are rate limited (429)' }).click();
  await panel.getByRole('combobox', { name: 'Method' }).fill('chat.postMessage');
  await panel.getByRole('combobox', { name: 'How often' }).selectOption('next');
  await panel.getByRole('spinbutton', { name: 'For the next' }).fill('2');
  await panel.getByRole('button', { name: 'Switch on' }).click();
  const active = panel.getByRole('region', { name: 'Faults that are on' });
  await active.getByText('2 left').waitFor();
  expect(await api('auth.test')).toMatchObject({ ok: true });
  for (let at = 0; at < 2; at++)
    expect(await api('chat.postMessage', { channel: GENERAL, text: 'x' })).toMatchObject({
      error: 'ratelimited',
    });
  await active.waitFor({ state: 'detached' });
  expect(await api('chat.postMessage', { channel: GENERAL, text: 'x' })).toMatchObject({ ok: true });
});

test('the settings: the clock moves, a reset and an uninstall are asked for first', async () => {
  const { api, page, panel, main, slack, picture } = await scenePage(HERE);
  await api('chat.postMessage', { channel: GENERAL, text: 'soon forgotten' });
  await main.getByText('soon forgotten').waitFor();
  await panel.getByRole('tab', { name: 'Simulator' }).click();
  await panel.getByText('runs with real time').waitFor();
  await panel
    .getByRole('group', { name: 'Move the clock forward' })
    .getByRole('button', { name: '1 h' })
    .click();
  await panel.getByText(/1 h.* ahead/).waitFor();
  await picture('panel-settings');
  await panel.getByRole('button', { name: 'Reset the conversation' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await main.getByText('soon forgotten').waitFor();
  await panel.getByRole('button', { name: 'Reset the conversation' }).click();
  await dialog.getByRole('button', { name: 'Reset the conversation' }).click();
  await main.getByText('soon forgotten').waitFor({ state: 'detached' });
  const card = panel.getByRole('listitem').filter({ hasText: /^Sluice/ });
  await card.getByRole('button', { name: 'Uninstall' }).click();
  await page.getByRole('alertdialog', { name: 'Uninstall sluice from Sluice?' }).waitFor();
  await picture('panel-uninstall');
  await dialog.getByRole('button', { name: 'Uninstall' }).click();
  await slack.waitForDelivery({ type: 'app_uninstalled' });
  await card.getByText('uninstalled').waitFor();
  expect(await api('auth.test')).toMatchObject({ ok: false, error: 'account_inactive' });
});

test('an argument that the method does not know is flagged in the list and named in the details', async () => {
  const { api, panel } = await scenePage(HERE);
  await api('chat.postMessage', { channel: GENERAL, text: 'hello', treadts: '1.1' });
  await rowsOf(panel)
    .getByRole('option', { name: /unknown arguments/ })
    .click();
  await panel.getByText(/chat\.postMessage does not know “treadts”/).waitFor();
});

test('the panel folds to a rail and opens again at the tab that is asked for, and keeps that after a reload', async () => {
  const setting = await scenePage(HERE);
  const { page, panel, api } = setting;
  await api('chat.postMessage', {
    channel: GENERAL,
    text: 'x',
    blocks: [{ type: 'actions', elements: [button('Go', 'go')] }],
  });
  await panel.getByRole('button', { name: 'Fold the panel' }).click();
  await focused(setting, panel.getByRole('button', { name: 'Show what the app did' }));
  await page.reload();
  await panel.getByRole('button', { name: 'Deliveries' }).click();
  await page.getByRole('button', { name: 'Go' }).click();
  await rowsOf(panel)
    .getByRole('option', { name: /block_actions/ })
    .waitFor();
});
