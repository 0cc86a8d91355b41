import { afterEach, describe, expect, it } from 'vitest';
import { SEED } from '../../local/slack/server.ts';
import { asks, beginsText, endsText, gets, part, says } from '../../test/support/relay-log.ts';
import {
  Crash,
  createRelayWorld,
  noStreams,
  type RelayWorld,
  type RelayWorldOptions,
  type WorldTurn,
} from '../../test/support/relay-world.ts';
import { keys } from '../store/keys.ts';
import { chunkItem } from '../stream/chunk-item.ts';

const mention = `<@${SEED.people.requester}>`;
let world: RelayWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function aTurn(options: RelayWorldOptions = {}): Promise<{ world: RelayWorld; turn: WorldTurn }> {
  world = await createRelayWorld(options);
  return { world, turn: await world.newTurn() };
}

async function methodsCalled(of: RelayWorld): Promise<string[]> {
  return (await of.slack.calls()).map(({ method }) => method.replace('chat.', ''));
}

const refused = async (of: RelayWorld): Promise<string[]> =>
  (await of.slack.calls()).flatMap(({ ok, error, method }) => (ok ? [] : [`${method}: ${error}`]));

describe('a plain turn', () => {
  it('is shown from its first second to its end, in one message', async () => {
    const { world, turn } = await aTurn();
    world.after(1_200, () => turn.write(beginsText(), says('Good ')));
    world.after(2_400, () => turn.write(says('morning.'), endsText()));
    world.after(3_000, () => turn.end());
    await world.run();
    expect(await turn.text()).toBe(`Good morning.\n\n${mention}`);
    const [message] = await turn.messages();
    expect(message?.streamingState).toBe('completed');
    expect(Object.values(message?.stream?.cards ?? {}).map(({ title, status }) => [title, status])).toEqual([
      ['Thinking', 'complete'],
    ]);
    expect(await refused(world)).toEqual([]);
    expect((await turn.record()).closedAt).toBeDefined();
    expect((await world.slack.session(turn.channel, turn.threadTs))?.status).toBe('active');
  });

  it('P-7 streams a text-only turn that is over before the first flush', async () => {
    const { world, turn } = await aTurn();
    await turn.write(...part('Short.'));
    await turn.end();
    await world.run();
    expect(await methodsCalled(world)).toEqual(['startStream', 'stopStream']);
    expect(await turn.text()).toBe(`Short.\n\n${mention}`);
  });

  it('P-9 a burst of tools is one appendStream', async () => {
    const { world, turn } = await aTurn();
    world.after(1_000, async () => {
      await turn.write(asks('a'), asks('b'), asks('c'));
      await turn.write(gets('a'));
      await turn.write(gets('b'), gets('c'), asks('d'));
    });
    world.after(6_000, async () => {
      await turn.write(gets('d'));
      await turn.end();
    });
    await world.run();
    expect(await methodsCalled(world)).toEqual(['startStream', 'appendStream', 'stopStream']);
  });

  it('writes little: three times its own record per flush', async () => {
    const { world, turn } = await aTurn();
    await world.run(2_000);
    const writes: string[] = [];
    world.store.beforeWrite = (actions) => {
      for (const action of actions) if ('update' in action) writes.push(action.update.key.sk);
    };
    await turn.write(beginsText(), says('Hello'));
    writes.length = 0;
    await world.run(3_000);
    expect(writes).toEqual(['SLACK', 'chat.appendStream', 'SLACK', 'SLACK']);
  });

  it('G-1 is streamed to the human who asked', async () => {
    const { world, turn } = await aTurn();
    await turn.end();
    await world.run();
    expect((await turn.messages())[0]?.stream?.recipientUser).toBe(SEED.people.requester);
  });
});

describe('wakes', () => {
  it('P-15 a relay that died goes on behind what it had shown', async () => {
    const { world, turn } = await aTurn();
    await turn.write(beginsText(), says('One. '));
    await world.run(3_000);
    let dies = true;
    world.onCall(async (_method, send) => {
      if (!dies) return send();
      dies = false;
      throw new Crash();
    });
    await turn.write(says('Two. '));
    const crashedAt = world.now();
    await world.run(25_000);
    expect(await turn.text()).toBe('One. Two. ');
    const appends = await world.slack.calls({ method: 'chat.appendStream' });
    expect(appends).toHaveLength(1);
    expect(world.now() - crashedAt).toBeLessThanOrEqual(30_000);
  });

  it.each(['chat.startStream', 'chat.appendStream', 'chat.stopStream'])(
    'a relay that died with the answer of %s in hands repeats nothing',
    async (method) => {
      const { world, turn } = await aTurn();
      let died = 0;
      world.onCall(async (called, send) => {
        const answer = await send();
        if (called === method && died++ === 0) throw new Crash();
        return answer;
      });
      world.after(1_500, () => turn.write(beginsText(), says('Some text. ')));
      world.after(30_000, () => turn.write(says('More text.'), asks('a')));
      world.after(60_000, async () => {
        await turn.write(gets('a'));
        await turn.end();
      });
      await world.run();
      expect(await turn.text()).toBe(`Some text. More text.\n\n${mention}`);
      expect(await turn.messages()).toHaveLength(1);
      expect(died).toBeGreaterThan(0);
    },
  );

  it('is followed within 20 s when it dies', async () => {
    const { world, turn } = await aTurn();
    await world.run(2_000);
    let diedAt = 0;
    world.onCall(async (_method, send) => {
      if (diedAt > 0) return send();
      diedAt = world.now();
      throw new Crash();
    });
    await turn.write(beginsText(), says('Hello'));
    await world.run(40_000);
    const [append] = await world.slack.calls({ method: 'chat.appendStream' });
    expect(await turn.text()).toBe('Hello');
    expect(append?.at).toBeDefined();
    expect(world.logged.join()).toContain('call in doubt looked up');
  });

  it('is followed within 20 s when it dies before its first Slack call', async () => {
    const { world, turn } = await aTurn();
    const { beforeWrite } = world.store;
    let writes = 0;
    world.store.beforeWrite = async (actions) => {
      // The lease is the first write of a relay; the second never comes.
      if (++writes === 2) throw new Crash();
      await beforeWrite?.(actions);
    };
    await world.run(2_000);
    expect(writes).toBeGreaterThan(1);
    await turn.write(beginsText(), says('Hello'));
    await world.run(20_000);
    expect(await turn.text()).toBe('Hello');
  });

  it('marks the lease holder to look again when a wake finds the lease held', async () => {
    const { world, turn } = await aTurn();
    let first = true;
    world.onCall(async (_method, send) => {
      const answer = await send();
      if (first) {
        first = false;
        await turn.write(beginsText(), says('While it was working.'));
        await world.handle({ v: 1, kind: 'flush', turnId: turn.turnId });
      }
      return answer;
    });
    await world.run(1_000);
    expect(await turn.text()).toBe('While it was working.');
  });

  it('eight relays that are woken at once make one call', async () => {
    const { world, turn } = await aTurn();
    await world.run(2_000);
    await turn.write(beginsText(), says('Once.'));
    const wake = { v: 1, kind: 'flush', turnId: turn.turnId } as const;
    await Promise.all(Array.from({ length: 8 }, () => world.handle(wake)));
    await world.run(10_000);
    expect(await world.slack.calls({ method: 'chat.appendStream' })).toHaveLength(1);
    expect(await turn.text()).toBe('Once.');
  });

  it('a chunk whose writer died before it could send a wake is found by the look after the release', async () => {
    const { world, turn } = await aTurn();
    await world.run(500);
    world.queue.length = 0;
    let first = true;
    world.onCall(async (_method, send) => {
      if (first) {
        first = false;
        const lost = chunkItem(turn.turnId, { fence: 1, seq: 2 }, [says('second.')], world.now());
        await world.store.put(lost);
      }
      return send();
    });
    await turn.write(beginsText(), says('First, '));
    await world.run(8_000);
    expect(await turn.text()).toBe('First, second.');
  });

  it('a guard that finds the lease held comes again behind it', async () => {
    const { world, turn } = await aTurn();
    await world.run(500);
    await world.store.update({
      key: { pk: `TURN#${turn.turnId}`, sk: 'SLACK' },
      set: { leaseOwner: 'dead', leaseUntil: world.now() + 10_000 },
    });
    world.queue.length = 0;
    await world.handle({ v: 1, kind: 'guard', turnId: turn.turnId, at: world.now() });
    expect(world.queue.map(({ message, at }) => [message.kind, at - world.now()])).toEqual([
      ['guard', 11_000],
    ]);
  });

  it('nothing is called for a wake with nothing new, and a doubled wake does no harm', async () => {
    const { world, turn } = await aTurn();
    await world.run(2_000);
    const before = (await world.slack.calls()).length;
    for (let n = 0; n < 3; n++) await world.handle({ v: 1, kind: 'flush', turnId: turn.turnId });
    expect(await world.slack.calls()).toHaveLength(before);
  });

  it('S-2 a tool that is silent for six minutes does not let Slack end the stream', async () => {
    const { world, turn } = await aTurn();
    await turn.write(asks('slow'));
    world.after(360_000, async () => {
      await turn.write(gets('slow', 'done'), ...part('Done.'));
      await turn.end();
    });
    await world.run();
    const messages = await turn.messages();
    expect(messages.map(({ streamingState }) => streamingState)).toEqual(messages.map(() => 'completed'));
    expect(messages.length).toBeGreaterThanOrEqual(2);
    expect(messages.at(-1)?.stream?.cards.slow).toMatchObject({
      status: 'complete',
      output: 'done',
    });
    expect(await refused(world)).toEqual([]);
  });

  it('the next turn of the thread opens its stream when the former is closed', async () => {
    const { world, turn } = await aTurn();
    await world.run(1_000);
    const next = await world.newTurn({
      threadTs: turn.threadTs,
      messageTs: '1.2',
      previousTurnId: turn.turnId,
    });
    await world.run(4_000);
    expect(await turn.messages()).toHaveLength(1);
    await turn.end();
    await world.run(4_000);
    expect(await turn.messages()).toHaveLength(2);
    expect((await next.record()).view.messages).toBe(1);
  });

  it('the next turn does not wait for ever for a former one that cannot close', async () => {
    const { world, turn } = await aTurn();
    await world.newTurn({ threadTs: turn.threadTs, messageTs: '1.2', previousTurnId: turn.turnId });
    await world.run(33_000);
    expect(await turn.messages()).toHaveLength(2);
  });
});

describe('when Slack fails', () => {
  it('P-11 delivers the answer once Slack is back, without the turn noticing', async () => {
    const { world, turn } = await aTurn();
    await world.slack.slackDown();
    world.after(2_000, () => turn.write(...part('The answer.')));
    world.after(4_000, () => turn.end());
    await world.run(300_000);
    expect(await turn.messages()).toHaveLength(0);
    await world.slack.clearFaults();
    await world.run(70_000);
    expect(await turn.text()).toBe(`The answer.\n\n${mention}`);
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it.each(['chat.startStream', 'chat.appendStream', 'chat.stopStream'])(
    'a lost answer of %s neither loses nor doubles text',
    async (method) => {
      const { world, turn } = await aTurn();
      await world.slack.fault({ method, effect: 'drop_answer', times: 1 });
      world.after(1_500, () => turn.write(beginsText(), says('Some text. ')));
      world.after(10_000, () => turn.write(says('More text.'), asks('a'), gets('a')));
      world.after(20_000, () => turn.end());
      await world.run();
      expect(await turn.text()).toBe(`Some text. More text.\n\n${mention}`);
      expect(await turn.messages()).toHaveLength(1);
    },
  );

  it('P-19 a stream that Slack ended goes on in a new one with all that was not shown', async () => {
    const { world, turn } = await aTurn({ simulator: { streamLifetimeMs: 20_000 } });
    await turn.write(beginsText(), says('Before. '));
    await world.run(5_000);
    await world.run(20_000);
    await turn.write(says('After.'));
    await world.run(5_000);
    await turn.end();
    await world.run();
    expect(await turn.text()).toBe(`Before. _(continued)_\n\nAfter.\n\n${mention}`);
    expect(await turn.messages()).toHaveLength(2);
  });

  it.each([0, 1, 2, 3])('letters beyond the first plane are kept whole in the record (%i)', async (n) => {
    const { world, turn } = await aTurn();
    const text = `Intro ${'x'.repeat(n)}${'𝗕𝗼𝗹𝗱 '.repeat(30)}end${'.'.repeat(n)}`;
    await turn.write(...part(text));
    await turn.end();
    await world.run();
    expect(await turn.text()).toContain(text);
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it('a failure of days ago, that nothing was tried after, does not make the next one the last', async () => {
    const { world, turn } = await aTurn();
    await world.run(3_000);
    const day = 24 * 3_600_000;
    const retry = { since: world.now() - 3 * day, attempts: 9, at: world.now() - 2 * day };
    await world.store.update({ key: keys.relay(turn.turnId), set: { retry } });
    await world.slack.fault({ method: 'chat.*', effect: 'http_error', times: 1 });
    await turn.write(...part('All of it.'));
    await turn.end();
    await world.run();
    expect(await turn.text()).toContain('All of it.');
  });

  it('P-34 a turn whose stream is refused shows by a posted message that it works', async () => {
    const { world, turn } = await aTurn();
    await world.slack.fault(noStreams);
    await world.run(10_000);
    const shown = async () => (await turn.messages()).map(({ visibleText }) => visibleText);
    expect(await shown()).toEqual([expect.stringContaining('Working on it')]);
    await turn.write(asks('a'), says('Text so far.'));
    await world.run(10_000);
    expect(await shown()).toEqual([expect.stringMatching(/Read file.*Text so far/s)]);
  });

  it('P-11 posts the answer whole when streams are refused', async () => {
    const { world, turn } = await aTurn();
    await world.slack.fault(noStreams);
    await turn.write(...part('First part.'), asks('a'), gets('a'), ...part('Second part.'));
    world.after(5_000, () => turn.end());
    await world.run();
    const [standIn, answer, ...more] = await turn.messages();
    expect(answer?.visibleText).toContain('First part.\n\nSecond part.');
    // What showed meanwhile that work went on gives up its text.
    expect(standIn?.visibleText).toContain('Done, the answer is below');
    expect(standIn?.visibleText).not.toContain('First part.');
    expect(more).toEqual([]);
    expect((await world.slack.calls({ method: 'chat.startStream' })).length).toBe(1);
  });

  it('S-6 a person’s stop is respected: nothing is appended, no other stream opened', async () => {
    const { world, turn } = await aTurn();
    await turn.write(beginsText(), says('Working. '));
    await world.run(3_000);
    await world.slack.stop({ user: SEED.people.requester, channel: turn.channel, thread_ts: turn.threadTs });
    await turn.write(says('Still working.'));
    await world.run(5_000);
    await turn.end('stopped', 'Stopped.');
    await world.run();
    expect(await world.slack.calls({ method: 'chat.startStream' })).toHaveLength(1);
    const messages = await turn.messages();
    expect(messages.at(-1)?.visibleText).toContain('Stopped.');
  });

  it('S-5 cards that Slack refuses do not keep the text from coming', async () => {
    const { world, turn } = await aTurn();
    await turn.write(beginsText(), says('One. '));
    await world.run(3_000);
    await world.slack.fault({
      method: 'chat.appendStream',
      effect: 'error',
      error: 'invalid_chunks',
      times: 1,
    });
    await turn.write(asks('a'), says('Two.'));
    await world.run(5_000);
    await turn.end();
    await world.run();
    expect(await turn.text()).toBe(`One. Two.\n\n${mention}`);
    expect(await turn.messages()).toHaveLength(1);
  });

  it('shows everything again when the message was deleted', async () => {
    const { world, turn } = await aTurn();
    await turn.write(beginsText(), says('Precious. '));
    await world.run(3_000);
    const [message] = await turn.messages();
    await world.slack.api('chat.delete', SEED.botToken, { channel: turn.channel, ts: message?.ts ?? '' });
    await turn.write(says('More.'));
    await world.run(5_000);
    await turn.end();
    await world.run();
    expect(await turn.text()).toBe(`Precious. More.\n\n${mention}`);
  });

  it('sends the answer to the person when the app was taken out of the channel', async () => {
    const { world, turn } = await aTurn();
    await turn.write(...part('For you.'));
    await world.run(3_000);
    const gone = { effect: 'error', error: 'not_in_channel', channel: turn.channel } as const;
    await world.slack.fault({ method: 'chat.*', ...gone });
    await turn.write(...part('And more.'));
    await world.run(5_000);
    await turn.end();
    await world.run();
    const direct = (await world.slack.state()).messages.filter(({ channel }) => channel === 'D0REQUESTER');
    expect(direct.map(({ visibleText }) => visibleText).join()).toContain('And more.');
  });

  it('opens no second stream where it may not look, and posts the answer whole', async () => {
    const { world, turn } = await aTurn();
    await world.slack.setInstallation({ scopes: ['chat:write'] });
    await world.slack.fault({ method: 'chat.appendStream', effect: 'drop_answer', times: 1 });
    world.after(1_500, () => turn.write(beginsText(), says('The first half, ')));
    world.after(20_000, () => turn.write(says('the second half.')));
    world.after(30_000, () => turn.end());
    await world.run();
    expect(await world.slack.calls({ method: 'chat.startStream' })).toHaveLength(1);
    expect((await turn.messages()).at(-1)?.visibleText).toContain('The first half, the second half.');
  });

  it('a 429 blocks the method for the whole workspace, and nothing is lost', async () => {
    const { world, turn } = await aTurn();
    await turn.write(beginsText(), says('One. '));
    await world.run(3_000);
    await world.slack.fault({ method: 'chat.appendStream', effect: 'rate_limited', retryAfter: 7, times: 1 });
    await turn.write(says('Two. '));
    const at = world.now();
    await world.run(30_000);
    const appends = (await world.slack.calls({ method: 'chat.appendStream' })).filter(({ ok }) => ok);
    expect(await turn.text()).toBe('One. Two. ');
    expect(appends).toHaveLength(1);
    expect(world.now() - at).toBeGreaterThan(7_000);
  });

  it('gives up after a day', async () => {
    const { world, turn } = await aTurn({ limits: { relayGiveUpMs: 600_000 } });
    await world.slack.slackDown();
    await turn.write(...part('Nobody will see this.'));
    await turn.end();
    await world.run();
    expect((await turn.record()).closedAt).toBeDefined();
    expect(world.logged.join()).toContain('gives up');
  });
});

describe('without budget for a stream', () => {
  it('shows a posted message, updates it not more than every 3 s, and posts the answer whole', async () => {
    world = await createRelayWorld({ tiers: { 'chat.startStream': 1 } });
    const first = await world.newTurn();
    await world.run(1_000);
    const second = await world.newTurn();
    for (let n = 0; n < 10; n++) {
      const at = 1_000 + n * 1_000;
      world.after(at, () => second.write(...part(`Sentence ${n}.`)));
    }
    world.after(3_500, () => second.write(asks('a')));
    world.after(15_000, async () => {
      await second.write(gets('a'));
      await second.end();
    });
    await world.run(40_000);
    const updates = await world.slack.calls({ method: 'chat.update' });
    expect(updates.length).toBeGreaterThanOrEqual(3);
    const messages = await second.messages();
    expect(messages).toHaveLength(2);
    const all = JSON.stringify(messages.map(({ blocks }) => blocks));
    for (let n = 0; n < 10; n++) expect(all.split(`Sentence ${n}.`)).toHaveLength(2);
    expect((await second.record()).closedAt).toBeDefined();
    expect((await first.record()).view.messages).toBe(1);
  });
});

describe('ends', () => {
  it('is not sent twice, however often it is woken', async () => {
    const { world, turn } = await aTurn();
    await turn.write(...part('Answer.'));
    await turn.end();
    await world.run();
    const before = (await world.slack.calls()).length;
    await world.handle({ v: 1, kind: 'flush', turnId: turn.turnId });
    await world.handle({ v: 1, kind: 'guard', turnId: turn.turnId, at: world.now() });
    expect(await world.slack.calls()).toHaveLength(before);
  });
});
