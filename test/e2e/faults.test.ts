import { afterEach, describe, expect, it, vi } from 'vitest';
import { killFunction } from '../support/kill-function.ts';
import { deployed, occurrences, shownBy, writtenIn } from './support/deployed.ts';

const { stack, slack, SEED, ask, turnWhen, turnOf, ended, sweepNow } = deployed();
const { requester } = SEED.people;
const { general } = SEED.channels;
const mention = `<@${requester}>`;

afterEach(() => slack.clearFaults());

describe('faults', () => {
  it('a run-turn killed in the middle: the turn goes on, the answer is whole, nothing stands twice', async () => {
    const asked = await ask('slow answer 5');
    await slack.waitForMessage({
      channel: general,
      thread_ts: asked.ts,
      textIncludes: 'I take my',
      streaming_state: 'in_progress',
    });
    expect(await killFunction(stack, 'run-turn')).toBeGreaterThan(0);
    const turn = await turnWhen(asked, ended);
    expect(turn).toMatchObject({ state: 'completed', epoch: 1 });
    expect(turn.fence).toBeGreaterThan(1);
    await slack.waitForMessage({
      channel: general,
      thread_ts: asked.ts,
      textIncludes: 'This was the last sentence.',
      streaming_state: 'completed',
    });
    const text = (await shownBy(slack, asked)).map(writtenIn).join('\n');
    expect(occurrences(text, 'This was the last sentence.')).toBe(1);
    expect(occurrences(text, mention)).toBe(1);
  });

  it('a relay killed in the middle: another follows, the answer is shown once', async () => {
    await slack.fault({ method: 'chat.appendStream', effect: 'delay', delayMs: 1_500, times: 1 });
    const asked = await ask('slow answer 5');
    const mark = await slack.mark();
    await slack.waitForCall({ method: 'chat.startStream', after: mark.call });
    await slack.waitForMessage({ channel: general, thread_ts: asked.ts, streaming_state: 'in_progress' });
    // In the middle: while an appendStream is on its way.
    await vi.waitFor(async () => {
      if ((await killFunction(stack, 'status-relay')) === 0) throw new Error('No relay is running.');
    });
    await turnWhen(asked, ended);
    await slack.waitForMessage({
      channel: general,
      thread_ts: asked.ts,
      textIncludes: requester,
      fromBot: true,
      streaming_state: 'completed',
    });
    const text = (await shownBy(slack, asked)).map(writtenIn).join('\n');
    expect(occurrences(text, 'This was the last sentence.')).toBe(1);
    expect(occurrences(text, 'I take my time')).toBe(1);
    expect(occurrences(text, mention)).toBe(1);
  });

  it('P-11: Slack down for the whole turn: the session is free at once, the answer arrives when Slack is back', async () => {
    await slack.slackDown();
    const asked = await ask('say better late than never');
    const turn = await turnWhen(asked, ended);
    expect(turn.state).toBe('completed');
    const again = await ask('say me too', { thread_ts: asked.ts });
    expect((await turnWhen(again, ended)).state).toBe('completed');
    await slack.clearFaults();
    await sweepNow();
    for (const text of ['better late than never', 'me too'])
      await slack.waitForMessage(
        {
          channel: general,
          thread_ts: asked.ts,
          textIncludes: text,
          fromBot: true,
          streaming_state: 'completed',
        },
        75_000,
      );
    const shown = (await shownBy(slack, asked)).map(writtenIn).join('\n');
    expect(occurrences(shown, 'better late than never')).toBe(1);
    expect(occurrences(shown, 'me too')).toBe(1);
  });

  it('a model call that is lost with its function is not a second answer', async () => {
    const asked = await ask('use 3 tools one by one');
    await slack.waitForMessage({ channel: general, thread_ts: asked.ts, streaming_state: 'in_progress' });
    await killFunction(stack, 'run-turn');
    await turnWhen(asked, ended);
    await slack.waitForMessage({
      channel: general,
      thread_ts: asked.ts,
      textIncludes: requester,
      streaming_state: 'completed',
    });
    const turn = await turnOf(asked);
    expect(turn).toMatchObject({ state: 'completed' });
    const text = (await shownBy(slack, asked)).map(writtenIn).join('\n');
    expect(occurrences(text, mention)).toBe(1);
  });
});
