import { describe, expect, it } from 'vitest';
import { aPost, createTurnWorld } from '../../test/support/turn-world.ts';
import { movesTurnTo } from '../../test/support/turn-writes.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { keys } from '../store/keys.ts';

type World = ReturnType<typeof createTurnWorld>;
const thread = { threadTs: '9.9' };

/** The session's record itself, to be changed under a writer's hands. */
function recordOf(world: World, sessionId: string): Record<string, unknown> {
  const { pk, sk } = keys.session(sessionId);
  return world.store.items.get(`${pk} ${sk}`) ?? {};
}

/** Ends a turn whose session became another one right before; every later write fails. @returns the session then */
async function endAfter(change: (session: Record<string, unknown>) => void, queued: boolean) {
  const world = createTurnWorld();
  const { turnId, sessionId } = await world.admit(aPost(thread));
  if (queued) await world.admit(aPost(thread));
  let changed: string | undefined;
  world.store.beforeWrite = (actions) => {
    if (changed) throw new Error('The test is over.');
    if (!movesTurnTo(actions, 'completed')) return;
    const session = recordOf(world, sessionId);
    change(session);
    changed = JSON.stringify(session);
  };
  await world.run(turnId).catch(() => {});
  return {
    before: changed,
    after: JSON.stringify(recordOf(world, sessionId)),
    turn: await world.turn(turnId),
  };
}

describe('82 a session’s states', () => {
  it.each([
    ['idle', { state: 'idle', activeTurnId: undefined }],
    ['active with another turn', { activeTurnId: 't-other' }],
  ])('%s: the end of a turn changes neither it nor the turn, with or without a queue', async (_, change) => {
    for (const queued of [false, true]) {
      const { before, after, turn } = await endAfter((session) => Object.assign(session, change), queued);
      expect(after).toBe(before);
      expect(turn.state).toBe('running');
    }
  });

  it('a post that comes while another one takes the session waits in its queue', async () => {
    const world = createTurnWorld();
    const posts = await Promise.all([world.admit(aPost(thread)), world.admit(aPost(thread))]);
    expect(posts.map(({ outcome }) => outcome).sort()).toEqual(['queued', 'started']);
    const session: SessionRecord = await world.session(posts[0].sessionId);
    const started = posts.find(({ outcome }) => outcome === 'started');
    expect(session).toMatchObject({ state: 'active', activeTurnId: started?.turnId, queueLength: 1 });
  });

  it('goes to the queued turn, and is idle when none is left', async () => {
    const world = createTurnWorld();
    const first = await world.admit(aPost(thread));
    const second = await world.admit(aPost(thread));
    await world.run(first.turnId);
    const { sessionId } = first;
    expect(await world.session(sessionId)).toMatchObject({
      state: 'active',
      activeTurnId: second.turnId,
      queueLength: 0,
    });
    await world.run(second.turnId);
    const session = await world.session(sessionId);
    expect(session).toMatchObject({ state: 'idle', lastTurnId: second.turnId });
    expect(session.activeTurnId).toBeUndefined();
  });
});
