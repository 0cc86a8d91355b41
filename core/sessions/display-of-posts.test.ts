import { describe, expect, it } from 'vitest';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import type { DisplayRule } from '../display/choose-display.ts';
import type { RelayRecord } from '../relay/record.ts';
import { type Key, keys } from '../store/keys.ts';
import { type AdmitDeps, admitPost } from './admit.ts';
import { defineDoors } from './doors.ts';
import type { QueuedRecord } from './record.ts';

/** A world whose settings can be changed between two posts, and that counts what an admission reads. */
function createWorld() {
  const world = createTurnWorld({
    tools: [tool('look', async () => 'seen')],
    script: [calls({ name: 'look' }), says('Fine.')],
  });
  const reads: string[] = [];
  const store: AdmitDeps['store'] = {
    ...world.store,
    get: <T>(key: Key, ...rest: []) => {
      reads.push(`${key.pk} ${key.sk}`);
      return world.store.get<T>(key, ...rest);
    },
    query: (...args) => {
      reads.push('query');
      return world.store.query(...args);
    },
  };
  const admit = (displays: readonly DisplayRule[], post = aPost({ threadTs: '1.1' })) =>
    admitPost(
      { ...world.deps, store, displays, doors: defineDoors({ assistant: { display: { reactions: true } } }) },
      post,
    );
  const shown = async (turnId: string) => (await world.store.get<RelayRecord>(keys.relay(turnId)))?.display;
  return { world, reads, admit, shown };
}

describe('how a turn is shown', () => {
  it('P-2 is decided once, from what the function has: an admission reads the session and nothing else', async () => {
    const { reads, admit, shown } = createWorld();
    const { turnId, sessionId } = await admit([{ channel: 'C1', surface: 'timeline' }]);
    expect(reads).toEqual([`${keys.session(sessionId).pk} META`]);
    expect(await shown(turnId)).toEqual({ surface: 'timeline', reactions: true });
  });

  it('P-3 a setting that changes while a turn runs does not change it', async () => {
    const { world, admit, shown } = createWorld();
    const post = aPost({ threadTs: '1.1' });
    const { turnId } = await admit([{ person: 'U1', surface: 'timeline' }], post);
    // A second delivery of the post, and one that comes after it, find other settings.
    await admit([{ person: 'U1', surface: 'final' }], { ...post, eventId: 'EvTwin' });
    await admit([{ person: 'U1', surface: 'final' }], aPost({ threadTs: '1.1', text: 'more' }));
    expect(await shown(turnId)).toEqual({ surface: 'timeline', reactions: true });
    await world.run(turnId);
    expect(await shown(turnId)).toEqual({ surface: 'timeline', reactions: true });
  });

  it('K-21 a setting that changes while a post waits does not change it', async () => {
    const { world, admit, shown } = createWorld();
    const first = await admit([]);
    const second = await admit([{ person: 'U1', surface: 'final' }]);
    const [queued] = await world.store.query<QueuedRecord>({
      pk: keys.session(first.sessionId).pk,
      prefix: 'QUEUE#',
    });
    expect(queued?.post.display).toEqual({ surface: 'final', reactions: true });
    await admit([{ person: 'U1', surface: 'timeline' }]);
    await world.run(first.turnId);
    expect(await shown(first.turnId)).toEqual({ reactions: true });
    expect(await shown(second.turnId)).toEqual({ surface: 'final', reactions: true });
  });

  it('another person in the same thread has their own', async () => {
    const { world, admit, shown } = createWorld();
    const rules: DisplayRule[] = [{ person: 'U2', surface: 'final', reactions: false }];
    const first = await admit(rules);
    const second = await admit(rules, aPost({ threadTs: '1.1', author: { userId: 'U2', teamId: 'T1' } }));
    await world.run(first.turnId);
    expect(await shown(second.turnId)).toEqual({ surface: 'final' });
  });
});

it('a choice that is all defaults takes no room', async () => {
  const world = createTurnWorld();
  const { turnId, sessionId } = await world.admit();
  expect(await world.store.get(keys.relay(turnId))).not.toHaveProperty('display');
  expect((await world.messages(sessionId))[0]?.post).not.toHaveProperty('display');
});
