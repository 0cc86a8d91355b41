import { expect, test } from 'vitest';
import type { Json } from '../../local/slack/json.ts';
import { GENERAL, REQUESTER, type Scene, SEED, task, text } from '../simulator/support.ts';
import { painted } from '../support/page.ts';
import { pageOf, scenePage, useBrowser } from './support.ts';

useBrowser();

const HERE = `${REQUESTER}/${GENERAL}`;

/** A thread with a stream for the requester, opened on the page. */
async function streaming(args: Record<string, Json> = {}) {
  const setting = await scenePage(HERE);
  const stream = await setting.openStream(args);
  await setting.page.getByRole('button', { name: /1 reply/ }).click();
  await setting.thread.waitFor();
  return { ...setting, ...stream, append: appending(setting, stream) };
}

const appending =
  ({ api }: Pick<Scene, 'api'>, { channel, ts }: { channel: string; ts: string }) =>
  async (...chunks: Json[]): Promise<void> => {
    expect(await api('chat.appendStream', { channel, ts, chunks })).toMatchObject({ ok: true });
  };

test('§1.5 a plan grows: its head counts, its steps are shown when it is opened and stay open', async () => {
  const { append, thread, api, channel, ts, picture } = await streaming({ task_display_mode: 'plan' });
  await append({ type: 'plan_update', title: 'Bring it back' }, task('a', 'Find the cause', 'in_progress'));
  await append(task('b', 'Empty the cache', 'pending'));
  const head = thread.getByRole('button', { name: /Bring it back/ });
  await head.getByText('0 of 2 done').waitFor();
  const steps = thread.getByRole('listitem');
  expect(await steps.count()).toBe(0);
  await head.click();
  await steps.filter({ hasText: 'Find the cause' }).waitFor();
  await append(task('a', 'Find the cause', 'complete', { output: 'It is full.' }));
  await head.getByText('1 of 2 done').waitFor();
  await thread.getByText('It is full.').waitFor();
  await append(task('b', 'Empty the cache', 'in_progress'), text('I am at **it'));
  await thread.getByRole('img', { name: 'In progress' }).first().waitFor();
  await picture('stream-plan');
  await append(task('b', 'Empty the cache', 'complete'), text('**.'));
  await head.getByText('2 of 2 done').waitFor();
  await api('chat.stopStream', { channel, ts });
  await thread.getByRole('img', { name: 'Writing' }).waitFor({ state: 'detached' });
  await thread.locator('strong', { hasText: 'it' }).waitFor();
  expect(await head.getAttribute('aria-expanded')).toBe('true');
});

test('§1.5 a timeline shows each step in its place between the texts', async () => {
  const { append, thread } = await streaming({ task_display_mode: 'timeline' });
  await append(text('First I look.\n\n'));
  await append(task('a', 'Search the runbooks', 'complete'));
  await append(text('Then I act.'));
  await thread.getByText('Then I act.').waitFor();
  const shown = await thread.locator('article').last().locator('.message-body').textContent();
  const places = ['First I look.', 'Search the runbooks', 'Then I act.'].map(
    (part) => shown?.indexOf(part) ?? -1,
  );
  expect(places.every((place, at) => place >= 0 && place > (places[at - 1] ?? -1))).toBe(true);
});

test('§1.5 a timeline’s end: footer and thumbs below the text; the thumb that was pressed stays so', async () => {
  const { append, thread, api, channel, ts, received, picture } = await streaming({
    task_display_mode: 'timeline',
  });
  await append(text('Here it is.'), task('a', 'Calculate', 'complete'), {
    type: 'blocks',
    blocks: [
      { type: 'context', elements: [{ type: 'plain_text', text: 'assistant · demo · 14 s' }] },
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'thumbs',
            positive_button: { text: { type: 'plain_text', text: 'Good answer' }, value: 'good' },
            negative_button: { text: { type: 'plain_text', text: 'Bad answer' }, value: 'bad' },
          },
        ],
      },
    ],
  });
  await api('chat.stopStream', { channel, ts });
  const shown = thread.locator('article').last();
  await shown.getByText('assistant · demo · 14 s').waitFor();
  const good = shown.getByRole('button', { name: 'Good answer' });
  expect(await good.getAttribute('aria-pressed')).toBe('false');
  await good.click();
  await shown.getByRole('button', { name: 'Good answer', pressed: true }).waitFor();
  expect(received.some(({ body }) => decodeURIComponent(body).includes('"value":"good"'))).toBe(true);
  await picture('timeline-end');
});

test('on a narrow screen the head of a thread at work keeps its name', async () => {
  const setting = await scenePage(HERE);
  const { threadTs } = await setting.openStream();
  const { page, thread, picture } = await pageOf(setting, `${HERE}/${threadTs}`, { width: 390, height: 844 });
  await thread.getByText('Working…').waitFor();
  await thread.getByRole('button', { name: 'Stop' }).waitFor();
  const cut = await page.evaluate(
    `(() => { const name = document.querySelector('.thread .pane-title'); return name.scrollWidth > name.clientWidth; })()`,
  );
  expect(cut).toBe(false);
  await picture('thread-narrow');
});

test('§1.2 whoever is not the recipient sees that it is being written, and the answer when it ends', async () => {
  const setting = await scenePage(HERE);
  const stream = await setting.openStream();
  const other = await pageOf(setting, `${SEED.people.reviewer}/${GENERAL}/${stream.threadTs}`);
  await appending(setting, stream)(text('It was the cache.'));
  const waiting = other.thread.getByText(/Being written for requester/);
  await waiting.waitFor();
  expect(await other.thread.getByText('It was the cache.').count()).toBe(0);
  await setting.page.getByRole('button', { name: /1 reply/ }).click();
  await setting.thread.getByText('It was the cache.').waitFor();
  await other.picture('stream-not-for-me');
  await setting.api('chat.stopStream', { channel: stream.channel, ts: stream.ts });
  await other.thread.getByText('It was the cache.').waitFor();
  expect(await waiting.count()).toBe(0);
});

test('§1.8 a stream that expires keeps what it said, with Slack’s words below it', async () => {
  const { append, slack, thread, picture } = await streaming();
  await append(text('Half an answ'));
  await thread.getByText('Half an answ').waitFor();
  await slack.advanceClock(301_000);
  await thread.getByText('Something went wrong').waitFor();
  await thread.getByText('Half an answ').waitFor();
  await thread.getByRole('img', { name: 'Writing' }).waitFor({ state: 'detached' });
  await picture('stream-expired');
});

test('§10.1 Stop is offered only while something works and its app listens to it', async () => {
  const { thread, slack, api, channel, ts, threadTs } = await streaming();
  const stop = thread.getByRole('button', { name: 'Stop' });
  await stop.waitFor();
  const { apps } = await slack.state();
  const subscriptions = apps.find((app) => app.id === SEED.app)?.subscriptions ?? [];
  await slack.setApp({ subscriptions: subscriptions.filter((one) => one !== 'agent_session_stopped') });
  await stop.waitFor({ state: 'detached' });
  await slack.setApp({ subscriptions });
  await stop.waitFor();
  await api('chat.stopStream', { channel, ts });
  await slack.waitForSession({ channel, thread_ts: threadTs, status: 'active' });
  await stop.waitFor({ state: 'detached' });
});

test('§10.1 a session: its title heads the thread; while it is suspended it waits for the person', async () => {
  const { thread, main, api, channel, threadTs, picture } = await streaming();
  const session = { channel_id: channel, thread_ts: threadTs };
  await thread.getByText('Working…').waitFor();
  expect(await api('agents.sessions.rename', { ...session, title: 'Cache is full' })).toMatchObject({
    ok: true,
  });
  await thread.getByRole('heading', { name: 'Cache is full' }).waitFor();
  expect(await api('agents.sessions.setStatus', { ...session, status: 'suspended' })).toMatchObject({
    ok: true,
  });
  await thread.getByText('Waiting for you').waitFor();
  await main.getByText('Waiting for you').waitFor();
  await picture('session-waiting');
  await api('agents.sessions.setStatus', { ...session, status: 'active' });
  await thread.getByText('Waiting for you').waitFor({ state: 'detached' });
});

test('who scrolled up keeps the place while streams grow below, and is told of new messages', async () => {
  const setting = await scenePage(HERE);
  const { slack, page, main, api, picture } = setting;
  await slack.setRateLimits({ enabled: false });
  for (let at = 1; at <= 90; at++) await api('chat.postMessage', { channel: GENERAL, text: `Line ${at}` });
  await main.getByText('Line 90', { exact: true }).waitFor();
  const stream = await setting.openStream();
  const root = await slack.post({ user: REQUESTER, channel: GENERAL, text: 'the last one of mine' });
  const own = main.getByText('the last one of mine');
  await own.waitFor();
  await main.getByRole('log', { name: 'Messages' }).hover();
  await page.mouse.wheel(0, -1_200);
  await own.waitFor({ state: 'hidden' });
  await painted(page);
  const topOf = async () => {
    await painted(page);
    return page.evaluate(
      `(() => { const list = document.querySelector('.conversation .messages-scroller');
        const line = [...list.querySelectorAll('article')].find((one) => one.getBoundingClientRect().top > list.getBoundingClientRect().top);
        return [line.dataset.ts, Math.round(line.getBoundingClientRect().top)].join(); })()`,
    );
  };
  const before = await topOf();
  const append = appending(setting, stream);
  for (let at = 0; at < 8; at++) await append(text(`More and more of it, part ${at}.\n\n`));
  for (let at = 1; at <= 3; at++)
    await slack.post({ user: SEED.people.reviewer, channel: GENERAL, text: `Another ${at}` });
  const fresh = main.getByRole('button', { name: '3 new messages' });
  await fresh.waitFor();
  expect(await topOf()).toBe(before);
  await picture('new-messages');
  await fresh.click();
  await main.getByText('Another 3').waitFor();
  await fresh.waitFor({ state: 'detached' });
  await api('chat.postMessage', { channel: GENERAL, thread_ts: root.ts, text: 'ok' });
  await slack.post({ user: SEED.people.reviewer, channel: GENERAL, text: 'At the end' });
  await main.getByText('At the end').waitFor();
  expect(await main.getByRole('button', { name: /new message/ }).count()).toBe(0);
});

test('a thread that is read to its end follows the stream; scrolled up it stays', async () => {
  const { append, thread, page } = await streaming();
  const paragraphs = (from: number) =>
    Array.from({ length: 12 }, (_, at) => `Paragraph ${from + at} of a long answer.`).join('\n\n');
  for (const from of [1, 13, 25]) await append(text(`${paragraphs(from)}\n\n`));
  const last = thread.getByText('Paragraph 36 of a long answer.');
  await last.waitFor();
  await page.waitForFunction(`(${IN_VIEW})('Paragraph 36 of')`);
  await thread.getByRole('log', { name: 'Replies' }).hover();
  await page.mouse.wheel(0, -500);
  await page.waitForFunction(`!(${IN_VIEW})('Paragraph 36 of')`);
  const topOf = () =>
    page.evaluate(`document.querySelector('.thread .messages-scroller').scrollTop`) as Promise<number>;
  await painted(page);
  const before = await topOf();
  await append(text(`${paragraphs(37)}\n\n`));
  await page.waitForFunction(`document.querySelector('.thread').textContent.includes('Paragraph 48 of')`);
  await painted(page);
  expect(Math.abs((await topOf()) - before)).toBeLessThan(2);
});

/** Whether words stand where a reader of the thread sees them. */
const IN_VIEW = `(words) => {
  const list = document.querySelector('.thread .messages-scroller').getBoundingClientRect();
  const walker = document.createTreeWalker(document.querySelector('.thread .messages-scroller'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.textContent.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const box = range.getBoundingClientRect();
    if (box.top >= list.top && box.bottom <= list.bottom) return true;
  }
  return false;
}`;
