import { describe, expect, it } from 'vitest';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { ModelError } from '../models/contract.ts';
import { keys } from '../store/keys.ts';
import { stopTurn } from './stop.ts';

type World = ReturnType<typeof createTurnWorld>;

/** A turn in whose first tool a person writes once more. */
function steeredWorld(script: Parameters<typeof createTurnWorld>[0] & object) {
  const late = aPost({ threadTs: '1.1', text: 'in euros', author: { userId: 'U2', teamId: 'T1' } });
  const look = tool('look', async () => {
    await world.admit(late);
    return 'seen';
  });
  const world: World = createTurnWorld({ door: { whileBusy: 'steer' }, tools: [look], ...script });
  const takesFollowUps = () => true;
  const run = (turnId: string) => world.run(turnId, 1, { takesFollowUps });
  return { world, late, run };
}

const rolesOf = (world: World) =>
  world.requests.map(({ messages }) => messages.map(({ role }) => role).join(' '));

describe('52: a message that comes while a tool runs', () => {
  it('is in the next model call, behind the tool’s result, and starts no turn of its own', async () => {
    const { world, late, run } = steeredWorld({ script: [calls({ name: 'look' }), says('In euros, then.')] });
    const { turnId, sessionId } = await world.admit({ threadTs: '1.1' });
    expect(await run(turnId)).toMatchObject({ route: 'done' });
    expect(rolesOf(world)).toEqual(['user', 'user assistant tool user']);
    expect(JSON.stringify(world.requests[1]?.messages.at(-1)?.content)).toMatch(
      /came while you were working.*<@U2>: in euros/,
    );
    expect((await world.messages(sessionId)).map(({ role, post }) => [role, post?.text])).toEqual([
      ['user', 'hello'],
      ['assistant', undefined],
      ['tool', undefined],
      ['user', 'in euros'],
      ['assistant', undefined],
    ]);
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle', queueLength: 0, nextSeq: 6 });
    expect(world.started).toEqual([`${turnId}-1`]);
    expect(await world.admit({ ...late, eventId: 'EvTwin' })).toMatchObject({ outcome: 'duplicate' });
    expect((await world.chunks(turnId)).filter(({ type }) => type === 'data-follow-up')).toHaveLength(1);
  });

  it('is not lost with a model call that fails, and reaches the next one once', async () => {
    const { world, run } = steeredWorld({
      script: [
        calls({ name: 'look' }),
        () => Promise.reject(new ModelError({ retryable: true, code: 'overloaded', sentence: 'Busy.' })),
        says('In euros, then.'),
      ],
    });
    const { turnId, sessionId } = await world.admit({ threadTs: '1.1' });
    expect(await run(turnId)).toMatchObject({ route: 'backoff' });
    const queue = { pk: keys.session(sessionId).pk, prefix: 'QUEUE#' };
    expect(await world.store.query(queue)).toHaveLength(1);
    world.advance(60_000);
    expect(await run(turnId)).toMatchObject({ route: 'done' });
    expect(rolesOf(world).slice(1)).toEqual(['user assistant tool user', 'user assistant tool user']);
    expect(await world.store.query(queue)).toEqual([]);
    expect((await world.messages(sessionId)).filter(({ post }) => post?.text === 'in euros')).toHaveLength(1);
  });

  it('stays in the queue when the turn is stopped first, and has its own turn then', async () => {
    const { world, late, run } = steeredWorld({
      limits: { renewAfterMs: 20 },
      script: [
        calls({ name: 'look' }),
        ({ signal, turnId }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
            void stopTurn(world.deps, { turnId, by: 'U1' }).then(() => world.advance(1_000));
          }),
      ],
    });
    const { turnId, sessionId } = await world.admit({ threadTs: '1.1' });
    expect(await run(turnId)).toMatchObject({ route: 'done' });
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
    const { activeTurnId } = await world.session(sessionId);
    expect(await world.turn(String(activeTurnId))).toMatchObject({
      state: 'starting',
      messageTs: late.messageTs,
      requester: { userId: 'U2' },
    });
  });
});
