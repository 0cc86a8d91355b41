import { describe, expect, it } from 'vitest';
import { aPost, createTurnWorld, present } from '../../test/support/turn-world.ts';
import { defineDoors } from '../sessions/doors.ts';
import { stopTurn } from './stop.ts';
import { stopByWord } from './stop-word.ts';

const doors = defineDoors({
  assistant: { stopWords: ['stop', 'cancel'] },
  second: { stopWords: ['enough'] },
});

function stopWorld(...options: Parameters<typeof createTurnWorld>) {
  const world = createTurnWorld(...options);
  const write = (text: string, post: Parameters<typeof aPost>[0] = {}) =>
    // Slack's clock: the message is written now.
    aPost({ threadTs: '1.1', messageTs: `${(world.now() / 1000).toFixed(3)}100`, text, ...post });
  const say = (text: string, post: Parameters<typeof aPost>[0] = {}) =>
    stopByWord({ ...world.deps, doors }, write(text, post));
  return { world, say, write };
}

describe('a stop word', () => {
  it('ends what runs in the thread, and is no message of its own', async () => {
    const { world, say } = stopWorld();
    const { turnId, sessionId } = await world.admit({ threadTs: '1.1' });
    world.advance(2_000);
    expect(await say('Stop!', { author: { userId: 'U2', teamId: 'T1' } })).toBe('stopped');
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped', end: { reason: 'Stopped.' } });
    expect(await world.messages(sessionId)).toHaveLength(1);
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle', queueLength: 0 });
  });

  it('G-30 and its twin are one stop: the next queued message is left alone, and nobody is told anything', async () => {
    const { world, say, write } = stopWorld();
    const first = await world.admit({ threadTs: '1.1' });
    world.advance(1_000);
    const second = await world.admit({ threadTs: '1.1', text: 'and this' });
    world.advance(1_000);
    const post = write('stop');
    world.advance(200);
    expect(await stopByWord({ ...world.deps, doors }, post)).toBe('stopped');
    world.advance(300);
    expect(await stopByWord({ ...world.deps, doors }, { ...post, eventId: 'EvTwin' })).toBe('done');
    expect(await world.turn(first.turnId)).toMatchObject({ state: 'stopped' });
    expect(await world.turn(second.turnId)).toMatchObject({ state: 'starting' });
    // A new one is for the turn that runs now.
    world.advance(1_000);
    expect(await say('stop')).toBe('stopped');
    expect(await world.turn(second.turnId)).toMatchObject({ state: 'stopped' });
  });

  it('both at once are one stop as well', async () => {
    const { world, write } = stopWorld();
    const { turnId } = await world.admit({ threadTs: '1.1' });
    world.advance(2_000);
    const post = write('stop');
    const outcomes = await Promise.all(
      ['Ev1', 'Ev2'].map((eventId) => stopByWord({ ...world.deps, doors }, { ...post, eventId })),
    );
    expect(outcomes.sort()).toEqual(['done', 'stopped']);
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
  });

  it('where nothing runs starts nothing; the person is told once', async () => {
    const { world, write } = stopWorld();
    const post = write('cancel');
    const hear = (eventId: string) => stopByWord({ ...world.deps, doors }, { ...post, eventId });
    expect([await hear('Ev1'), await hear('Ev2')]).toEqual(['nothing_to_stop', 'done']);
    expect(world.started).toEqual([]);
  });

  it('older than the turn is ignored', async () => {
    const { world, write } = stopWorld();
    const late = write('stop');
    world.advance(5_000);
    const { turnId } = await world.admit({ threadTs: '1.1' });
    expect(await stopByWord({ ...world.deps, doors }, late)).toBe('nothing_to_stop');
    expect(await world.turn(turnId)).toMatchObject({ state: 'starting' });
  });

  it.each([
    ['in a sentence', 'stop the presses', {}],
    ['of another agent', 'enough', {}],
    ['with a file', 'stop', { files: [{ id: 'F1', name: 'a', mimetype: 'text/plain', size: 1 }] }],
  ])('%s is an ordinary message', async (_, text, post) => {
    const { world, say } = stopWorld();
    const { turnId } = await world.admit({ threadTs: '1.1' });
    world.advance(1_000);
    expect(await say(text, post)).toBe('ordinary');
    expect(await world.turn(turnId)).toMatchObject({ state: 'starting' });
  });

  it('costs an ordinary message no read', async () => {
    const { world, say } = stopWorld();
    world.deps.store.get = () => Promise.reject(new Error('read'));
    expect(await say('hello')).toBe('ordinary');
  });
});

describe('a stop of a running turn', () => {
  it('keeps the first request: who asked, and why', async () => {
    const entered = Promise.withResolvers<void>();
    const { world } = stopWorld({
      limits: { renewAfterMs: 20 },
      script: [
        ({ signal }) =>
          new Promise((_resolve, reject) => {
            entered.resolve();
            signal.addEventListener('abort', () => reject(signal.reason));
          }),
      ],
    });
    const { turnId } = await world.admit({ threadTs: '1.1' });
    const running = world.run(turnId);
    await entered.promise;
    expect(await stopTurn(world.deps, { turnId, by: 'U1' })).toBe('requested');
    const { stopRequest } = await world.turn(turnId);
    expect(await stopTurn(world.deps, { turnId, by: 'U2', cause: 'interrupt' })).toBe('requested');
    expect((await world.turn(turnId)).stopRequest).toEqual(present(stopRequest));
    world.advance(1_000);
    await running;
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped', end: { reason: 'Stopped.' } });
  });
});
