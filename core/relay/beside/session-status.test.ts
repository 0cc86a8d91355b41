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
import { keys } from '../../store/keys.ts';
import type { TurnState } from '../../turns/record.ts';
import type { RelayView, StreamMessage } from '../record.ts';
import { sweepRelay } from '../wakes/sweep-relay.ts';
import { dueStatus, wantedStatus } from './session-status.ts';

const MINUTE = 60_000;
const message: StreamMessage = {
  ...{ n: 1, ts: '1.1', openedAt: 0, rollAt: 0, bytes: 0, cards: 0, tail: '', letters: 0 },
};

describe('18 wantedStatus', () => {
  type Case = [string, TurnState, Pick<RelayView, 'message' | 'finished'>, boolean, string | undefined];
  it.each<Case>([
    ['work', 'running', {}, false, 'processing'],
    ['a turn that has not begun', 'starting', {}, false, 'processing'],
    ['a wait for the next try', 'waiting', {}, false, 'processing'],
    ['people are asked', 'paused', {}, false, 'suspended'],
    ['people are asked, the stream is still open', 'paused', { message }, false, 'processing'],
    ['the end, its stream still open', 'completed', { message }, false, 'processing'],
    ['the end, the answer not there yet', 'completed', {}, false, 'processing'],
    ['the end', 'completed', { finished: true }, false, 'active'],
    ['a failure', 'failed', { finished: true }, false, 'active'],
    ['a stop', 'stopped', { finished: true }, false, 'active'],
    ['the end, and the next turn waits', 'completed', { finished: true }, true, 'processing'],
  ])('%s', (_, state, view, successor, expected) => {
    expect(wantedStatus({ state }, view, successor)).toBe(expected);
  });

  it('S-6 leaves it alone between a person’s stop and the end', () => {
    expect(wantedStatus({ state: 'running', stopRequest: { by: 'U1', at: 1 } }, {}, false)).toBeUndefined();
  });

  it('Slack is told only what it does not know, and reminded of work before it forgets it', () => {
    const view = {
      spot: { cursor: { fence: 0, seq: 0, index: 0, offset: 0 }, open: [], ended: '', text: { line: '' } },
    };
    const due = (status: 'processing' | 'suspended', ageMs: number, state: TurnState = 'running') =>
      dueStatus({ view: { ...view, messages: 0 }, session: { status, at: 0 } }, { state }, false, ageMs);
    expect(due('processing', 29 * MINUTE)).toBeUndefined();
    expect(due('processing', 30 * MINUTE)).toBe('processing');
    expect(due('suspended', 0)).toBe('processing');
    // Only `processing` is forgotten.
    expect(due('suspended', 40 * 24 * 60 * MINUTE, 'paused')).toBeUndefined();
  });
});

let world: RelayWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function aTurn(
  options: RelayWorldOptions = {},
  display: DisplayChoice = {},
): Promise<{ world: RelayWorld; turn: WorldTurn }> {
  world = await createRelayWorld(options);
  return { world, turn: await world.newTurn({}, display) };
}

const statusOf = async (of: RelayWorld, { channel, threadTs }: WorldTurn): Promise<string | undefined> =>
  (await of.slack.session(channel, threadTs))?.status;
const told = async (of: RelayWorld): Promise<unknown[]> =>
  (await of.slack.calls({ method: 'agents.sessions.setStatus' })).map(({ args }) => args.status);

describe('18 the session in Slack', () => {
  it('a streamed turn needs no call of its own', async () => {
    const { world, turn } = await aTurn();
    await turn.write(beginsText(), says('Hello'));
    await world.run(5_000);
    expect(await statusOf(world, turn)).toBe('processing');
    await turn.end();
    await world.run();
    expect(await statusOf(world, turn)).toBe('active');
    expect(await told(world)).toEqual([]);
  });

  it('P-34 a turn that shows only its answer is seen to work from its first second, for hours', async () => {
    const { world, turn } = await aTurn({}, { surface: 'final' });
    await world.run(1_000);
    expect(await statusOf(world, turn)).toBe('processing');
    expect(await turn.messages()).toEqual([]);
    for (let minute = 0; minute < 150; minute++) {
      await world.run(MINUTE);
      await sweepRelay(world.deps, { ...(await turn.record()) });
      await world.run(1_000);
      expect(await statusOf(world, turn)).toBe('processing');
    }
    await turn.write(...part('After a while.'));
    await turn.end();
    await world.run();
    expect(await statusOf(world, turn)).toBe('active');
    expect(await told(world)).toEqual(
      [...Array(6).fill('processing'), 'active'].slice(-(await told(world)).length),
    );
    expect((await told(world)).length).toBeLessThanOrEqual(7);
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it('P-34 a turn that waits for its stream’s budget is seen to work at once', async () => {
    world = await createRelayWorld({ tiers: { 'chat.startStream': 1 } });
    await world.newTurn();
    await world.run(1_000);
    const waits = await world.newTurn();
    await world.run(2_000);
    expect(await statusOf(world, waits)).toBe('processing');
  });

  it('is suspended while people are asked, and works again when the turn goes on without text', async () => {
    const { world, turn } = await aTurn({}, { surface: 'final' });
    await world.run(2_000);
    const pauseId = await turn.pause();
    await world.run(3_000);
    expect(await statusOf(world, turn)).toBe('suspended');
    await turn.setState('running');
    await turn.write({ type: 'data-resume', data: { pauseId } });
    await world.run(5_000);
    expect(await statusOf(world, turn)).toBe('processing');
    await turn.end();
    await world.run();
    expect(await statusOf(world, turn)).toBe('active');
  });

  it('is never idle while a stream rolls over', async () => {
    const { world, turn } = await aTurn();
    const seen = new Set<string | undefined>();
    world.onCall(async (_method, send) => {
      const answer = await send();
      seen.add(await statusOf(world, turn));
      return answer;
    });
    for (let second = 5; second < 600; second += 10)
      world.after(second * 1_000, () => turn.write(...part(`Second ${second}.`)));
    await world.run(600_000);
    expect((await turn.messages()).length).toBeGreaterThanOrEqual(3);
    expect([...seen]).toEqual(['processing']);
  });

  it('is never idle between a turn and the next that waits, and the next one’s word comes last', async () => {
    const { world, turn } = await aTurn({}, { surface: 'final' });
    await world.run(2_000);
    const seen: (string | undefined)[] = [];
    world.onCall(async (_method, send) => {
      const answer = await send();
      seen.push(await statusOf(world, turn));
      return answer;
    });
    const place = { threadTs: turn.threadTs, messageTs: '1.2', previousTurnId: turn.turnId };
    await turn.write(...part('First answer.'));
    await turn.end();
    const next = await world.newTurn(place, { surface: 'final' });
    await world.run(20_000);
    expect(new Set(seen)).toEqual(new Set(['processing']));
    await next.write(...part('Second answer.'));
    await next.end();
    await world.run();
    expect(await statusOf(world, turn)).toBe('active');
  });

  it('works on when Slack ended the stream, and with it the session, by itself', async () => {
    const { world, turn } = await aTurn({ simulator: { streamLifetimeMs: 20_000 } });
    await turn.write(asks('slow'));
    await world.run(25_000);
    expect(await statusOf(world, turn)).toBe('active');
    await turn.write(gets('slow'));
    await world.run(10_000);
    expect(await statusOf(world, turn)).toBe('processing');
    await turn.end();
    await world.run();
    expect(await statusOf(world, turn)).toBe('active');
  });

  it('S-6 a person’s stop leads to `active`, and nothing says `processing` behind it', async () => {
    const { world, turn } = await aTurn();
    await turn.write(beginsText(), says('Working. '));
    await world.run(3_000);
    const mark = await world.slack.mark();
    await world.slack.stop({ user: SEED.people.requester, channel: turn.channel, thread_ts: turn.threadTs });
    await world.store.update({
      key: keys.turn(turn.turnId),
      set: { stopRequest: { by: SEED.people.requester, at: world.now() } },
    });
    await turn.write(says('Still working.'));
    await world.run(5_000);
    await turn.end('stopped', 'Stopped.');
    await world.run();
    expect(await statusOf(world, turn)).toBe('active');
    const later = await world.slack.calls({ after: mark.call });
    expect(later.filter(({ ok, args }) => ok && args.status === 'processing')).toEqual([]);
  });
});

describe('S-8 what a crash left in `processing`', () => {
  it('a run that died: its end from outside sets the session free', async () => {
    const { world, turn } = await aTurn();
    await turn.write(asks('a'));
    await world.run(5_000);
    world.after(60_000, () => turn.end('failed', 'It broke off.'));
    await world.run();
    expect(await statusOf(world, turn)).toBe('active');
  });

  it.each([['plan'], ['final']] as const)(
    'a relay that died and whose wakes are all lost: the sweep’s wake does it (%s)',
    async (surface) => {
      const { world, turn } = await aTurn({}, { surface });
      await turn.write(...part('The answer.'));
      await world.run(3_000);
      world.onCall(async () => {
        throw new Crash();
      });
      await turn.end();
      await world.run(1_000);
      world.onCall((_method, send) => send());
      world.queue.length = 0;
      await world.run(100_000);
      expect(await statusOf(world, turn)).toBe('processing');
      await sweepRelay(world.deps, await turn.record());
      await world.run(30_000);
      expect(await statusOf(world, turn)).toBe('active');
      expect((await turn.record()).closedAt).toBeDefined();
    },
  );

  it('a relay that gives up leaves no session at work', async () => {
    const { world, turn } = await aTurn({ limits: { relayGiveUpMs: 600_000 } }, { surface: 'final' });
    await world.run(2_000);
    await world.slack.fault({ method: 'chat.*', effect: 'error', error: 'no_permission' });
    await turn.write(...part('Nobody will see this.'));
    await turn.end();
    await world.run();
    expect((await turn.record()).closedAt).toBeDefined();
    expect(await statusOf(world, turn)).toBe('active');
  });

  it('a turn that is gone leaves no session at work', async () => {
    const { world, turn } = await aTurn();
    await world.run(2_000);
    world.store.items.delete(`${keys.turn(turn.turnId).pk} ${keys.turn(turn.turnId).sk}`);
    world.store.items.delete(`${keys.session(turn.sessionId).pk} ${keys.session(turn.sessionId).sk}`);
    await world.run();
    expect(await statusOf(world, turn)).toBe('active');
    expect((await turn.record()).closedAt).toBeDefined();
  });

  it('a last word without an answer is said again, three times at most', async () => {
    const { world, turn } = await aTurn({}, { surface: 'final' });
    await world.run(2_000);
    await world.slack.fault({ method: 'agents.sessions.setStatus', effect: 'http_error', times: 2 });
    await turn.write(...part('Done.'));
    await turn.end();
    await world.run();
    expect(await statusOf(world, turn)).toBe('active');
    await world.slack.fault({ method: 'agents.sessions.setStatus', effect: 'http_error' });
    const other = await world.newTurn({}, { surface: 'final' });
    await other.end();
    await world.run();
    expect((await other.record()).closedAt).toBeDefined();
  });
});

describe('18 where there are no agent sessions yet', () => {
  it('the older status is shown and cleared, and the failing call is made once', async () => {
    const { world, turn } = await aTurn({}, { surface: 'final' });
    await world.slack.fault({ method: 'agents.sessions.*', effect: 'error', error: 'feature_disabled' });
    await world.run(2_000);
    const [shown] = await world.slack.calls({ method: 'assistant.threads.setStatus' });
    expect(shown).toMatchObject({ ok: true, args: { thread_ts: turn.threadTs } });
    expect((await world.slack.session(turn.channel, turn.threadTs))?.loading?.text).toMatch(/working/);
    await turn.write(...part('The answer.'));
    await turn.end();
    await world.run();
    expect((await world.slack.session(turn.channel, turn.threadTs))?.loading).toBeNull();
    const next = await world.newTurn({}, { surface: 'final' });
    await next.end();
    await world.run();
    expect(await world.slack.calls({ method: 'agents.sessions.setStatus' })).toHaveLength(1);
  });

  it('the older status, which goes after two minutes, is there all the time that the turn works', async () => {
    const { world, turn } = await aTurn({}, { surface: 'final' });
    await world.slack.fault({ method: 'agents.sessions.*', effect: 'error', error: 'feature_disabled' });
    await world.run(2_000);
    for (let n = 0; n < 14; n++) {
      await world.run(30_000);
      const session = await world.slack.session(turn.channel, turn.threadTs);
      expect(session?.loading?.text, `after ${(n + 1) * 30} s`).toMatch(/working/);
    }
  });

  it('a status that is refused altogether is no matter', async () => {
    const { world, turn } = await aTurn({}, { surface: 'final' });
    await world.slack.fault({ method: 'agents.sessions.*', effect: 'error', error: 'unknown_method' });
    await world.slack.fault({ method: 'assistant.*', effect: 'error', error: 'not_allowed_token_type' });
    await turn.write(...part('The answer.'));
    await turn.end();
    await world.run();
    expect(await turn.text()).toContain('The answer.');
    expect((await turn.record()).closedAt).toBeDefined();
  });
});
