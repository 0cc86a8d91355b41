import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { GENERAL, REQUESTER, type Scene, SEED, task, text } from '../simulator/support.ts';
import { actionOf, behave } from './app.ts';
import { button } from './gallery/parts.ts';
import { home, modal } from './gallery.ts';
import { faultsOf, inspector } from './inspect.ts';
import { focused, scenePage, useBrowser } from './support.ts';

useBrowser();

const HERE = `${REQUESTER}/${GENERAL}`;
const REDIRECT = 'https://app.example.com/installed';
const TABS = ['API calls', 'Deliveries', 'Limits', 'Faults', 'Simulator'];

const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 900 },
];

/** The app opens the form of the gallery when its button is pressed. */
function withForm(setting: Scene): void {
  behave(setting, (payload) => {
    if (actionOf(payload).action_id === 'open')
      void setting.api('views.open', { trigger_id: String(payload.trigger_id), view: modal });
    return undefined;
  });
}

const OPENER = { type: 'actions', elements: [button('Open the form', 'open')] };

test.each(SIZES)(
  'conversation, thread, menus and dialogs are accessible at $width x $height',
  async (size) => {
    const setting = await scenePage(HERE, size);
    const { api, slack, main, thread, page } = setting;
    const { see, expectNone } = inspector(setting);
    withForm(setting);
    await slack.setApp({ homeTab: true });
    await main.getByRole('textbox').waitFor();
    await see('empty channel');
    const stream = await setting.openStream({ task_display_mode: 'plan' });
    const chunks = [
      task('t', 'Look it up', 'in_progress', { details: 'In the runbooks' }),
      text('It is **this**'),
    ];
    await api('chat.appendStream', { channel: GENERAL, ts: stream.ts, chunks });
    await slack.react({ user: REQUESTER, channel: GENERAL, ts: stream.threadTs, name: 'eyes' });
    await slack.post({ user: SEED.people.reviewer, channel: SEED.channels.team, text: 'unread' });
    await api('chat.postEphemeral', { channel: GENERAL, user: REQUESTER, text: 'for you' });
    await api('chat.postMessage', { channel: GENERAL, text: 'A form', blocks: [OPENER] });
    await slack.upload({
      user: REQUESTER,
      channel: GENERAL,
      text: 'see',
      files: [{ name: 'numbers.csv', content: 'a,b\n' }],
    });
    await main.getByText('numbers.csv').first().waitFor();
    await see('channel');
    const last = main.getByRole('article').filter({ hasText: 'Open the form' });
    await last.hover();
    await last.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
    await see('message menu');
    await page.keyboard.press('Escape');
    await main.getByRole('button', { name: /1 reply/ }).click();
    await thread.getByRole('button', { name: /done/ }).click();
    await thread.getByText('In the runbooks').waitFor();
    await see('thread');
    await thread.getByRole('button', { name: 'Close thread' }).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Jump to…' }).waitFor();
    await see('jump');
    await page.keyboard.press('Escape');
    await main.getByRole('button', { name: /members/ }).click();
    await page.getByRole('dialog').waitFor();
    await see('members');
    await page.keyboard.press('Escape');
    const field = main.getByRole('textbox', { name: 'Message #general' });
    await field.pressSequentially('@');
    await page.getByRole('listbox', { name: 'Suggestions' }).waitFor();
    await see('completion');
    await field.fill('');
    await page.getByRole('button', { name: 'Sluice', exact: true }).click();
    await page.getByRole('menu').waitFor();
    await see('workspace menu');
    await page.keyboard.press('Escape');
    await main.getByRole('button', { name: 'Open the form' }).click();
    const dialog = page.getByRole('dialog', { name: 'New request' });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.getByText('Please fill in this field.').first().waitFor();
    await see('modal');
    await dialog.getByRole('combobox', { name: 'Region', exact: true }).click();
    await page.getByRole('option', { name: /Dublin/ }).waitFor();
    await see('select in a modal');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await api('views.publish', { user_id: REQUESTER, view: home });
    await page.evaluate(`location.hash = '${REQUESTER}/home/${SEED.app}'`);
    await main.getByRole('heading', { name: 'Your requests' }).waitFor();
    await see('home');
    await main.getByRole('tab', { name: 'About' }).click();
    await main.getByRole('heading', { name: 'Permissions' }).waitFor();
    await see('about');
    expectNone();
  },
);

test.each(SIZES)('the panel and the authorize page are accessible at $width x $height', async (size) => {
  const setting = await scenePage(HERE, size);
  const { api, slack, page, panel } = setting;
  const { see, expectNone } = inspector(setting);
  await slack.setApp({ redirectUrls: [REDIRECT] });
  await slack.post({ user: REQUESTER, channel: GENERAL, text: '@sluice hello' });
  await api('chat.postMessage', { channel: GENERAL, text: 'hello', wrong: 1 });
  await api('chat.update', { channel: GENERAL, ts: '1.1', text: 'x' });
  await slack.fault({ method: 'auth.test', effect: 'rate_limited', retryAfter: 3 });
  await api('auth.test');
  await page.getByRole('textbox').first().waitFor();
  if (size.width < 1000) {
    await see('rail');
    await panel.getByRole('button', { name: 'Show what the app did' }).click();
  }
  for (const tab of TABS) {
    await panel.getByRole('tab', { name: tab }).click();
    const row = panel.getByRole('listbox').getByRole('option').last();
    if (tab === 'API calls' || tab === 'Deliveries') await row.click();
    if (tab === 'API calls') await panel.getByRole('group', { name: 'Answer' }).waitFor();
    if (tab === 'Deliveries') await panel.getByText('Signed payload').first().waitFor();
    if (tab === 'Limits') await panel.getByRole('meter').first().waitFor();
    if (tab === 'Faults') await panel.getByRole('button', { name: 'Answers are slow' }).click();
    if (tab === 'Simulator')
      await panel
        .getByText(/real time/)
        .first()
        .waitFor();
    await see(`panel ${tab}`);
  }
  const query = new URLSearchParams({
    client_id: SEED.clientId,
    scope: 'chat:write',
    redirect_uri: REDIRECT,
  });
  await page.goto(`${slack.url}/oauth/v2/authorize?${query}`);
  await page.getByRole('button', { name: 'Allow' }).waitFor();
  await see('authorize');
  await page.goto(`${slack.url}/oauth/v2/authorize?client_id=1.2`);
  await page.getByRole('link', { name: 'Back to the workspace' }).waitFor();
  await see('authorize fault');
  expectNone();
});

test('at 200 % (640x450) one can read, write, answer in a thread and send a form', async () => {
  const setting = await scenePage(HERE, { width: 640, height: 450 });
  const { slack, api, page, main, thread, picture } = setting;
  withForm(setting);
  await slack.setRateLimits({ enabled: false });
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'a question' });
  await api('chat.postMessage', { channel: GENERAL, thread_ts: ts, text: 'an answer' });
  await api('chat.postMessage', { channel: GENERAL, text: 'A form', blocks: [OPENER] });
  await main.getByRole('button', { name: 'Open the form' }).waitFor();
  const fits = async (locator: ReturnType<Page['locator']>): Promise<boolean> => {
    const box = await locator.boundingBox();
    return box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= 640 && box.y + box.height <= 450;
  };
  expect(await faultsOf(page)).toEqual([]);
  const field = main.getByRole('textbox', { name: 'Message #general' });
  expect(await fits(field)).toBe(true);
  expect(await fits(main.getByRole('button', { name: 'Send' }))).toBe(true);
  expect(((await main.getByRole('log').boundingBox())?.height ?? 0) >= 120).toBe(true);
  await picture('zoom-channel');
  await main.getByRole('button', { name: 'Show the sidebar' }).click();
  await page.getByRole('button', { name: 'team', exact: true }).waitFor();
  await picture('zoom-sidebar');
  await page.keyboard.press('Escape');
  await main.getByRole('button', { name: /1 reply/ }).click();
  await thread.getByText('an answer').waitFor();
  expect(await fits(thread.getByText('an answer'))).toBe(true);
  expect(await fits(thread.getByRole('textbox', { name: 'Reply in thread' }))).toBe(true);
  expect(await fits(thread.getByRole('button', { name: 'Send' }))).toBe(true);
  expect(((await thread.getByRole('log').boundingBox())?.height ?? 0) >= 100).toBe(true);
  await picture('zoom-thread');
  await thread.getByRole('button', { name: 'Close thread' }).click();
  await main.getByRole('button', { name: 'Open the form' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  expect(await fits(dialog.getByRole('button', { name: 'Send', exact: true }))).toBe(true);
  await picture('zoom-modal');
  expect(await faultsOf(page)).toEqual([]);
});

test('Tab goes through the whole page and comes around: composer, messages, panel, no trap', async () => {
  const setting = await scenePage(HERE);
  const { slack, api, page, main } = setting;
  await slack.post({ user: REQUESTER, channel: GENERAL, text: 'hello' });
  await api('chat.postMessage', { channel: GENERAL, text: 'A form', blocks: [OPENER] });
  await main.getByRole('button', { name: 'Open the form' }).waitFor();
  const walk = async (key: string): Promise<string[]> => {
    const seen: string[] = [];
    for (let at = 0; at < 90; at++) {
      await page.keyboard.press(key);
      const here = String(
        await page.evaluate(`(() => { const it = document.activeElement;
          if (!it || it === document.body) return '';
          const place = it.closest('aside, main, nav, .sidebar')?.tagName.toLowerCase() ?? '';
          return [...document.querySelectorAll('*')].indexOf(it) + ' ' + place + ': ' + (it.getAttribute('aria-label') ?? it.textContent.trim().slice(0, 30)); })()`),
      );
      if (here !== '' && here === seen[0]) return seen;
      if (here !== '') seen.push(here);
    }
    throw new Error(`never came around: ${seen.slice(-5).join(', ')}`);
  };
  const places = [
    'main: Messages',
    'main: Open the form',
    'main: Message #general',
    'aside: API calls',
    'nav: Create a channel',
  ];
  // A message shows its tools once the focus is in it: forwards they come after it, backwards they are passed by.
  for (const key of ['Tab', 'Shift+Tab']) {
    const seen = await walk(key);
    expect(seen.map((one) => one.replace(/^\d+ /, ''))).toEqual(expect.arrayContaining(places));
  }
});

test('messages by keyboard alone: into the list, to the message above, open its thread, answer, back again', async () => {
  const setting = await scenePage(HERE);
  const { slack, page, main, thread } = setting;
  const { ts } = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'the first' });
  await slack.post({ user: SEED.people.reviewer, channel: GENERAL, text: 'the second' });
  await main.getByText('the second').waitFor();
  await main.getByRole('textbox', { name: 'Message #general' }).focus();
  const log = main.getByRole('log', { name: 'Messages' });
  await log.focus();
  await page.keyboard.press('ArrowUp');
  await focused(setting, main.getByRole('article').last());
  await page.keyboard.press('ArrowUp');
  await focused(setting, main.getByRole('article').first());
  await page.keyboard.press('t');
  await thread.getByText('the first').waitFor();
  await thread.getByRole('textbox', { name: 'Reply in thread' }).focus();
  await page.keyboard.type('an answer');
  await page.keyboard.press('Enter');
  await slack.waitForMessage({ channel: GENERAL, thread_ts: ts, textIncludes: 'an answer' });
  await page.keyboard.press('Escape');
  await thread.waitFor({ state: 'detached' });
  await focused(setting, main.getByRole('article').first());
});
