import { beforeAll, describe, expect, it, vi } from 'vitest';
import { sluice } from './support/command-line.ts';
import { deployed, shownBy, writtenIn } from './support/deployed.ts';

const { slack, SEED, ask, turnWhen, ended } = deployed();
const { requester } = SEED.people;
const { general: channel } = SEED.channels;

type Asked = Awaited<ReturnType<typeof ask>>;

const renames = async (threadTs: string) =>
  (await slack.calls({ method: 'agents.sessions.rename' })).filter(({ args }) =>
    JSON.stringify(args).includes(threadTs),
  );
const titleOf = async (threadTs: string) => (await slack.session(channel, threadTs))?.title;
/** The name of the thread's session, as an operator copies it from Slack. */
const linkTo = ({ ts }: Asked): string =>
  `https://acme.slack.com/archives/${channel}/p${ts.replace('.', '')}`;

async function said(text: string, thread_ts?: string): Promise<Asked> {
  const asked = await ask(text, thread_ts ? { thread_ts } : {});
  expect((await turnWhen(asked, ended)).state).toBe('completed');
  return asked;
}

describe('a thread, looked after from the command line', () => {
  let first: Asked;
  let sessionId: string;

  beforeAll(async () => {
    first = await said('say the code word is heron and nothing else today');
  });

  it('54 the session has a title in Slack, given once', async () => {
    const call = await slack.waitForCall({
      method: 'agents.sessions.rename',
      argsInclude: first.ts,
      ok: true,
    });
    expect(call.args).toMatchObject({ title: 'say the code word is heron…' });
    expect(await titleOf(first.ts)).toBe('say the code word is heron…');
  });

  it('54 a person’s title wins over any that comes later', async () => {
    await slack.rename({ user: requester, channel, thread_ts: first.ts, title: 'Birds' });
    await said('say the second bird is a crane', first.ts);
    const listed = await vi.waitFor(async () => {
      const { stdout } = await sluice('sessions', 'list', '--json');
      const sessions: { sessionId: string; threadTs: string; title?: string; titleBy?: string }[] =
        JSON.parse(stdout);
      const found = sessions.find(({ threadTs }) => threadTs === first.ts);
      expect(found).toMatchObject({ title: 'Birds', titleBy: 'person' });
      return found;
    });
    sessionId = listed?.sessionId ?? '';
    expect(await titleOf(first.ts)).toBe('Birds');
    expect(await renames(first.ts)).toHaveLength(1);
  });

  it('48 sessions list and show, turns show: for people and as JSON', async () => {
    const list = await sluice('sessions', 'list');
    expect(list.code).toBe(0);
    expect(list.stdout).toMatch(new RegExp(`${sessionId} +idle +0 .*${channel}:${first.ts} +Birds`));
    const [byLink, byThread, json] = await Promise.all([
      sluice('sessions', 'show', linkTo(first)),
      sluice('sessions', 'show', `${channel}:${first.ts}`),
      sluice('sessions', 'show', sessionId, '--json'),
    ]);
    expect(byLink).toMatchObject({ code: 0, stderr: '' });
    expect(byThread.stdout).toBe(byLink.stdout);
    expect(byLink.stdout).toContain('title: Birds (by the person)');
    expect(byLink.stdout).toContain('the second bird is a crane');
    const told: { session: object; messages: { role: string }[]; turns: { turnId: string }[] } = JSON.parse(
      json.stdout,
    );
    expect(told.session).toMatchObject({ sessionId, state: 'idle' });
    expect(told.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    const turn = await sluice('turns', 'show', told.turns[0]?.turnId ?? '');
    expect(turn).toMatchObject({ code: 0, stderr: '' });
    expect(turn.stdout).toMatch(
      /: completed\n.*\n.*\nshown as plan\n\nSTEP +TIME +MODEL[\s\S]*demo\/600 +stop/,
    );
    // What the title cost stands beside the steps.
    expect(turn.stdout).toMatch(/Other model calls:\ntitle/);
    expect(turn.stdout).not.toMatch(/xoxb-|gsi\dpk/);
  });

  it('48 sessions compact: a card, no reply, and the next answer still knows', async () => {
    const before = await shownBy(slack, first);
    const ran = await sluice('sessions', 'compact', sessionId, '--json');
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toEqual({ sessionId, outcome: 'started' });
    const card = await slack.waitForMessage({
      channel,
      thread_ts: first.ts,
      textIncludes: 'Summarising the conversation',
      streaming_state: 'completed',
    });
    const cards = Object.values(card.stream?.cards ?? {});
    expect(cards.find(({ title }) => title.startsWith('Summarising'))).toMatchObject({
      status: 'complete',
      details: '4 messages',
      output: 'Summarised 4 messages; the whole conversation stays in the thread.',
    });
    expect(writtenIn(card)).toBe('');
    await slack.waitForSession({ channel, thread_ts: first.ts, status: 'active' });
    expect(await shownBy(slack, first)).toHaveLength(before.length + 1);

    const refused = await sluice('sessions', 'compact', sessionId);
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('too little') });

    const next = await said('what was said before', first.ts);
    const answer = await slack.waitForMessage({
      channel,
      thread_ts: first.ts,
      after: next.ts,
      textIncludes: 'This was said before',
      streaming_state: 'completed',
    });
    expect(writtenIn(answer)).toMatch(/\*\*In a summary\*\*: .*heron.*crane/);
    expect(writtenIn(answer)).not.toContain('**You**');
  });

  it('48 sessions rename tells Slack; what runs is stopped, and cannot be compacted meanwhile', async () => {
    const renamed = await sluice('sessions', 'rename', sessionId, '  Herons and\ncranes ');
    expect(renamed).toMatchObject({ code: 0, stderr: '' });
    expect(renamed.stdout).toContain('“Herons and cranes”');
    expect(await titleOf(first.ts)).toBe('Herons and cranes');

    const idle = await sluice('sessions', 'stop', sessionId);
    expect(idle).toMatchObject({ code: 1, stdout: expect.stringContaining('nothing to stop') });

    const asked = await ask('slow answer 60', { thread_ts: first.ts });
    await turnWhen(asked, ({ state }) => state === 'running');
    const busy = await sluice('sessions', 'compact', sessionId);
    expect(busy).toMatchObject({ code: 1, stdout: expect.stringContaining('sessions stop') });
    const stopped = await sluice('sessions', 'stop', sessionId, '--json');
    expect(stopped.code).toBe(0);
    expect(JSON.parse(stopped.stdout)).toMatchObject({ sessionId, outcome: 'requested' });
    expect((await turnWhen(asked, ended)).state).toBe('stopped');
  });

  it.each<[string, string[], number, RegExp]>([
    ['a session that is none', ['sessions', 'show', 'C1:1.1'], 3, /no session C1:1\.1.*sessions list/],
    ['a name of nothing', ['sessions', 'stop', 'heron'], 2, /names no session.*link/],
    ['a turn that is none', ['turns', 'show', `t${'0'.repeat(32)}`], 3, /There is no turn t0/],
    ['an id of something else', ['turns', 'stop', `s${'0'.repeat(32)}`], 2, /names no turn/],
    ['a title that is none', ['sessions', 'rename', 'C1:1.1', ' '], 2, /1 to 200 characters/],
  ])('says what is wrong with %s', async (_, words, code, says) => {
    const ran = await sluice(...words);
    expect(ran).toMatchObject({ code, stdout: '' });
    expect(ran.stderr).toMatch(says);
    expect(ran.stderr).not.toMatch(/^ {4}at /m);
  });
});
