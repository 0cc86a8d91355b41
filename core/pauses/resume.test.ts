import { describe, expect, it } from 'vitest';
import { aClick, pauseWorld, start, storePause } from '../../test/support/pauses.ts';
import { keys } from '../store/keys.ts';
import { decideRequirement } from './decide-requirement.ts';
import type { PauseRecord } from './record.ts';
import { isDeliveryDue, redeliverPause, resumePause } from './resume.ts';
import { cancelPauseAction, consumePauseAction, loadPause, storeTaskToken } from './store.ts';

async function setUp() {
  const world = pauseWorld();
  const { pauseId, turn } = await storePause(world.store);
  const read = async (): Promise<PauseRecord> => {
    const pause = await loadPause(world.store, pauseId);
    if (!pause) throw new Error('The pause is gone.');
    return pause;
  };
  const bringToken = (token: string) => storeTaskToken(world.deps, { pauseId, token });
  const decide = () => decideRequirement(world.deps, aClick({ pauseId }));
  return { ...world, pauseId, turnId: turn.turnId, read, bringToken, decide };
}

describe('resumePause', () => {
  it('token first: the decision resumes, and is due again in case it does not arrive', async () => {
    const { bringToken, decide, read, resumed, clock } = await setUp();
    await bringToken('token-1');
    await decide();
    expect(resumed).toEqual(['token-1']);
    expect(await read()).toMatchObject({
      state: 'decided',
      resumeSentAt: clock.now,
      gsi3sk: new Date(clock.now + 10_000).toISOString(),
    });
  });

  it('decision first: whoever brings the token resumes', async () => {
    const { bringToken, decide, resumed, deps } = await setUp();
    await decide();
    expect(resumed).toEqual([]);
    const after = await bringToken('token-1');
    if (after) await resumePause(deps, after);
    expect(resumed).toEqual(['token-1']);
  });

  it('does nothing while a row is open or no token is known', async () => {
    const { bringToken, read, resumed, deps } = await setUp();
    await resumePause(deps, await read());
    await bringToken('token-1');
    await resumePause(deps, await read());
    expect(resumed).toEqual([]);
  });

  it('the run that consumed the pause meanwhile is left alone', async () => {
    const { bringToken, decide, read, store, deps } = await setUp();
    await decide();
    await bringToken('token-1');
    const pause = await read();
    const resume = deps.executions.resume;
    deps.executions.resume = async (token, turnId) => {
      await store.transact([consumePauseAction(pause, start)]);
      return resume(token, turnId);
    };
    await resumePause(deps, pause);
    const after = await read();
    expect(after.state).toBe('consumed');
    expect(after.resumeSentAt).toBeUndefined();
    expect(after.gsi3pk).toBeUndefined();
  });

  it('a cancelled one wakes its execution, and the token leaves the table', async () => {
    const { bringToken, read, store, resumed, deps } = await setUp();
    await bringToken('token-1');
    await store.transact([cancelPauseAction(await read(), 'U2', 'stop', start)]);
    await resumePause(deps, await read());
    const after = await read();
    expect(resumed).toEqual(['token-1']);
    expect([after.taskToken, after.gsi3pk, after.state]).toEqual([undefined, undefined, 'cancelled']);
  });
});

describe('redeliverPause', () => {
  it('sends again with the token that is there now, later each time', async () => {
    const { bringToken, decide, read, resumed, deps, clock, pauseId } = await setUp();
    await bringToken('token-1');
    await decide();
    await bringToken('token-2');
    clock.now += 60_000;
    await redeliverPause(deps, { pauseId });
    expect(resumed).toEqual(['token-1', 'token-2']);
    expect(await read()).toMatchObject({
      resumeSentAt: clock.now,
      gsi3sk: new Date(clock.now + 60_000).toISOString(),
    });
  });

  it('without a token it looks again, for the state machine has not come to wait yet', async () => {
    const { decide, read, resumed, deps, clock, pauseId } = await setUp();
    await decide();
    clock.now += 20_000;
    await redeliverPause(deps, { pauseId });
    expect(resumed).toEqual([]);
    expect((await read()).gsi3sk).toBe(new Date(clock.now + 20_000).toISOString());
  });

  it.each(['consumed', 'cancelled', 'ended'])('looks no more at what is over: %s', async (how) => {
    const { decide, read, store, deps, pauseId, turnId } = await setUp();
    await decide();
    if (how === 'consumed') await store.update({ key: keys.pause(pauseId), set: { state: 'consumed' } });
    if (how === 'cancelled') await store.transact([cancelPauseAction(await read(), 'U2', 'stop', start)]);
    if (how === 'ended')
      await store.update({ key: keys.turn(turnId), set: { end: { state: 'failed', at: start } } });
    await redeliverPause(deps, { pauseId });
    expect((await read()).gsi3pk).toBeUndefined();
  });

  it('an open one is not delivered', async () => {
    const { bringToken, read, resumed, deps, pauseId } = await setUp();
    await bringToken('token-1');
    const before = await read();
    await redeliverPause(deps, { pauseId });
    await redeliverPause(deps, { pauseId: 'p0' });
    expect(resumed).toEqual([]);
    expect(await read()).toEqual(before);
  });
});

it('a delivery is due when neither decision nor sending is fresh', async () => {
  const { bringToken, decide, read, clock } = await setUp();
  expect(isDeliveryDue(await read(), clock.now + 60_000, 10_000)).toBe(false);
  await bringToken('token-1');
  await decide();
  const sent = await read();
  const { resumeSentAt: _, ...unsent } = sent;
  expect(isDeliveryDue(sent, clock.now + 9_999, 10_000)).toBe(false);
  expect(isDeliveryDue(sent, clock.now + 10_000, 10_000)).toBe(true);
  expect(isDeliveryDue(unsent, clock.now + 9_999, 10_000)).toBe(false);
});
