import { describe, expect, it, vi } from 'vitest';
import type { FeedbackRecord } from '../../core/feedback/record.ts';
import { crossingMarkdown } from '../../core/models/demo/crossing-markdown.ts';
import { keys } from '../../core/store/keys.ts';
import type { AdminMessage } from '../support/slack-client.ts';
import { shownChannels } from './support/channels.ts';
import { sluice } from './support/command-line.ts';
import { deployed, occurrences, shownBy, writtenIn } from './support/deployed.ts';
import { ofType, saidBy } from './support/read-blocks.ts';

const { slack, store, SEED, ask, turnWhen, ended } = deployed();
const { requester, reviewer } = SEED.people;
const { general, team } = SEED.channels;
const { timeline, final, watched, trusting } = shownChannels;
const mention = `<@${requester}>`;

/** The turn is over, and Slack was told so. */
const free = ({ channel, ts }: AdminMessage) =>
  slack.waitForSession({ channel, thread_ts: ts, status: 'active' });

/** Calls by which the app wrote into a channel since. */
const written = async (channel: string, after: number): Promise<string[]> => {
  const calls = (await slack.calls({ after })).filter(({ touched }) => touched?.channel === channel);
  return calls.map(({ method }) => method).filter((method) => method.startsWith('chat.'));
};

const reactionsOn = async ({ channel, ts }: AdminMessage): Promise<string[]> =>
  (await slack.message(channel, ts))?.reactions?.map(({ name }) => name) ?? [];

/** Waits for the one reaction that stands on a request. */
const reacted = (asked: AdminMessage, name: string) =>
  vi.waitFor(async () => expect(await reactionsOn(asked)).toEqual([name]), { timeout: 15_000, interval: 50 });

describe('5, 11 surfaces', () => {
  it('timeline: text and steps stand in their order; 48 calls in 12 bursts are 12 cards and no more calls to Slack than bursts', async () => {
    const mark = await slack.mark();
    const asked = await ask('work in 12 bursts', { channel: timeline });
    await free(asked);
    const [message, ...others] = await shownBy(slack, asked);
    expect(others).toEqual([]);
    expect(message?.stream).toMatchObject({ display: 'timeline' });
    const said = saidBy(message?.blocks);
    const order = Array.from({ length: 12 }, (_, n) => [
      expect.stringMatching(new RegExp(`\\(${n + 1}\\)$`)),
      '[4 tool calls]',
    ]).flat();
    expect(said.slice(0, 26)).toEqual(['[Thinking]', ...order, expect.stringContaining('I used 48 tools')]);
    const cards = Object.values(message?.stream?.cards ?? {});
    expect(cards.map(({ status }) => status)).toEqual(cards.map(() => 'complete'));
    expect(cards[1]?.details.split('\n')).toHaveLength(4);
    const calls = await written(timeline, mark.call);
    expect(calls.filter((method) => method === 'chat.startStream')).toHaveLength(1);
    expect(calls.length).toBeLessThanOrEqual(12 + 1);
    expect(occurrences(message?.stream?.markdown ?? '', mention)).toBe(1);
    await reacted(asked, 'white_check_mark');
  });

  it('final only: nothing but the line for everyone until the answer stands, once, with one mention; the session works meanwhile', async () => {
    const mark = await slack.mark();
    const asked = await ask('use 3 tools and be silent for 4 seconds', { channel: final });
    const place = { channel: final, thread_ts: asked.ts };
    await slack.waitForSession({ ...place, status: 'processing' });
    await reacted(asked, 'eyes');
    const line = await slack.waitForMessage({ ...place, fromBot: true, textMatches: 'Working' });
    expect((await slack.session(final, asked.ts))?.status).toBe('processing');
    expect((await shownBy(slack, asked)).map(({ ts }) => ts)).toEqual([line.ts]);
    await free(asked);
    await slack.waitForMessage({ channel: final, ts: line.ts, textMatches: '^Done in \\d+ s, 4 steps' });
    const [, answer, ...others] = await shownBy(slack, asked);
    expect(others).toEqual([]);
    expect(answer?.visibleText).toContain('Here I am again, after 4 seconds.');
    // What was said on the way to the answer is no part of it.
    expect(answer?.visibleText).not.toContain('One look');
    expect(JSON.stringify(ofType(answer?.blocks, 'section'))).toContain(mention);
    expect(occurrences(JSON.stringify(answer?.blocks), requester)).toBe(1);
    expect(answer?.actionIds).toEqual(['sluice_feedback']);
    const calls = await written(final, mark.call);
    expect(calls.filter((method) => method === 'chat.postMessage')).toHaveLength(2);
    expect(calls.filter((method) => method.endsWith('Stream'))).toEqual([]);
    await reacted(asked, 'white_check_mark');
  });

  it('19, 20 a line for everyone beside a stream that only one person sees live, and reactions; both tell the end', async () => {
    const mark = await slack.mark();
    const asked = await ask('use 3 tools one by one and be silent for 4 seconds', { channel: watched });
    const place = { channel: watched, thread_ts: asked.ts };
    await reacted(asked, 'eyes');
    const line = await slack.waitForMessage({ ...place, notStreamed: true, textMatches: '^Working' });
    expect((await slack.waitForMessage({ ...place, streaming_state: 'in_progress' })).stream?.liveFor).toBe(
      requester,
    );
    await free(asked);
    await slack.waitForMessage({ channel: watched, ts: line.ts, textMatches: '^Done in \\d+ s, 4 steps' });
    await reacted(asked, 'white_check_mark');
    const updates = (await slack.calls({ method: 'chat.update', after: mark.call })).filter(
      ({ touched }) => touched?.ts === line.ts,
    );
    const times = [Number(line.ts) * 1_000, ...updates.map(({ at }) => at)];
    const gaps = times.slice(1).map((at, n) => at - (times[n] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(2_900);
    expect(await shownBy(slack, asked)).toHaveLength(2);
  });

  it('20 a turn that fails says so in the line and on the request', async () => {
    const asked = await ask('fail hard', { channel: watched });
    await reacted(asked, 'x');
    expect((await shownBy(slack, asked)).filter(({ text }) => text.startsWith('Working'))).toEqual([]);
  });
});

describe('21 the end of an answer', () => {
  it('plan: outcome as its title, footer, thumbs; who presses is thanked alone, and the last press counts', async () => {
    const asked = await ask('use 2 tools', { channel: team });
    const { turnId } = await turnWhen(asked, ended);
    const answer = await slack.waitForMessage({
      channel: team,
      thread_ts: asked.ts,
      hasActionId: 'sluice_feedback',
    });
    expect(answer.stream).toMatchObject({ display: 'plan', planTitle: '2 steps' });
    expect(saidBy(answer.blocks).at(-1)).toBe('');
    expect(answer.blocks?.map(({ type }) => type).slice(-2)).toEqual(['context', 'context_actions']);
    expect(JSON.stringify(answer.blocks?.at(-2))).toMatch(/"Assistant · demo · \d+ s"/);

    const press = async (user: string, choice: 'positive' | 'negative', thanks: string) => {
      const pressed = { user, channel: team, ts: answer.ts, action_id: 'sluice_feedback', choice };
      expect((await slack.click(pressed)).attempts[0]?.status).toBe(200);
      await slack.waitForMessage({
        channel: team,
        thread_ts: asked.ts,
        ephemeralFor: user,
        textIncludes: thanks,
      });
    };
    const stored = async (user: string) =>
      (await store.get<FeedbackRecord>(keys.feedback(turnId, user)))?.rating;
    await press(requester, 'positive', 'rated this answer as good');
    expect(await stored(requester)).toBe('up');
    await press(requester, 'negative', 'rated this answer as bad');
    expect(await stored(requester)).toBe('down');
    await press(reviewer, 'positive', 'rated this answer as good');
    const shown = await sluice('turns', 'show', turnId);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(new RegExp(`Feedback:\\s+down +${requester} .*\\s+up +${reviewer} `));
    expect(shown.stdout).toContain('shown as plan');
  });

  it('a chart stands in the answer’s message, a file behind it, each once', async () => {
    const asked = await ask('draw a chart and write a file', { channel: team });
    const shown = await vi.waitFor(
      async () => {
        const messages = await shownBy(slack, asked);
        expect(messages.flatMap(({ files }) => files ?? [])).toHaveLength(1);
        return messages;
      },
      { timeout: 15_000, interval: 50 },
    );
    await free(asked);
    expect(shown).toHaveLength(2);
    expect(shown[0]?.streamingState).toBe('completed');
    const types = shown[0]?.blocks?.map(({ type }) => type) ?? [];
    expect(types).toEqual([
      'plan',
      'rich_text',
      'data_visualization',
      'rich_text',
      'context',
      'context_actions',
    ]);
    expect(shown[1]?.files).toMatchObject([{ name: 'visitors.csv', filetype: 'csv' }]);
  });

  it('half an answer and then an error: what was written stays, and it is said that it is not all', async () => {
    const asked = await ask('use a missing tool, then break off for good', { channel: team });
    expect((await turnWhen(asked, ended)).state).toBe('failed');
    await free(asked);
    const [message, ...others] = await shownBy(slack, asked);
    expect(others).toEqual([]);
    expect(message?.stream?.planTitle).toBe('Failed');
    const said = writtenIn(message ?? asked);
    expect(said).toMatch(/^That tool does not exist[\s\S]* The answer above is not complete\.\s*<@\w+>\s*$/);
    expect(said).not.toContain('nobody will read');
    expect(occurrences(said, mention)).toBe(1);
    const cards = Object.values(message?.stream?.cards ?? {});
    expect(cards.map(({ status }) => status)).not.toContain('in_progress');
    expect(cards.find(({ title }) => /pod bay/.test(title))).toMatchObject({
      status: 'error',
      output: expect.stringMatching(/^Failed: /),
    });
  });
});

describe('15 an answer that is longer than a message', () => {
  /** Numbered lines of a text, kind by kind, as they stand in it. */
  const numbersIn = (text: string) =>
    [/\/\/ (\d+)$/gm, /^\| row (\d+) /gm, /(?:item|point) (\d+)\b/g].map((mark) =>
      [...text.matchAll(mark)].map(([, number]) => Number(number)),
    );

  it('G-2 rolls over: every line once and in order, a fence, a table and a list go on, one mention, nothing errored', async () => {
    const asked = await ask('answer in several messages in 8 seconds', { channel: team });
    await free(asked);
    const shown = await shownBy(slack, asked);
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.map(({ streamingState }) => streamingState)).toEqual(shown.map(() => 'completed'));
    const messages = shown.map(writtenIn);
    for (const numbers of numbersIn(crossingMarkdown())) expect(numbers.length).toBeGreaterThan(100);
    expect(numbersIn(messages.join('\n'))).toEqual(numbersIn(crossingMarkdown()));
    for (const text of messages) {
      expect(occurrences(text, '```') % 2).toBe(0);
      // No row without its header above it.
      const [firstRow] = /^.*\n.*\n\| row \d+ .*$/m.exec(text) ?? [];
      if (text.includes('| row '))
        expect(firstRow).toMatch(/^\| row \| takes \| note \|\n\| --- .*\n\| row \d/);
      expect(new TextEncoder().encode(text).length).toBeLessThan(10_600);
    }
    // As Slack draws it: no mark of a fence or of a table is left over as text.
    const drawn = JSON.stringify(
      ofType(
        shown.flatMap(({ blocks }) => blocks ?? []),
        'text',
      ),
    );
    expect(drawn).not.toMatch(/```|\| ---|\| row/);
    expect(occurrences(messages.join(''), mention)).toBe(1);
    expect(messages.at(-1)).toMatch(/That was all of it\.\s*<@/);
  });
});

describe('17 T-68 what a model’s text may do', () => {
  it('by default it calls nobody, and only web addresses are links', async () => {
    const asked = await ask('mention people and links', { channel: team });
    await free(asked);
    const [message] = await shownBy(slack, asked);
    // The mention at the end is the only one.
    expect(ofType(message?.blocks, 'user').map(({ user_id }) => user_id)).toEqual([requester]);
    for (const type of ['broadcast', 'usergroup']) expect(ofType(message?.blocks, type)).toEqual([]);
    const links = ofType(message?.blocks, 'link').map(({ url }) => String(url));
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((url) => !/^(https:\/\/example\.(com|org)|mailto:)/.test(url))).toEqual([]);
  });

  it('12, P-6 where people may be mentioned the model’s mention is the one, and links are those of the list', async () => {
    const asked = await ask('mention people and links', { channel: trusting });
    await free(asked);
    const [message] = await shownBy(slack, asked);
    expect(ofType(message?.blocks, 'user').map(({ user_id }) => user_id)).toEqual([requester]);
    expect(message?.stream?.markdown.trimEnd().endsWith(mention)).toBe(false);
    for (const type of ['broadcast', 'usergroup']) expect(ofType(message?.blocks, type)).toEqual([]);
    const hosts = ofType(message?.blocks, 'link').map(({ url }) => new URL(String(url)).host);
    expect([...new Set(hosts)]).toEqual(['example.com']);
    // Its display has no thumbs, and of the footer the model alone.
    expect(message?.blocks?.at(-1)).toMatchObject({ elements: [{ text: 'demo' }] });
  });
});

it('18 a session is never free while a next turn waits', async () => {
  const mark = await slack.mark();
  const asked = await ask('slow answer 3', { channel: general });
  await turnWhen(asked, ({ state }) => state === 'running');
  await ask('use 2 tools', { channel: general, thread_ts: asked.ts });
  const last = await ask('say that was the third', { channel: general, thread_ts: asked.ts, user: reviewer });
  await turnWhen(last, ended);
  await free(asked);
  const shown = await shownBy(slack, asked);
  expect(shown.at(-1)?.visibleText).toContain('that was the third');
  expect(shown.map(({ stream }) => stream?.recipientUser)).toEqual([requester, requester, reviewer]);
  const own = new Set(shown.map(({ ts }) => ts));
  const told = (await slack.calls({ after: mark.call })).flatMap(({ args, touched, at }) => {
    const status = args.session_status ?? args.status;
    const here = args.thread_ts === asked.ts || own.has(touched?.ts ?? '');
    return status !== undefined && here ? [{ status, at }] : [];
  });
  expect(told.filter(({ status }) => status !== 'processing')).toEqual([
    { status: 'active', at: expect.any(Number) },
  ]);
  expect(told.at(-1)?.status).toBe('active');
});
