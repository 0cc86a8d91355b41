import { describe, expect, it } from 'vitest';
import { readTurnStream } from '../../core/stream/read-log.ts';
import { sluice } from './support/command-line.ts';
import { deployed, shownBy, writtenIn } from './support/deployed.ts';

const { slack, store, SEED, ask, turnWhen, turnOf, ended } = deployed();
const { requester, reviewer } = SEED.people;
const { general } = SEED.channels;
/** What a person may wait for a stop (issue 5). */
const STOP_MS = 3_000;

type Asked = Awaited<ReturnType<typeof ask>>;

const msOf = ({ ts }: Asked): number => Number(ts) * 1_000;

/** Asks for an answer that takes half a minute and waits until its beginning stands in the thread. */
async function writing(): Promise<Asked> {
  const asked = await ask('slow answer 30');
  await slack.waitForMessage({
    channel: general,
    thread_ts: asked.ts,
    textIncludes: 'I take my',
    streaming_state: 'in_progress',
  });
  return asked;
}

const closedIn = (asked: Asked, textIncludes: string, after = asked.ts) =>
  slack.waitForMessage({
    channel: general,
    thread_ts: asked.ts,
    after,
    textIncludes,
    fromBot: true,
    streaming_state: 'completed',
  });

describe('a stop word', () => {
  it('38 while it writes: stopped within 3 s, the partial stays, the next message knows it', async () => {
    const asked = await writing();
    const stop = await ask('stop', { thread_ts: asked.ts, user: reviewer });
    const turn = await turnWhen(asked, ended);
    expect(turn.end).toMatchObject({ state: 'stopped', reason: 'Stopped.' });
    expect((turn.end?.at ?? 0) - msOf(stop)).toBeLessThan(STOP_MS);
    const partial = await closedIn(asked, 'I take my');
    expect(partial.visibleText).toContain('Stopped');
    expect(writtenIn(partial)).not.toContain('the last sentence');
    await slack.waitForSession({ channel: general, thread_ts: asked.ts, status: 'active' });
    // The word itself is no request, and no part of the conversation.
    expect(await turnOf(stop)).toBeUndefined();
    const next = await ask('what was said before', { thread_ts: asked.ts });
    const told = writtenIn(await closedIn(asked, 'This was said before', next.ts));
    expect(told).toContain('**You**: slow answer 30');
    expect(told).toContain('**I**: I take my');
    expect(told).not.toMatch(/last sentence|\*\*You\*\*: stop/);

    // With nothing at work it is a word to nobody but the one who wrote it.
    await turnWhen(next, ended);
    const mark = await slack.mark();
    const idle = await ask('stop', { thread_ts: asked.ts });
    const notice = await slack.waitForMessage({
      channel: general,
      thread_ts: asked.ts,
      textIncludes: 'Nothing is running here.',
    });
    expect(notice.ephemeralFor).toBe(requester);
    expect(await turnOf(idle)).toBeUndefined();
    const calls = (await slack.calls({ after: mark.call })).filter(({ method }) =>
      method.startsWith('chat.'),
    );
    expect(calls.map(({ method }) => method)).toEqual(['chat.postEphemeral']);
  });

  it('39 a retry is shown, stored and replayable, and a stop while it waits for an hour ends it at once', async () => {
    const asked = await ask('be busy for 3600 seconds');
    const waiting = await turnWhen(asked, (turn) => turn.state === 'waiting');
    expect(waiting.waitUntil).toBeGreaterThan(Date.now() + 3_500_000);
    const shown = await slack.waitForMessage({
      channel: general,
      thread_ts: asked.ts,
      textIncludes: 'Trying again in 60 min',
    });
    const titles = Object.values(shown.stream?.cards ?? {}).map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith('Trying again'))).toHaveLength(1);
    const { batches } = await readTurnStream(store, waiting.turnId, { fence: 0, seq: 0 }, 100);
    expect(batches.flatMap(({ chunks }) => chunks).filter(({ type }) => type === 'data-retry')).toEqual([
      {
        type: 'data-retry',
        data: { attempt: 1, error: expect.any(String), delayMs: 3_600_000, retryingAt: waiting.waitUntil },
      },
    ]);

    const stop = await ask('stop', { thread_ts: asked.ts });
    const turn = await turnWhen(asked, ended);
    expect(turn.end?.state).toBe('stopped');
    expect((turn.end?.at ?? 0) - msOf(stop)).toBeLessThan(STOP_MS);
    const closed = await closedIn(asked, 'Stopped');
    const left = Object.values(closed.stream?.cards ?? {}).map(({ status }) => status);
    expect(left).not.toContain('in_progress');
    const next = await ask('say the thread is free', { thread_ts: asked.ts });
    await closedIn(asked, 'the thread is free', next.ts);
  });
});

it('42 the command line stops a stream without tools within 3 s', async () => {
  const asked = await writing();
  const { turnId } = await turnWhen(asked, ({ state }) => state === 'running');
  const ran = await sluice('turns', 'stop', turnId);
  expect(ran).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('asked to stop') });
  const turn = await turnWhen(asked, ended);
  expect(turn).toMatchObject({ end: { state: 'stopped' }, stopRequest: { by: 'sluice' } });
  expect((turn.end?.at ?? 0) - (turn.stopRequest?.at ?? 0)).toBeLessThan(STOP_MS);
  await closedIn(asked, 'Stopped');
  expect((await shownBy(slack, asked)).map(writtenIn).join()).not.toContain('the last sentence');
});
