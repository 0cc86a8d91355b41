import { expect, test } from 'vitest';
import type { JsonObject } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, type Scene, SEED } from '../simulator/support.ts';
import { actionOf, type Behaviour, behave, interactions } from './app.ts';
import { button, input, plain } from './gallery/parts.ts';
import { modal as galleryModal, home } from './gallery.ts';
import { focused, scenePage, useBrowser } from './support.ts';

useBrowser();

const FORM: JsonObject = {
  type: 'modal',
  callback_id: 'form',
  title: plain('New request'),
  submit: plain('Send'),
  close: plain('Cancel'),
  notify_on_close: true,
  blocks: [
    input('Title', { type: 'plain_text_input', action_id: 'title' }),
    input('Why', { type: 'plain_text_input', action_id: 'why' }, { optional: true }),
    {
      type: 'actions',
      block_id: 'more',
      elements: [button('Add a step', 'push'), button('Refresh', 'update')],
    },
  ],
};
const STEP: JsonObject = {
  type: 'modal',
  callback_id: 'step',
  title: plain('A step'),
  submit: plain('Add'),
  blocks: [input('Step', { type: 'plain_text_input', action_id: 'step' })],
};
const triggerOf = (payload: JsonObject): string => String(payload.trigger_id);

/** A message with a button that opens a modal; the app behaves as told about everything else. */
async function withForm(view: JsonObject, behaviour: Behaviour = () => undefined) {
  const setting = await scenePage(`${REQUESTER}/${GENERAL}`);
  behave(setting, (payload) => {
    if (actionOf(payload).action_id === 'open')
      void setting.api('views.open', { trigger_id: triggerOf(payload), view });
    return behaviour(payload);
  });
  await setting.api('chat.postMessage', {
    channel: GENERAL,
    text: 'A form',
    blocks: [{ type: 'actions', elements: [button('Open the form', 'open')] }],
  });
  const opener = setting.page.getByRole('button', { name: 'Open the form' });
  await opener.click();
  const dialog = setting.page.getByRole('dialog');
  await dialog.waitFor();
  return { ...setting, dialog, opener };
}

test('§4 a required field that is empty: Slack’s own words at the field, focus there, nothing is sent', async () => {
  const setting = await withForm(FORM);
  const { dialog, picture } = setting;
  const title = dialog.getByRole('textbox', { name: 'Title' });
  await focused(setting, title);
  await dialog.getByRole('textbox', { name: 'Why' }).focus();
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.getByText('Please fill in this field.').waitFor();
  await focused(setting, title);
  await picture('modal-empty-field');
  expect(interactions(setting, 'view_submission')).toEqual([]);
});

test('§4 errors of the app stand at their field; what was typed stays; sent again it closes and focus returns', async () => {
  let tries = 0;
  const setting = await withForm(FORM, ({ type }) => {
    if (type !== 'view_submission') return undefined;
    tries++;
    return tries === 1
      ? { json: { response_action: 'errors', errors: { in_title: 'That exists already.' } } }
      : undefined;
  });
  const { dialog, opener, slack } = setting;
  const title = dialog.getByRole('textbox', { name: 'Title' });
  await title.fill('Restart');
  await title.press('Enter');
  await dialog.getByText('That exists already.').waitFor();
  await focused(setting, title);
  expect(await title.inputValue()).toBe('Restart');
  await setting.picture('modal-app-error');
  await title.fill('Restart again');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.waitFor({ state: 'detached' });
  await slack.views.waitUntilClosed({ user: REQUESTER });
  await focused(setting, opener);
  expect(interactions(setting, 'view_submission').at(-1)).toMatchObject({
    view: {
      callback_id: 'form',
      state: { values: { in_title: { title: { value: 'Restart again' } } } },
    },
  });
});

test('§4 an update keeps what was typed; a pushed view lies on top, and Back leads to the first one', async () => {
  const setting = await withForm(FORM, (payload) => {
    const { view } = payload;
    const viewId = typeof view === 'object' && view !== null && !Array.isArray(view) ? view.id : '';
    if (actionOf(payload).action_id === 'update')
      void setting.api('views.update', {
        view_id: String(viewId),
        view: { ...FORM, title: plain('Changed') },
      });
    if (actionOf(payload).action_id === 'push')
      void setting.api('views.push', { trigger_id: triggerOf(payload), view: STEP });
    return undefined;
  });
  const { dialog, picture } = setting;
  const title = dialog.getByRole('textbox', { name: 'Title' });
  await title.fill('Restart');
  await dialog.getByRole('button', { name: 'Refresh' }).click();
  await dialog.getByRole('heading', { name: 'Changed' }).waitFor();
  expect(await title.inputValue()).toBe('Restart');
  await dialog.getByRole('button', { name: 'Add a step' }).click();
  await dialog.getByRole('heading', { name: 'A step' }).waitFor();
  await dialog.getByRole('textbox', { name: 'Step' }).fill('Look');
  await picture('modal-pushed');
  await dialog.getByRole('button', { name: 'Back' }).click();
  await dialog.getByRole('heading', { name: 'Changed' }).waitFor();
  expect(await title.inputValue()).toBe('Restart');
  expect(await dialog.getByRole('button', { name: 'Back' }).count()).toBe(0);
});

test('§4 while the app does not answer the modal is busy; a 500 is said above the form, which stays', async () => {
  const setting = await withForm(FORM, ({ type }) =>
    type === 'view_submission' ? { status: 500 } : undefined,
  );
  const { dialog, slack, picture } = setting;
  await slack.faultDelivery({ event: 'view_submission', effect: 'delay', delayMs: 700, times: 1 });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Restart');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await setting.page.locator('[role="dialog"][aria-busy="true"]').waitFor();
  await setting.page.locator('[role="dialog"]:not([aria-busy])').waitFor();
  const alert = dialog.getByRole('alert');
  await alert.getByText('We had some trouble connecting. Try again?').waitFor();
  await alert.getByText('For the developer').waitFor();
  expect(await dialog.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Restart');
  await picture('modal-failed');
});

test('§4 Escape closes the modal and tells the app, which asked for it; focus returns to the button', async () => {
  const setting = await withForm(FORM);
  const { page, dialog, opener, slack } = setting;
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await slack.waitForDelivery({ type: 'view_closed', state: 'acknowledged' });
  expect(interactions(setting, 'view_closed')).toMatchObject([
    { is_cleared: true, view: { callback_id: 'form' } },
  ]);
  await focused(setting, opener);
});

test('§4 the modal with every element: filled in by keyboard and sent, its values are what was entered', async () => {
  const setting = await withForm(galleryModal);
  const { page, dialog, slack, picture } = setting;
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Report');
  await dialog.getByRole('textbox', { name: 'What should be done' }).fill('Write\nit');
  await dialog.getByRole('textbox', { name: 'How many' }).fill('12');
  await dialog.getByRole('combobox', { name: 'Region', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('dub');
  await page.getByRole('option', { name: 'Dublin' }).waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByRole('radio', { name: 'Tonight' }).check();
  await dialog.getByRole('checkbox', { name: 'Write a report' }).check();
  await picture('modal-every-element');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.getByText('Please enter 9 or less.').waitFor();
  expect(interactions(setting, 'view_submission')).toEqual([]);
  await dialog.getByRole('textbox', { name: 'How many' }).fill('3');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await slack.waitForDelivery({ type: 'view_submission', state: 'acknowledged' });
  const [sent] = interactions(setting, 'view_submission');
  expect(sent).toMatchObject({
    view: {
      state: {
        values: {
          in_title: { title: { type: 'plain_text_input', value: 'Report' } },
          in_what: { what: { value: 'Write\nit' } },
          in_count: { count: { value: '3' } },
          in_region: { region: { selected_option: { value: 'eu-west-1' } } },
          in_when: { when: { selected_option: { value: 'tonight' } } },
          in_also: { also: { selected_options: [{ value: 'report' }] } },
          in_conversation: { conversation: { selected_conversation: GENERAL } },
        },
      },
    },
  });
});

test('§6 App Home: the app hears once that it was opened; what it publishes is drawn; its button is heard', async () => {
  const setting = await scenePage(`${REQUESTER}/${GENERAL}`);
  const { slack, api, page, main, picture } = setting;
  await slack.setApp({ homeTab: true });
  const apps = page.getByRole('region', { name: 'Apps' });
  await apps.getByRole('button', { name: /sluice.*Home/ }).click();
  await main.getByText('This is a work in progress').waitFor();
  await slack.waitForDelivery({ type: 'app_home_opened', state: 'acknowledged' });
  expect(await api('views.publish', { user_id: REQUESTER, view: home })).toMatchObject({ ok: true });
  await main.getByRole('heading', { name: 'Your requests' }).waitFor();
  await picture('app-home');
  await main.getByRole('button', { name: 'New request' }).click();
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  expect(interactions(setting, 'block_actions')).toMatchObject([
    { view: { type: 'home', callback_id: 'gallery_home' }, actions: [{ action_id: 'home_new' }] },
  ]);
  expect(await slack.deliveries({ type: 'app_home_opened' })).toHaveLength(1);
  await main.getByRole('tab', { name: 'About' }).click();
  await main.getByRole('heading', { name: 'Slash commands' }).waitFor();
  await picture('app-about');
  await page.getByRole('button', { name: 'general', exact: true }).click();
  await page.getByRole('textbox', { name: 'Message #general' }).waitFor();
  await apps.getByRole('button', { name: /sluice.*Home/ }).click();
  await main.getByRole('heading', { name: 'Your requests' }).waitFor();
  await slack.waitForDelivery({ type: 'app_home_opened', state: 'acknowledged', count: 2 });
});

const REDIRECT = 'https://app.example.com/installed';
const query = (more: Record<string, string> = {}): string =>
  `/oauth/v2/authorize?${new URLSearchParams({
    client_id: SEED.clientId,
    scope: 'chat:write,channels:history',
    state: 'kept as it is',
    redirect_uri: REDIRECT,
    ...more,
  })}`;

test('§8 Allow leads to the redirect URL with a code, which oauth.v2.access takes once', async () => {
  const setting = await scenePage('');
  const { slack, page, picture } = setting;
  await slack.setApp({ redirectUrls: [REDIRECT] });
  await page.goto(`${slack.url}${query()}`);
  await page.getByRole('heading', { name: /sluice is asking for permission/ }).waitFor();
  await page.getByRole('heading', { name: 'Act in channels and conversations' }).waitFor();
  await picture('authorize');
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL(`${REDIRECT}**`);
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('state')).toBe('kept as it is');
  const args = {
    code: searchParams.get('code') ?? '',
    client_id: SEED.clientId,
    client_secret: SEED.clientSecret,
    redirect_uri: REDIRECT,
  };
  expect(await access(setting, args)).toMatchObject({
    ok: true,
    access_token: expect.stringMatching(/^xoxb-/),
    scope: expect.stringContaining('chat:write'),
    team: { id: SEED.team },
  });
  expect(await access(setting, args)).toMatchObject({ ok: false });
});

test('§8 Cancel leads back with access_denied', async () => {
  const { slack, page } = await scenePage('');
  await slack.setApp({ redirectUrls: [REDIRECT] });
  await page.goto(`${slack.url}${query()}`);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForURL(`${REDIRECT}**`);
  const { searchParams } = new URL(page.url());
  expect(Object.fromEntries(searchParams)).toEqual({ error: 'access_denied', state: 'kept as it is' });
});

test('§8 an unknown client id is a fault that says what to do; nobody is sent anywhere', async () => {
  const { page, slack, picture } = await scenePage('', { path: query({ client_id: '1.2' }) });
  await page.getByRole('heading', { name: 'Something went wrong when authorizing this app.' }).waitFor();
  await page.getByText('There is no app with the client id "1.2".').waitFor();
  await page.getByText(/Take the client id from the app’s settings/).waitFor();
  await page.getByText('Error code: invalid_client_id').waitFor();
  await picture('authorize-fault');
  await page.getByRole('link', { name: 'Back to the workspace' }).click();
  await page.getByRole('textbox', { name: /^Message / }).waitFor();
  expect(page.url()).toContain(slack.url);
});

async function access({ slack }: Scene, args: Record<string, string>): Promise<JsonObject> {
  const response = await fetch(`${slack.apiUrl}oauth.v2.access`, {
    method: 'POST',
    body: new URLSearchParams(args),
  });
  return (await response.json()) as JsonObject;
}
