import { afterEach, describe, expect, it } from 'vitest';
import { part, says } from '../../../test/support/relay-log.ts';
import {
  Crash,
  createRelayWorld,
  type RelayWorld,
  type RelayWorldOptions,
  type WorldTurn,
} from '../../../test/support/relay-world.ts';
import type { DisplayChoice } from '../../display/display.ts';
import { keys } from '../../store/keys.ts';

const RENAME = 'agents.sessions.rename';
const TITLE = 'Release notes';

let world: RelayWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function aTurn(
  display: DisplayChoice = {},
  options: RelayWorldOptions = {},
): Promise<{ world: RelayWorld; turn: WorldTurn }> {
  world = await createRelayWorld(options);
  return { world, turn: await world.newTurn({}, display) };
}

const titleOf = async (of: RelayWorld, { channel, threadTs }: WorldTurn): Promise<string | undefined> =>
  (await of.slack.session(channel, threadTs))?.title;
/** What came of each call that told a title. */
const told = async (of: RelayWorld, method = RENAME): Promise<string[]> =>
  (await of.slack.calls({ method })).map(({ ok, error }) => (ok ? 'ok' : String(error)));
const refused = async (of: RelayWorld): Promise<string[]> =>
  (await of.slack.calls()).flatMap(({ ok, method, error }) => (ok ? [] : [`${method} ${error}`]));
const answers = async (turn: WorldTurn): Promise<void> => {
  await turn.write(...part('The answer.'));
  await turn.end();
};
const wakeWith = (of: RelayWorld, { turnId }: WorldTurn): Promise<void> =>
  of.deps.sendWake({ v: 1, kind: 'flush', turnId, title: { text: TITLE } }, 0);

const surfaces = [['plan'], ['timeline'], ['final']] as const;

describe('54 a title is told to Slack, once', () => {
  it.each(surfaces)('when the thread has its session, and not before (%s)', async (surface) => {
    const { world, turn } = await aTurn({ surface });
    await turn.title(TITLE);
    await world.run(5_000);
    await answers(turn);
    await world.run();
    expect(await titleOf(world, turn)).toBe(TITLE);
    expect(await told(world)).toEqual(['ok']);
    expect(await refused(world)).toEqual([]);
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it.each(surfaces)('when the turn had ended before anybody looked (%s)', async (surface) => {
    const { world, turn } = await aTurn({ surface });
    await turn.title(TITLE);
    await answers(turn);
    await world.run();
    expect(await titleOf(world, turn)).toBe(TITLE);
    expect(await told(world)).toEqual(['ok']);
    expect(await refused(world)).toEqual([]);
  });

  it('while its turn works on, on a surface that shows nothing before the end', async () => {
    const { world, turn } = await aTurn({ surface: 'final' });
    await world.run(5_000);
    await turn.title(TITLE);
    await wakeWith(world, turn);
    await world.run(3_000);
    expect(await titleOf(world, turn)).toBe(TITLE);
  });

  it('where the answer is posted, for Slack takes no stream', async () => {
    const { world, turn } = await aTurn();
    await world.slack.fault({
      method: 'chat.startStream',
      effect: 'error',
      error: 'method_not_supported_for_channel_type',
    });
    await turn.title(TITLE);
    await answers(turn);
    await world.run();
    expect(await turn.text()).toContain('The answer.');
    expect(await told(world)).toEqual(['ok']);
  });

  it('when it came behind the end and the relay was done', async () => {
    const { world, turn } = await aTurn();
    await answers(turn);
    await world.run();
    expect((await turn.record()).closedAt).toBeDefined();
    await world.store.update({ key: keys.session(turn.sessionId), set: { title: TITLE } });
    await wakeWith(world, turn);
    await world.run();
    expect(await titleOf(world, turn)).toBe(TITLE);
    expect(await told(world)).toEqual(['ok']);
  });

  it('when its wake finds another relay at work', async () => {
    const { world, turn } = await aTurn();
    await world.store.update({ key: keys.session(turn.sessionId), set: { title: TITLE } });
    let came = false;
    world.onCall(async (_method, send) => {
      if (!came) {
        came = true;
        const { turnId } = turn;
        await world.handle({ v: 1, kind: 'flush', turnId, title: { text: TITLE } });
      }
      return send();
    });
    await world.run(10_000);
    expect(came).toBe(true);
    expect(await told(world)).toEqual(['ok']);
  });

  it('to a workspace whose titles of the minute are used up: later, and no call is refused', async () => {
    const { world, turn } = await aTurn({}, { tiers: { [RENAME]: 1 } });
    const other = await world.newTurn();
    for (const one of [turn, other]) {
      await one.title(TITLE);
      await answers(one);
    }
    await world.run(30_000);
    expect(await told(world)).toEqual(['ok']);
    await world.run();
    expect(await told(world)).toEqual(['ok', 'ok']);
    for (const one of [turn, other]) expect((await one.record()).closedAt).toBeDefined();
  });

  it('not while the thread’s session waits for its own budget', async () => {
    const tiers = { 'agents.sessions.setStatus': 1 };
    const { world } = await aTurn({ surface: 'final' }, { tiers });
    await world.run(2_000);
    const waits = await world.newTurn({}, { surface: 'final' });
    await waits.title(TITLE);
    await world.run(30_000);
    expect(await told(world)).toEqual([]);
    await world.run(60_000);
    expect(await told(world)).toEqual(['ok']);
    expect(await titleOf(world, waits)).toBe(TITLE);
  });

  it('and once more by the relay that follows one that died in the call', async () => {
    const { world, turn } = await aTurn();
    world.onCall(async (method, send) => {
      const answer = await send();
      if (method !== RENAME) return answer;
      world.onCall((_method, next) => next());
      throw new Crash();
    });
    await turn.title(TITLE);
    await answers(turn);
    await world.run();
    expect(world.crashes()).toBe(1);
    expect(await told(world)).toEqual(['ok', 'ok']);
    expect((await turn.record()).closedAt).toBeDefined();
  });
});

describe('54 a title that Slack does not take at once', () => {
  const withFaults = async (error: string, times?: number, method = RENAME) => {
    const scene = await aTurn();
    await scene.world.slack.fault({ method, effect: 'error', error, ...(times ? { times } : {}) });
    return scene;
  };

  it('is tried again while the session is not there yet, seconds apart, and text goes on meanwhile', async () => {
    const { world, turn } = await withFaults('session_not_found', 2);
    await turn.title(TITLE);
    const shownAt: number[] = [];
    for (let second = 2; second < 10; second += 2)
      world.after(second * 1_000, () => turn.write(says(`Second ${second}. `)));
    world.onCall((method, send) => {
      if (method === 'chat.appendStream') shownAt.push(world.now());
      return send();
    });
    await world.run(12_000);
    expect(await told(world)).toEqual(['session_not_found', 'session_not_found', 'ok']);
    const calls = await world.slack.calls({ method: RENAME });
    for (const [n, { at }] of calls.slice(1).entries())
      expect(at - (calls[n]?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
    expect(shownAt.length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['session_not_found', 5],
    ['not_authorized', 1],
  ] as const)('is given up (%s), and the turn is closed', async (error, calls) => {
    const { world, turn } = await withFaults(error);
    await turn.title(TITLE);
    await answers(turn);
    await world.run(60_000);
    expect(await told(world)).toEqual(Array(calls).fill(error));
    expect(await turn.text()).toContain('The answer.');
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it('is tried again by wakes alone when the relay is done', async () => {
    const { world, turn } = await withFaults('session_not_found', 2);
    await answers(turn);
    await world.run();
    await world.store.update({ key: keys.session(turn.sessionId), set: { title: TITLE } });
    await wakeWith(world, turn);
    await world.run();
    expect(await told(world)).toEqual(['session_not_found', 'session_not_found', 'ok']);
  });

  it('K-35 is left when a person named the session meanwhile', async () => {
    const { world, turn } = await withFaults('session_not_found', 1);
    await turn.title(TITLE);
    await world.run(1_500);
    expect(await told(world)).toHaveLength(1);
    await world.store.update({
      key: keys.session(turn.sessionId),
      set: { title: 'Mine', titleBy: 'person' },
    });
    await answers(turn);
    await world.run();
    expect(await told(world)).toHaveLength(1);
  });

  it.each([['feature_disabled'], ['unknown_method'], ['not_agent_app']])(
    '18 comes by the older method where the workspace has no agent sessions (%s), which is asked once an hour',
    async (error) => {
      const { world, turn } = await withFaults(error, undefined, 'agents.sessions.*');
      await turn.title(TITLE);
      await answers(turn);
      await world.run();
      expect(await told(world)).toEqual([error]);
      expect(await told(world, 'assistant.threads.setTitle')).toEqual(['ok']);
      expect(await titleOf(world, turn)).toBe(TITLE);
      const next = await world.newTurn();
      await next.title(TITLE);
      await answers(next);
      await world.run();
      expect(await told(world)).toEqual([error]);
      expect(await told(world, 'assistant.threads.setTitle')).toEqual(['ok', 'ok']);
      await world.run(3_600_000);
      const later = await world.newTurn();
      await later.title(TITLE);
      await answers(later);
      await world.run();
      expect(await told(world)).toEqual([error, error]);
    },
  );
});
