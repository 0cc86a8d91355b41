import { afterEach, describe, expect, it } from 'vitest';
import { SEED } from '../../../local/slack/server.ts';
import { asks, gets, part } from '../../../test/support/relay-log.ts';
import {
  Crash,
  createRelayWorld,
  type RelayWorld,
  type WorldTurn,
} from '../../../test/support/relay-world.ts';
import type { DisplayChoice } from '../../display/display.ts';
import { decideRequirement } from '../../pauses/decide-requirement.ts';
import { loadPause } from '../../pauses/store.ts';

let world: RelayWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function pausedTurn(
  display?: DisplayChoice,
): Promise<{ world: RelayWorld; turn: WorldTurn; pauseId: string }> {
  world = await createRelayWorld();
  const turn = await world.newTurn({}, display);
  await world.run(1_000);
  await turn.write(...part('I would like to post this.'), asks('call-0', { text: 'x' }, 'post_announcement'));
  const pauseId = await turn.pause();
  return { world, turn, pauseId };
}

const tokenArrives = (of: RelayWorld, turn: WorldTurn, pauseId: string, token = 'token-1') =>
  of.handle({ v: 1, kind: 'pause', turnId: turn.turnId, pauseId, token });

const decide = (of: RelayWorld, pauseId: string, answer: 'approved' | 'denied', reason?: string) =>
  decideRequirement(of.deps, {
    pauseId,
    row: 0,
    answer,
    by: SEED.people.reviewer,
    appId: SEED.app,
    installationId: SEED.team,
    at: of.now(),
    door: 'slack',
    ...(reason ? { reason } : {}),
  });

const approve = (of: RelayWorld, pauseId: string, by: string = SEED.people.requester) =>
  decideRequirement(of.deps, {
    pauseId,
    row: 0,
    answer: 'approved',
    by,
    appId: SEED.app,
    installationId: SEED.team,
    at: of.now(),
    door: 'slack',
  });

const cards = async (turn: WorldTurn) => (await turn.messages()).filter(({ stream }) => stream === undefined);

describe('the card of a pause', () => {
  it('never exists before the token', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await world.run(60_000);
    expect(await cards(turn)).toHaveLength(0);
    await tokenArrives(world, turn, pauseId);
    const [card] = await cards(turn);
    expect(card?.actionIds).toEqual(['sluice_approve', 'sluice_deny', 'sluice_deny_reason']);
    expect(JSON.stringify(card)).not.toContain('token-1');
  });

  it('stands below a stream that is stopped as suspended, its card pending', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await tokenArrives(world, turn, pauseId);
    const [stream, card] = await turn.messages();
    expect(stream?.streamingState).toBe('completed');
    expect(stream?.stream?.cards['call-0']?.status).toBe('pending');
    expect(card?.ts && stream?.ts && card.ts > stream.ts).toBe(true);
    expect((await world.slack.session(turn.channel, turn.threadTs))?.status).toBe('suspended');
  });

  it('is replaced by its outcome when it is decided', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await tokenArrives(world, turn, pauseId);
    await approve(world, pauseId);
    await world.run(5_000);
    const [card] = await cards(turn);
    expect(card?.actionIds).toEqual([]);
    expect(card?.visibleText).toContain('Approved');
    expect(world.resumed).toEqual(['token-1']);
    expect((await turn.record()).card).toBeUndefined();
  });

  it('comes at once for the next pause, though the outcome of the one before was put off', async () => {
    const { world, turn, pauseId } = await pausedTurn({ surface: 'final' });
    await tokenArrives(world, turn, pauseId);
    await world.slack.fault({ method: 'chat.update', effect: 'rate_limited', retryAfter: 20, times: 1 });
    await approve(world, pauseId);
    await world.run(2_000);
    await turn.setState('running');
    await turn.write(gets('call-0'), asks('call-1', { text: 'y' }, 'post_announcement'));
    const next = await turn.pause(1);
    await tokenArrives(world, turn, next, 'token-2');
    await world.run(21_000);
    const [former, present] = await cards(turn);
    expect(former?.actionIds).toEqual([]);
    expect(present?.actionIds).toContain('sluice_approve');
  });

  it('is told its outcome though it was decided before the relay knew where it stands', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    let died = false;
    world.onCall(async (method, send) => {
      const answer = await send();
      if (died || method !== 'chat.postMessage') return answer;
      died = true;
      await approve(world, pauseId);
      throw new Crash();
    });
    await tokenArrives(world, turn, pauseId);
    await world.run(60_000);
    expect(died).toBe(true);
    const [card, ...more] = await cards(turn);
    expect(card?.actionIds).toEqual([]);
    expect(more).toEqual([]);
  });

  it('is told its outcome once, however long the turn takes to go on', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await tokenArrives(world, turn, pauseId);
    await approve(world, pauseId);
    await world.run(5_000);
    for (let n = 0; n < 3; n++) await world.handle({ v: 1, kind: 'flush', turnId: turn.turnId });
    expect(await world.slack.calls({ method: 'chat.update' })).toHaveLength(1);
    expect((await turn.record()).card).toBeUndefined();
  });

  it('G-24 shows the reason of a denial, a long one as far as there is room, with the rest counted', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await tokenArrives(world, turn, pauseId);
    await decide(world, pauseId, 'denied', `Nein, zu früh. ${'ü'.repeat(500)}`);
    await world.run(5_000);
    const [card] = await cards(turn);
    expect(card?.actionIds).toEqual([]);
    expect(card?.visibleText).toMatch(
      /Denied\*? by .*Reason: .?Nein, zu früh\. ü{155}… \(345 more characters\)/,
    );
  });

  it('loses its buttons also when Slack refused that once with an error that nobody knew', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await tokenArrives(world, turn, pauseId);
    await world.slack.fault({ method: 'chat.update', effect: 'error', error: 'some_new_error', times: 1 });
    await approve(world, pauseId);
    await world.run(30_000);
    expect((await cards(turn))[0]?.actionIds).toEqual([]);
  });

  it('G-18 a click within the moment of its post finds a card that is replaced at once', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    world.onCall(async (method, send) => {
      const answer = await send();
      if (method === 'chat.postMessage') await approve(world, pauseId);
      return answer;
    });
    await tokenArrives(world, turn, pauseId);
    const [card, ...others] = await cards(turn);
    expect(others).toEqual([]);
    expect(card?.actionIds).toEqual([]);
    expect(card?.visibleText).toContain('Approved');
  });

  it('is not posted when the pause was decided by another door before the token came', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await approve(world, pauseId);
    await world.run(5_000);
    expect(world.resumed).toEqual([]);
    await tokenArrives(world, turn, pauseId);
    await world.run(5_000);
    expect(world.resumed).toEqual(['token-1']);
    expect(await cards(turn)).toHaveLength(0);
  });

  it('P-21 is posted after all when its first post failed', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await world.slack.fault({ method: 'chat.postMessage', effect: 'http_error', status: 503, times: 1 });
    await tokenArrives(world, turn, pauseId);
    expect(await cards(turn)).toHaveLength(0);
    await world.run(30_000);
    expect(await cards(turn)).toHaveLength(1);
  });

  it('is posted within seconds when Slack refused it with an error that nobody knew', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await world.slack.fault({
      method: 'chat.postMessage',
      effect: 'error',
      error: 'some_new_error',
      times: 1,
    });
    await tokenArrives(world, turn, pauseId);
    await world.run(30_000);
    expect(await cards(turn)).toHaveLength(1);
  });

  it.each([
    ['its answer was lost', 'lost'],
    ['the relay died with it in hands', 'died'],
  ])('is not posted twice when %s', async (_what, how) => {
    const { world, turn, pauseId } = await pausedTurn();
    let first = true;
    if (how === 'lost')
      await world.slack.fault({ method: 'chat.postMessage', effect: 'drop_answer', times: 1 });
    else
      world.onCall(async (method, send) => {
        const answer = await send();
        if (method !== 'chat.postMessage' || !first) return answer;
        first = false;
        throw new Crash();
      });
    await tokenArrives(world, turn, pauseId);
    await world.run(200_000);
    const posted = await cards(turn);
    expect(posted).toHaveLength(1);
    expect((await loadPause(world.store, pauseId))?.delivery?.ts).toBe(posted[0]?.ts);
  });

  it('a token that comes twice posts one card', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await tokenArrives(world, turn, pauseId);
    await tokenArrives(world, turn, pauseId, 'token-2');
    expect(await cards(turn)).toHaveLength(1);
    expect((await loadPause(world.store, pauseId))?.taskToken).toBe('token-2');
  });

  it('the turn that goes on is shown in a new stream of the thread', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await tokenArrives(world, turn, pauseId);
    await approve(world, pauseId);
    await turn.setState('running');
    await turn.write({ type: 'data-resume', data: { pauseId } });
    await world.run(3_000);
    expect((await turn.record()).gsi3pk).toBeDefined();
    await turn.write(gets('call-0', 'posted'), ...part('Posted.'));
    await turn.end();
    await world.run();
    const messages = await turn.messages();
    expect(messages.map(({ stream }) => stream !== undefined)).toEqual([true, false, true]);
    expect(messages[2]?.stream?.cards['call-0']).toMatchObject({ status: 'complete', output: 'posted' });
    expect((await turn.record()).closedAt).toBeDefined();
    expect((await world.slack.session(turn.channel, turn.threadTs))?.status).toBe('active');
  });

  it('costs nothing while people think', async () => {
    const { world, turn, pauseId } = await pausedTurn();
    await tokenArrives(world, turn, pauseId);
    await world.run(60_000);
    const before = await world.slack.calls();
    await world.run(3_600_000);
    expect(await world.slack.calls()).toHaveLength(before.length);
    expect(world.queue).toEqual([]);
    expect((await turn.record()).gsi3pk).toBeUndefined();
  });
});

describe('a notice', () => {
  it('is seen by one person alone', async () => {
    const { world, turn } = await pausedTurn();
    await world.handle({
      v: 1,
      kind: 'notice',
      appId: SEED.app,
      installationId: SEED.team,
      channel: turn.channel,
      threadTs: turn.threadTs,
      userId: SEED.people.guest,
      text: 'Only the requester decides.',
    });
    const [notice] = await world.slack.waitForMessages({ ephemeralFor: SEED.people.guest });
    expect(notice?.visibleText).toContain('Only the requester decides.');
  });
});
