import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RelayRecord } from '../../core/relay/record.ts';
import { keys } from '../../core/store/keys.ts';
import { killFunction } from '../support/kill-function.ts';
import type { AdminMessage } from '../support/slack-client.ts';
import { deployed, occurrences, shownBy, writtenIn } from './support/deployed.ts';
import { wakeQueues } from './support/wake-queues.ts';

const { stack, slack, store, SEED, ask, turnWhen, ended, sweepNow } = deployed();
const { requester } = SEED.people;
const { team, general } = SEED.channels;
const mention = `<@${requester}>`;
/** So long after a relay died another one has the turn. */
const FOLLOWED_MS = 20_000;

afterEach(() => slack.clearFaults());

/** The one fault that was switched on has met its call: the relay waits for an answer that never comes. */
const faultMet = () =>
  vi.waitFor(async () => expect(await slack.faults()).toEqual([]), { timeout: 20_000, interval: 20 });

/** The relay is done with the turn of a post. */
const closed = async (asked: AdminMessage): Promise<void> => {
  const { turnId } = await turnWhen(asked, ended);
  await vi.waitFor(
    async () =>
      expect(await store.get<RelayRecord>(keys.relay(turnId))).toMatchObject({
        closedAt: expect.any(Number),
      }),
    { timeout: FOLLOWED_MS, interval: 50 },
  );
};

describe('a relay that dies', () => {
  it('while an append is on its way: another goes on within 20 s, and the text is whole', async () => {
    const asked = await ask('slow answer 12', { channel: general });
    const place = { channel: general, thread_ts: asked.ts };
    await slack.waitForMessage({ ...place, textIncludes: 'I take my time', streaming_state: 'in_progress' });
    const mark = await slack.mark();
    await slack.fault({ method: 'chat.appendStream', effect: 'hang', applied: true, times: 1 });
    await faultMet();
    expect(await killFunction(stack, 'status-relay')).toBeGreaterThan(0);
    const diedAt = Date.now();
    const next = await vi.waitFor(
      async () => {
        const calls = await slack.calls({ method: 'chat.appendStream', after: mark.call });
        const after = calls.find(({ at, fault }) => at >= diedAt && fault === null);
        if (!after) throw new Error('Nobody has gone on.');
        return after;
      },
      { timeout: FOLLOWED_MS, interval: 50 },
    );
    expect(next.ok).toBe(true);
    await slack.waitForSession({ ...place, status: 'active' });
    const text = (await shownBy(slack, asked)).map(writtenIn).join('\n');
    expect(text).toMatch(
      /^I take my time with this one, so that you can watch it grow, write something else meanwhile, or stop me\. Each word comes a little after the one before it, and nothing is lost between them\. This was the last sentence\.\s*<@\w+>\s*$/,
    );
    expect(occurrences(text, mention)).toBe(1);
  });

  it('21 G-41 while the answer’s file is shared: it stands behind the answer, once', async () => {
    await slack.fault({ method: 'files.completeUploadExternal', effect: 'hang', applied: true, times: 1 });
    const mark = await slack.mark();
    const asked = await ask('write a file', { channel: team });
    await faultMet();
    expect(await killFunction(stack, 'status-relay')).toBeGreaterThan(0);
    await closed(asked);
    const shown = await shownBy(slack, asked);
    expect(shown.map(({ files }) => files?.map(({ name }) => name))).toEqual([undefined, ['visitors.csv']]);
    expect(occurrences(shown.map(writtenIn).join(), mention)).toBe(1);
    // It was asked for, not shared again.
    const shares = await slack.calls({ method: 'files.completeUploadExternal', after: mark.call });
    expect(shares).toHaveLength(1);
    expect((await slack.session(team, asked.ts))?.status).toBe('active');
  });
});

it('a wake that ended in the dead-letter queue is replayed by the sweep; what nobody can read stays there', async () => {
  const queues = await wakeQueues(stack);
  await queues.pause();
  const asked = await ask('say this was nearly lost', { channel: team });
  try {
    const { turnId } = await turnWhen(asked, ended);
    // What SQS does itself after five tries that failed.
    expect(await queues.letDie(turnId)).toBeGreaterThan(0);
    await queues.addLetter('no wake at all');
  } finally {
    await queues.goOn();
  }
  expect(await shownBy(slack, asked)).toEqual([]);
  await sweepNow();
  await slack.waitForSession({ channel: team, thread_ts: asked.ts, status: 'active' });
  const shown = await shownBy(slack, asked);
  expect(shown).toHaveLength(1);
  expect(writtenIn(shown[0] ?? asked)).toMatch(/^this was nearly lost\s*<@\w+>\s*$/);
  expect(await queues.letters()).toBe(1);
  await queues.empty();
});
