import { afterEach, describe, expect, it } from 'vitest';
import { SEED } from '../../local/slack/server.ts';
import { gets, part } from '../../test/support/relay-log.ts';
import { createRelayWorld, type RelayWorld, type WorldTurn } from '../../test/support/relay-world.ts';
import { timesIn } from '../../test/support/shown-end.ts';
import type { FinishNotice, StreamChunk } from '../stream/chunks.ts';

let world: RelayWorld;
afterEach(() => world.close());

const told = { model: 'anthropic/claude-x', usage: { inputTokens: 1, outputTokens: 1, costUsd: 0.0123 } };
const call = (n: number, title: number, details: number): StreamChunk => ({
  type: 'tool-input-available',
  toolCallId: `c${n}`,
  toolName: 'read_file',
  title: `${n} ${'t'.repeat(title)}`.slice(0, title),
  input: { path: 'd'.repeat(details) },
});

/** A turn with charts in its answer, a footer and thumbs, whose blocks count as well. */
async function aTurn(): Promise<WorldTurn> {
  world = await createRelayWorld();
  const attachments = Array.from({ length: 2 }, (_, n) => ({
    ...{ id: `a${n}`, key: `k${n}`, kind: 'chart' as const, name: `Chart ${n}`, bytes: 1 },
  }));
  for (const { key, name } of attachments) {
    const segments = Array.from({ length: 10 }, (_, n) => ({ label: `Segment ${n}`, value: n + 1 }));
    await world.bodies.put(key, { title: name, chart: { type: 'pie', segments } });
  }
  return world.newTurn({ attachments, workedMs: 42_000 }, { footer: ['agent', 'model', 'time', 'cost'] });
}

async function expectWithin(turn: WorldTurn, calls: number): Promise<void> {
  const refused = (await world.slack.calls()).flatMap(({ ok, method, error }) =>
    ok ? [] : [`${method} ${error}`],
  );
  expect(refused).toEqual([]);
  const messages = (await turn.messages()).filter(({ stream }) => stream);
  expect(messages.map(({ streamingState }) => streamingState)).toEqual(messages.map(() => 'completed'));
  const sizes = messages.map(({ stream, blocks }) => {
    const cards = Object.values(stream?.cards ?? {});
    const bytes = cards.reduce(
      (sum, { title, details, output }) =>
        sum + Buffer.byteLength(title) + 2 * Buffer.byteLength(details + output),
      Buffer.byteLength((stream?.markdown ?? '') + (stream?.planTitle ?? '')),
    );
    // What is no text and no card counts as it is sent.
    const others = blocks.filter(({ type }) => /^(context|context_actions|data_visualization)$/.test(type));
    return bytes + (others.length > 0 ? Buffer.byteLength(JSON.stringify(others)) : 0);
  });
  expect(Math.max(...sizes)).toBeLessThan(11_000);
  const shown = new Set(messages.flatMap(({ stream }) => Object.keys(stream?.cards ?? {})));
  expect([...shown].filter((id) => /^c\d+$/.test(id))).toHaveLength(calls);
  expect(timesIn(await turn.text(), `<@${SEED.people.requester}>`)).toBe(1);
}

describe('G-3 a message’s size counts its cards, and it is left before Slack’s limit', () => {
  const calls = 60;
  it.each<[string, number, number, number]>([
    ['long titles', 256, 0, 0],
    ['long outputs', 40, 0, 256],
    ['long details', 40, 250, 0],
    ['all of it', 256, 250, 256],
    ['many short ones', 40, 20, 20],
  ])('by cards: %s', async (_, title, details, output) => {
    const turn = await aTurn();
    await turn.write(...part('I begin.'));
    for (let n = 0; n < calls; n++)
      world.after(1_000 + n * 700, () =>
        turn.write(call(n, title, details), gets(`c${n}`, 'o'.repeat(output))),
      );
    world.after(60_000, async () => {
      await turn.write(...part('Done.'));
      await turn.end('completed', undefined, told);
    });
    await world.run();
    await expectWithin(turn, calls);
  });

  it.each<[FinishNotice['end'], number, number]>(
    (['completed', 'failed', 'stopped'] as const).flatMap((end) =>
      [44, 100, 190, 203, 256].map((title): [FinishNotice['end'], number, number] => [end, title, 44]),
    ),
  )('at the stop, %s: titles of %i characters and %i cards at work', async (end, title, count) => {
    const turn = await aTurn();
    await turn.write(...part('I begin.'), ...Array.from({ length: count }, (_, n) => call(n, title, 0)));
    await turn.end(end, end === 'completed' ? undefined : 'For a reason.', told);
    await world.run();
    await expectWithin(turn, count);
  });

  it.each(['completed', 'failed', 'stopped'] as const)(
    'at the stop, %s: titles of three bytes a character',
    async (end) => {
      const turn = await aTurn();
      const calls = Array.from({ length: 32 }, (_, n) => ({
        ...call(n, 1, 0),
        title: `${n} ${'漢'.repeat(250)}`,
      }));
      await turn.write(...part('I begin.'), ...calls);
      await turn.end(end, end === 'completed' ? undefined : 'For a reason.', told);
      await world.run();
      await expectWithin(turn, calls.length);
    },
  );

  it('an end that Slack finds too long wherever it stands comes without its cards, and no message follows another', async () => {
    const turn = await aTurn();
    await turn.write(...part('I begin.'), ...Array.from({ length: 5 }, (_, n) => call(n, 40, 0)));
    world.onCall(async (method, send) => {
      if (method === 'chat.stopStream')
        await world.slack.fault({ method, effect: 'error', error: 'msg_too_long', times: 1 });
      return send();
    });
    await turn.end('completed', undefined, told);
    await world.run();
    expect((await turn.messages()).length).toBeLessThan(6);
    expect((await turn.record()).closedAt).toBeDefined();
    const blocks = JSON.stringify((await turn.messages()).map((message) => message.blocks));
    expect(timesIn(blocks, `<@${SEED.people.requester}>`)).toBe(1);
  });
});

it('an answer whose charts cannot be read at its end comes without them, and they come behind it', async () => {
  const turn = await aTurn();
  const { get } = world.bodies;
  let failures = 1;
  world.bodies.get = async (key) => {
    if (failures-- > 0)
      throw Object.assign(new Error('Please reduce your request rate.'), { name: 'SlowDown' });
    return get(key);
  };
  await turn.write(...part('All of it.'));
  await turn.end('completed', undefined, told);
  await world.run();
  const drawn = (await turn.messages()).map(({ blocks }) =>
    timesIn(JSON.stringify(blocks), '"data_visualization"'),
  );
  expect(drawn).toEqual([0, 2]);
  expect(await turn.text()).toContain('All of it.');
  expect(world.crashes()).toBe(0);
});
