import { expect, test } from 'vitest';
import { DM, GENERAL, REQUESTER, SEED, task, text } from '../simulator/support.ts';
import { scenePage, useBrowser } from './support.ts';

useBrowser();

const recipients = { recipient_user_id: REQUESTER, recipient_team_id: SEED.team };
const button = (name: string, more = {}) => ({
  type: 'button',
  text: { type: 'plain_text', text: name },
  action_id: name.toLowerCase(),
  ...more,
});

test('write to the bot, watch the stream grow, stop it', async () => {
  const { slack, api, page, thread, picture, expectQuietConsole, close } = await scenePage(
    `${REQUESTER}/${GENERAL}`,
  );
  const field = page.getByRole('textbox', { name: 'Message #general' });
  await field.pressSequentially('@slu');
  await page.getByRole('option', { name: '@sluice' }).waitFor();
  await page.keyboard.press('Enter');
  await field.pressSequentially('what is 2 < 3?');
  await page.keyboard.press('Enter');
  const { ts } = await slack.waitForMessage({ channel: GENERAL, user: REQUESTER });
  const started = await api('chat.startStream', {
    channel: GENERAL,
    thread_ts: ts,
    task_display_mode: 'plan',
    ...recipients,
  });
  await page.getByRole('button', { name: /1 reply/ }).click();
  const stream = { channel: GENERAL, ts: String(started.ts) };
  await api('chat.appendStream', {
    ...stream,
    chunks: [task('t', 'Compare', 'in_progress'), text('It is **true')],
  });
  await thread.getByRole('img', { name: 'In progress' }).first().waitFor();
  await picture('stream-growing');
  await api('chat.appendStream', { ...stream, chunks: [task('t', 'Compare', 'complete'), text('**.')] });
  await thread.locator('strong', { hasText: 'true' }).waitFor();
  await thread.getByRole('button', { name: 'Stop' }).click();
  await slack.waitForDelivery({ type: 'agent_session_stopped', state: 'acknowledged' });
  expect(await slack.message(GENERAL, stream.ts)).toMatchObject({ stream: { stoppedByUser: true } });
  expectQuietConsole();
  await close();
});

test('press a button; what only one person sees is shown to that person', async () => {
  const { slack, api, page, panel, writeAs, expectQuietConsole, close } = await scenePage(
    `${REQUESTER}/${GENERAL}`,
  );
  const { ts } = await api('chat.postMessage', {
    channel: GENERAL,
    text: 'may I?',
    blocks: [{ type: 'actions', elements: [button('Approve', { style: 'primary' })] }],
  });
  await page.getByRole('button', { name: 'Approve' }).click();
  await slack.waitForDelivery({ type: 'block_actions', state: 'acknowledged' });
  await api('chat.update', { channel: GENERAL, ts: String(ts), text: 'approved', blocks: [] });
  await page.getByText('(edited)').waitFor();
  await api('chat.postEphemeral', { channel: GENERAL, user: REQUESTER, text: 'psst' });
  await page.getByText('Only visible to you').waitFor();
  await writeAs('reviewer');
  await page.getByText('Only visible to you').waitFor({ state: 'detached' });
  await panel.getByText('chat.postEphemeral').and(page.locator(':visible')).waitFor();
  expectQuietConsole();
  await close();
});

test('a button whose app does not answer says so; a confirm dialog asks first', async () => {
  const { reply, api, page, received, expectQuietConsole, close } = await scenePage(
    `${REQUESTER}/${GENERAL}`,
  );
  const confirm = {
    title: { type: 'plain_text', text: 'Really?' },
    text: { type: 'plain_text', text: 'It cannot be undone.' },
    confirm: { type: 'plain_text', text: 'Drop it' },
    deny: { type: 'plain_text', text: 'Keep it' },
  };
  await api('chat.postMessage', {
    channel: GENERAL,
    text: 'drop?',
    blocks: [{ type: 'actions', elements: [button('Drop', { style: 'danger', confirm })] }],
  });
  await page.getByRole('button', { name: 'Drop' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  expect(received.filter(({ path }) => path === '/interactions')).toEqual([]);
  reply(() => ({ status: 500 }));
  await page.getByRole('button', { name: 'Drop' }).click();
  await page.getByRole('button', { name: 'Drop it' }).click();
  await page
    .getByText(/did not answer|could not be reached|went wrong|failed|500/i)
    .first()
    .waitFor();
  expect(received.filter(({ path }) => path === '/interactions')).toHaveLength(1);
  expectQuietConsole();
  await close();
});

test('the keyboard alone: jump to a direct message, write, edit what was written, react', async () => {
  const { slack, page, expectQuietConsole, close } = await scenePage(`${REQUESTER}/${GENERAL}`);
  await page.getByRole('textbox', { name: 'Message #general' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sluice');
  await page
    .getByRole('dialog')
    .getByRole('option', { name: /sluice/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: 'Message sluice' });
  await field.waitFor();
  await field.focus();
  await page.keyboard.type('first wrods');
  await page.keyboard.press('Enter');
  const { ts } = await slack.waitForMessage({ channel: DM, user: REQUESTER, textIncludes: 'first wrods' });
  await page.getByText('first wrods').first().waitFor();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('textbox', { name: /edit/i }).waitFor();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('first words');
  await page.keyboard.press('Enter');
  await slack.waitForMessage({ channel: DM, ts, textIncludes: 'first words' });
  await page.getByText('(edited)').waitFor();
  expectQuietConsole();
  await close();
});

test('a file dropped on the conversation is shared; its name and size are shown', async () => {
  const { slack, page, expectQuietConsole, close } = await scenePage(`${REQUESTER}/${GENERAL}`);
  const field = page.getByRole('textbox', { name: 'Message #general' });
  await field.waitFor();
  const data = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['a,b\\n1,2\\n'], 'numbers.csv', { type: 'text/csv' }));
    return transfer;
  })()`);
  await field.dispatchEvent('dragenter', { dataTransfer: data });
  await field.dispatchEvent('dragover', { dataTransfer: data });
  await field.dispatchEvent('drop', { dataTransfer: data });
  await page.getByText('numbers.csv').first().waitFor();
  await field.fill('see these');
  await field.press('Enter');
  const message = await slack.waitForMessage({
    channel: GENERAL,
    user: REQUESTER,
    textIncludes: 'see these',
  });
  expect(message.files).toMatchObject([{ name: 'numbers.csv', size: 8 }]);
  expectQuietConsole();
  await close();
});
