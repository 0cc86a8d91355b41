import { afterEach, describe, expect, it } from 'vitest';
import { SEED } from '../../../local/slack/server.ts';
import { asks, beginsText, gets, part, says } from '../../../test/support/relay-log.ts';
import {
  Crash,
  createRelayWorld,
  type RelayWorld,
  type RelayWorldOptions,
  type WorldTurn,
} from '../../../test/support/relay-world.ts';
import type { DisplayChoice } from '../../display/display.ts';

let world: RelayWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function aTurn(
  display: DisplayChoice,
  options: RelayWorldOptions = {},
): Promise<{ world: RelayWorld; turn: WorldTurn }> {
  world = await createRelayWorld(options);
  return { world, turn: await world.newTurn({}, display) };
}

const refused = async (of: RelayWorld): Promise<string[]> =>
  (await of.slack.calls()).flatMap(({ ok, error, method }) => (ok ? [] : [`${method}: ${error}`]));

const isLine = ({ blocks }: { blocks: readonly object[] }): boolean =>
  blocks.some((block) => 'block_id' in block && String(block.block_id).startsWith('sluice-line-'));

const linesOf = async (turn: WorldTurn): Promise<string[]> =>
  (await turn.messages()).filter(isLine).map(({ text }) => text);

/** The message that a call made. */
const tsOf = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null && 'ts' in answer ? answer.ts : undefined;

describe('19 the line that everyone sees', () => {
  const display = { progressLine: true };

  it.each([['plan'], ['timeline'], ['final']] as const)(
    'follows the steps, at most every three seconds, and says at last how it ended (%s)',
    async (surface) => {
      const { world, turn } = await aTurn({ ...display, surface });
      for (let n = 0; n < 10; n++) {
        world.after(1_000 + n * 1_700, () => turn.write(asks(`c${n}`)));
        world.after(1_800 + n * 1_700, () => turn.write(gets(`c${n}`)));
      }
      await world.run(9_000);
      expect(await linesOf(turn)).toEqual([expect.stringMatching(/^Working/)]);
      world.after(11_000, async () => {
        await turn.write(...part('The answer.'));
        await turn.end();
      });
      await world.run();
      expect(await linesOf(turn)).toEqual(['Done in 20 s, 10 steps']);
      const [line] = (await turn.messages()).filter(isLine);
      const shown = (await world.slack.calls()).filter(
        ({ method, args, answer }) =>
          (method === 'chat.update' && args.ts === line?.ts) ||
          (method === 'chat.postMessage' && tsOf(answer) === line?.ts),
      );
      const gaps = shown.slice(1).map(({ at }, n) => at - (shown[n]?.at ?? 0));
      expect(gaps.length).toBeGreaterThanOrEqual(4);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_000);
      expect(await refused(world)).toEqual([]);
      expect((await turn.record()).closedAt).toBeDefined();
    },
  );

  it('waits for a decision with the turn, and a stop and a failure are said', async () => {
    const { world, turn } = await aTurn(display);
    await turn.write(asks('a'));
    await world.run(6_000);
    await turn.pause();
    await world.run(10_000);
    expect(await linesOf(turn)).toEqual(['Waiting for a decision']);
    await turn.end('stopped', 'Stopped.');
    await world.run();
    expect(await linesOf(turn)).toEqual([expect.stringMatching(/^Stopped after \d+ s, 1 step$/)]);
  });

  it('is not made for a turn that is over at once, nor beside a stand-in', async () => {
    const { world, turn } = await aTurn(display, { tiers: { 'chat.startStream': 1 } });
    await turn.write(...part('Short.'));
    await turn.end();
    await world.run(1_000);
    const other = await world.newTurn({}, display);
    await other.write(asks('a'));
    await world.run(20_000);
    expect(await linesOf(turn)).toEqual([]);
    expect((await other.record()).view.progress?.ts).toBeDefined();
    expect(await linesOf(other)).toEqual([]);
  });

  it.each(['chat.postMessage', 'chat.update'])('a lost answer of %s doubles nothing', async (method) => {
    const { world, turn } = await aTurn(display);
    await world.slack.fault({ method, effect: 'drop_answer', times: 1 });
    await turn.write(asks('a'));
    await world.run(8_000);
    await turn.write(gets('a'), ...part('Text.'));
    await world.run(8_000);
    expect(await linesOf(turn)).toEqual(['Working (1 step so far)…']);
    await turn.end();
    await world.run();
    expect(await linesOf(turn)).toEqual([expect.stringMatching(/^Done in/)]);
  });

  it('a relay that dies with its post in hands finds it again', async () => {
    const { world, turn } = await aTurn(display);
    let died = false;
    world.onCall(async (method, send) => {
      const answer = await send();
      if (died || method !== 'chat.postMessage') return answer;
      died = true;
      throw new Crash();
    });
    await turn.write(asks('a'));
    await world.run(60_000);
    await turn.write(gets('a'));
    await turn.end();
    await world.run();
    expect(died).toBe(true);
    expect(await linesOf(turn)).toEqual([expect.stringMatching(/^Done in/)]);
  });

  it('what Slack refuses is given up, without a word of text being late', async () => {
    const textAt = async (display: DisplayChoice, broken: boolean): Promise<number[]> => {
      const { world, turn } = await aTurn(display);
      if (broken)
        for (const method of ['chat.postMessage', 'chat.update'])
          await world.slack.fault({ method, effect: 'error', error: 'restricted_action' });
      const from = world.now();
      for (let n = 0; n < 12; n++)
        world.after(500 + n * 1_300, () => turn.write(asks(`c${n}`), says(`${n} `)));
      world.after(20_000, () => turn.end());
      await world.run();
      const calls = (await world.slack.calls()).filter(({ method }) => /Stream$/.test(method));
      const posts = (await world.slack.calls({ method: 'chat.postMessage' })).length;
      expect(posts).toBe(display.progressLine ? 1 : 0);
      await world.close();
      return calls.map(({ at }) => at - from);
    };
    const alone = await textAt({}, false);
    expect(await textAt(display, true)).toEqual(alone);
    expect(await textAt(display, false)).toEqual(alone);
    world = undefined;
  });
});

describe('20 reactions on the request', () => {
  const display = { reactions: true };
  const reactionsOf = async (of: RelayWorld, { channel, threadTs }: WorldTurn): Promise<string[]> =>
    ((await of.slack.message(channel, threadTs))?.reactions ?? []).map(({ name }) => name);

  it.each([
    ['completed', 'white_check_mark'],
    ['failed', 'x'],
    ['stopped', 'octagonal_sign'],
  ] as const)('seen at once, and %s at the end', async (end, result) => {
    const { world, turn } = await aTurn(display);
    await world.run(1_000);
    expect(await reactionsOf(world, turn)).toEqual(['eyes']);
    await turn.write(beginsText(), says('Text'));
    await world.run(5_000);
    await turn.end(end, end === 'completed' ? undefined : 'A reason.');
    await world.run();
    expect(await reactionsOf(world, turn)).toEqual([result]);
    const calls = await world.slack.calls();
    expect(calls.filter(({ method }) => method.startsWith('reactions.'))).toHaveLength(3);
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it('are not made where nobody asked for them', async () => {
    const { world, turn } = await aTurn({});
    await turn.end();
    await world.run();
    expect((await world.slack.calls()).filter(({ method }) => method.startsWith('reactions.'))).toEqual([]);
  });

  it.each([
    ['already_reacted', 'reactions.add'],
    ['message_not_found', 'reactions.*'],
    ['no_reaction', 'reactions.remove'],
    ['missing_scope', 'reactions.*'],
  ])('G-7 %s is no matter: it is ignored, and the call not made again', async (error, method) => {
    const { world, turn } = await aTurn(display);
    await world.slack.fault({ method, effect: 'error', error });
    await turn.write(...part('The answer.'));
    await world.run(5_000);
    await turn.end();
    await world.run();
    expect(await turn.text()).toContain('The answer.');
    expect((await turn.record()).closedAt).toBeDefined();
    const calls = (await world.slack.calls()).filter(({ method }) => method.startsWith('reactions.'));
    expect(calls.length).toBe(error === 'missing_scope' ? 1 : 3);
    if (error !== 'missing_scope') expect((await turn.record()).reaction).toBe('white_check_mark');
  });

  it('a relay that dies with the result in hands leaves one result', async () => {
    const { world, turn } = await aTurn(display);
    await world.run(2_000);
    let died = 0;
    world.onCall(async (method, send) => {
      const answer = await send();
      if (method.startsWith('reactions.') && died < 2) {
        died++;
        throw new Crash();
      }
      return answer;
    });
    await turn.end();
    await world.run();
    expect(died).toBe(2);
    expect(await reactionsOf(world, turn)).toEqual(['white_check_mark']);
  });

  it('wait for room in the budget, not the answer with them', async () => {
    const { world, turn } = await aTurn(display, { tiers: { 'reactions.add': 1, 'reactions.remove': 1 } });
    await world.run(1_000);
    await turn.write(...part('The answer.'));
    await turn.end();
    await world.run(5_000);
    expect((await turn.record()).view.finished).toBe(true);
    expect(await reactionsOf(world, turn)).toEqual([]);
    await world.run();
    expect(await reactionsOf(world, turn)).toEqual(['white_check_mark']);
    expect((await turn.record()).closedAt).toBeDefined();
    expect(await refused(world)).toEqual([]);
  });
});

describe('P-10 no stream is left open', () => {
  const statesOf = async (turn: WorldTurn) =>
    (await turn.messages()).flatMap(({ streamingState }) => streamingState ?? []);

  it('silence: each message is left before Slack ends it, for as long as a tool works', async () => {
    const { world, turn } = await aTurn({});
    await turn.write(asks('slow'));
    await world.run(1_500_000);
    const [last, ...left] = (await statesOf(turn)).toReversed();
    expect(left.length).toBeGreaterThanOrEqual(5);
    expect([...new Set(left)]).toEqual(['completed']);
    expect(last).toBe('in_progress');
    await turn.write(gets('slow'));
    await turn.end();
    await world.run();
    expect([...new Set(await statesOf(turn))]).toEqual(['completed']);
    expect(await refused(world)).toEqual([]);
  });

  it.each([
    ['stopped', `Stopped by <@${SEED.people.requester}>.`],
    ['failed', 'Something went wrong on my side and I could not finish this. Please ask again.'],
  ] as const)('a turn that is ended from outside while a tool works: %s', async (end, reason) => {
    const { world, turn } = await aTurn({});
    await turn.write(beginsText(), says('Half an ans'), asks('slow'));
    await world.run(20_000);
    expect(await statesOf(turn)).toEqual(['in_progress']);
    await turn.end(end, reason);
    await world.run();
    expect(await statesOf(turn)).toEqual(['completed']);
    expect(await refused(world)).toEqual([]);
  });

  it.each(
    ['chat.startStream', 'chat.appendStream', 'chat.stopStream'].flatMap((method) => [
      [method, 'before'],
      [method, 'after'],
    ]),
  )(
    'an invocation that dies in the middle (%s, %s it is done), and silence behind it',
    async (method, when) => {
      const { world, turn } = await aTurn({});
      let deaths = 0;
      world.onCall(async (called, send) => {
        if (called !== method || deaths > 0) return send();
        deaths++;
        if (when === 'after') await send();
        throw new Crash();
      });
      world.after(2_000, () => turn.write(beginsText(), says('Half an ans'), asks('slow')));
      await world.run(700_000);
      expect(deaths).toBe(1);
      const [last, ...left] = (await statesOf(turn)).toReversed();
      expect(last).toBe('in_progress');
      expect([...new Set(left)]).toEqual(['completed']);
      await turn.end('stopped', 'Stopped.');
      await world.run();
      expect([...new Set(await statesOf(turn))]).toEqual(['completed']);
      expect((await turn.record()).closedAt).toBeDefined();
    },
  );
});
