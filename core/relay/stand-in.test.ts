import { afterEach, describe, expect, it } from 'vitest';
import { SEED } from '../../local/slack/server.ts';
import { asks, beginsText, endsText, failsWith, gets, part, says } from '../../test/support/relay-log.ts';
import { createRelayWorld, type RelayWorld, type WorldTurn } from '../../test/support/relay-world.ts';
import { isStandIn } from '../../test/support/shown-end.ts';
import { keys } from '../store/keys.ts';
import { type BudgetRecord, takeBudget } from './budget/budget.ts';

/** A minute, and the grace. */
const SLOT_MS = 65_001;

let world: RelayWorld;
afterEach(() => world.close());

/** A workspace whose one stream a minute another turn has just opened. */
async function crowded(): Promise<WorldTurn> {
  world = await createRelayWorld({ tiers: { 'chat.startStream': 1 } });
  await world.newTurn();
  await world.run(1_000);
  return world.newTurn();
}

const progressOf = async (turn: WorldTurn) => (await turn.messages()).find(({ blocks }) => isStandIn(blocks));
const starts = () => world.slack.calls({ method: 'chat.startStream' });

describe('a turn that finds no budget for its stream', () => {
  it('P-34 is seen within a second and a half, and its stand-in is updated every 3 s at most', async () => {
    const turn = await crowded();
    const began = world.now();
    for (let n = 1; n <= 30; n++) world.after(n * 1_000, () => turn.write(...part(`Sentence ${n}.`)));
    await world.run(35_000);
    const [post] = await world.slack.calls({ method: 'chat.postMessage' });
    expect((post?.at ?? 0) - began).toBeLessThan(1_500);
    const updates = (await world.slack.calls({ method: 'chat.update' })).map(({ at }) => at);
    const gaps = updates.slice(1).map((at, n) => at - (updates[n] ?? 0));
    expect(updates.length).toBeGreaterThan(5);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_000);
    expect((await progressOf(turn))?.visibleText).toContain('Sentence 30.');
  });

  it('goes on as a stream when its slot comes, with all that came before, and each text is there once', async () => {
    const turn = await crowded();
    const began = world.now();
    await turn.write(...part('The beginning.'), asks('a'));
    world.after(40_000, () => turn.write(gets('a'), beginsText(), says('The middle')));
    world.after(80_000, () => turn.write(says(' and the end.'), endsText()));
    await world.run(SLOT_MS + 5_000);
    const opened = (await starts()).at(-1);
    expect((opened?.at ?? 0) - began).toBeGreaterThan(60_000);
    expect((opened?.at ?? 0) - began).toBeLessThan(SLOT_MS + 2_000);
    expect(JSON.stringify(opened?.args)).toContain('The beginning.');
    const closed = await progressOf(turn);
    expect(closed?.visibleText).toContain('Goes on below');
    expect(closed?.visibleText).not.toMatch(/beginning|middle/);
    world.after(30_000, () => turn.end());
    await world.run(60_000);
    const all = (await turn.messages())
      .map(({ stream, visibleText }) => stream?.markdown ?? visibleText)
      .join('');
    for (const text of ['The beginning.', 'The middle and the end.']) expect(all.split(text)).toHaveLength(2);
    expect((await turn.record()).view.progress).toBeUndefined();
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it.each([
    ['completed', 'Done, the answer is below', [':white_check_mark:', ':x:', ':white_check_mark:']],
    ['failed', 'Failed, more below', [':white_check_mark:', ':x:', ':x:']],
    ['stopped', 'Stopped, more below', [':white_check_mark:', ':x:', ':x:']],
  ] as const)(
    'G-33 tells at its end what the log tells, also of what came last: %s',
    async (end, headline, signs) => {
      const turn = await crowded();
      await turn.write(asks('a'), asks('b'), asks('c'));
      await world.run(5_000);
      await turn.write(gets('a'), failsWith('b', 'Broken'), ...part('So far.'));
      await turn.end(end, end === 'completed' ? undefined : 'Because.');
      await world.run(20_000);
      const shown = JSON.stringify((await progressOf(turn))?.blocks);
      expect(shown).toContain(headline);
      expect(shown.match(/:\w+:/g)).toEqual(signs);
    },
  );

  it('says of a step that is at work when the stream opens that it goes on below, and not that it is done', async () => {
    const turn = await crowded();
    await turn.write(asks('a'));
    await world.run(SLOT_MS + 5_000);
    const shown = JSON.stringify((await progressOf(turn))?.blocks);
    expect(shown).toContain('Goes on below');
    expect(shown.match(/:\w+:/g)).toEqual([':arrow_down:']);
  });

  it('shows the end of a long paragraph, also where a line ends in its last words', async () => {
    const turn = await crowded();
    await turn.write(...part(`${'Many words in a row. '.repeat(120)}\nEnd`));
    await world.run(5_000);
    const text = (await progressOf(turn))?.visibleText ?? '';
    expect(text.length).toBeGreaterThan(1_200);
    expect(text).toMatch(/… \w+ (\w|\. )/);
  });

  it('opens no stream once it has ended: the answer is posted, and the slot is free for others', async () => {
    const turn = await crowded();
    await turn.write(...part('All of it.'));
    await world.run(10_000);
    await turn.end();
    await world.run(20_000);
    expect((await turn.messages()).map(({ visibleText }) => visibleText).join()).toContain('All of it.');
    expect(await starts()).toHaveLength(1);
    const budget = await world.store.get<BudgetRecord>(keys.budget(SEED.app, SEED.team, 'chat.startStream'));
    expect(budget?.given).toHaveLength(1);
  });

  it('opens no stream while it waits for people', async () => {
    const turn = await crowded();
    await turn.write(...part('May I?'));
    await turn.pause();
    await world.run(SLOT_MS + 20_000);
    expect(await starts()).toHaveLength(1);
    expect((await progressOf(turn))?.visibleText).toContain('Waiting for a decision');
    await turn.setState('running');
    await turn.write(...part('Thank you.'));
    await world.run(SLOT_MS);
    expect(JSON.stringify((await starts()).at(-1)?.args)).toMatch(/May I\?.*Thank you\./);
  });

  it('a stand-in that cannot be closed when the stream opens is closed at the end', async () => {
    const turn = await crowded();
    await turn.write(...part('The beginning.'));
    world.after(SLOT_MS - 5_000, async () => {
      await world.slack.fault({ method: 'chat.update', effect: 'rate_limited', retryAfter: 60, times: 1 });
    });
    world.after(SLOT_MS - 4_000, () => turn.write(...part('The rest.')));
    world.after(SLOT_MS + 3_000, () => turn.end());
    await world.run(SLOT_MS + 200_000);
    expect((await progressOf(turn))?.visibleText).not.toContain('The beginning.');
    expect((await turn.record()).closedAt).toBeDefined();
  });
});

describe('a turn whose stream opens late', () => {
  it('keeps its place in the budget though that is farther ahead than the queue delays', async () => {
    world = await createRelayWorld({ tiers: { 'chat.startStream': 1 } });
    const { 'chat.startStream': tier } = world.deps.tiers;
    const place = { appId: SEED.app, installationId: SEED.team };
    const ask = { method: 'chat.startStream', priority: 'end', channel: SEED.channels.general } as const;
    const forever = { maxWaitMs: Number.MAX_SAFE_INTEGER };
    for (let n = 0; n < 18 * tier; n++) await takeBudget(world.deps, place, { ...ask, ...forever });
    const turn = await world.newTurn();
    await turn.write(...part('All of it.'));
    await world.run(2_000);
    const slot = (await turn.record()).slots?.['chat.startStream']?.at ?? 0;
    expect(slot - world.now()).toBeGreaterThan(1_000_000);
    await world.run(slot - world.now() + 5_000);
    const [start] = await starts();
    expect(Math.abs((start?.at ?? 0) - slot)).toBeLessThan(5_000);
  });

  it('is seen by its writers though its stand-in is gone: text comes as ever once it is open', async () => {
    const turn = await crowded();
    await turn.write(...part('The beginning.'));
    await world.run(5_000);
    await world.slack.fault({ method: 'chat.update', effect: 'error', error: 'cant_update_message' });
    await turn.write(...part('More.'));
    await world.run(10_000);
    expect((await turn.record()).view.progress).toBeUndefined();
    expect((await turn.record()).wakeAt ?? 0).toBeLessThan(world.now() + 2 * SLOT_MS);
    await world.run(SLOT_MS);
    const began = world.now();
    await turn.write(...part('The rest.'));
    await world.run(4_000);
    expect((await turn.messages()).map(({ stream }) => stream?.markdown ?? '').join()).toContain('The rest.');
    expect(world.now() - began).toBeLessThanOrEqual(4_000);
  });
});

it('a stop that a pause waited for gives its place in the budget back when the pause is over before it came', async () => {
  world = await createRelayWorld({ tiers: { 'chat.stopStream': 1 } });
  const ask = { method: 'chat.stopStream', priority: 'end', channel: SEED.channels.general } as const;
  await takeBudget(world.deps, { appId: SEED.app, installationId: SEED.team }, { ...ask, maxWaitMs: 0 });
  const turn = await world.newTurn();
  const stops = async () => {
    const { view, slots } = await turn.record();
    const budget = await world.store.get<BudgetRecord>(keys.budget(SEED.app, SEED.team, 'chat.stopStream'));
    return [view.message?.stopsAt, slots?.['chat.stopStream'], budget?.given?.length];
  };
  await turn.write(...part('May I?'));
  await world.run(3_000);
  await turn.pause();
  await world.run(2_000);
  expect(await stops()).toEqual([expect.any(Number), expect.any(Object), 2]);
  await turn.setState('running');
  await turn.write(...part('Thank you.'));
  await world.run(4_000);
  expect(await stops()).toEqual([undefined, undefined, 1]);
  expect((await turn.messages())[0]?.stream?.markdown).toContain('Thank you.');
});

describe('a stream that is rolled over', () => {
  it.each([
    ['that is too old', {}],
    ['that is full', { rollBytes: 600 }],
  ])('and finds no place for the next one is stopped before Slack ends it: one %s', async (_, limits) => {
    world = await createRelayWorld({ tiers: { 'chat.startStream': 1 }, limits });
    const place = { appId: SEED.app, installationId: SEED.team };
    const turn = await world.newTurn();
    for (let n = 1; n <= 330; n++) world.after(n * 1_000, () => turn.write(...part(`Sentence ${n}.`)));
    await world.run(2_000);
    // All that others have reserved comes first.
    const ask = { method: 'chat.startStream', priority: 'begin', channel: SEED.channels.general } as const;
    for (let n = 0; n < 6; n++)
      await takeBudget(world.deps, place, { ...ask, maxWaitMs: Number.MAX_SAFE_INTEGER });
    await world.run(340_000);
    const [stream] = await turn.messages();
    expect(stream?.streamingState).toBe('completed');
    expect((await progressOf(turn))?.visibleText).toContain('Sentence 330.');
  });

  it('is left only when the next one may open; until then text goes on in it', async () => {
    world = await createRelayWorld({
      tiers: { 'chat.startStream': 1 },
      limits: { rollAgeMinMs: 20_000, rollAgeMaxMs: 20_000 },
    });
    const turn = await world.newTurn();
    for (let n = 1; n <= 90; n++) world.after(n * 1_000, () => turn.write(...part(`Sentence ${n}.`)));
    await world.run(95_000);
    const [first, second] = await starts();
    const stops = await world.slack.calls({ method: 'chat.stopStream' });
    expect((second?.at ?? 0) - (stops[0]?.at ?? 0)).toBeLessThan(2_000);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(60_000);
    const appends = await world.slack.calls({ method: 'chat.appendStream' });
    const between = appends.filter(({ at }) => at > (first?.at ?? 0) + 20_000 && at < (stops[0]?.at ?? 0));
    expect(between.length).toBeGreaterThan(5);
    expect(await world.slack.calls({ method: 'chat.postMessage' })).toEqual([]);
  });
});

describe('a turn that ends while no stream may be stopped', () => {
  it('shows its last text at once and its end when the slot comes', async () => {
    world = await createRelayWorld({ tiers: { 'chat.stopStream': 1 } });
    const other = await world.newTurn();
    await other.end();
    const turn = await world.newTurn();
    await turn.write(...part('The beginning.'));
    await world.run(5_000);
    await turn.write(...part('The last words.'));
    await turn.end();
    await world.run(10_000);
    expect(await turn.text()).toContain('The last words.');
    expect((await turn.record()).closedAt).toBeUndefined();
    await world.run();
    expect((await turn.text()).split('The last words.')).toHaveLength(2);
    expect((await turn.record()).closedAt).toBeDefined();
  });
});
