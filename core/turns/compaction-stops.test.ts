import { expect, it } from 'vitest';
import { driveTurn } from '../../test/support/drive-turn.ts';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { type CallModel, ModelError } from '../models/contract.ts';
import { stopTurn } from './stop.ts';

const used = (inputTokens: number) => ({ usage: { inputTokens, outputTokens: 5 } });
const isSummary = ({ instructions }: Parameters<CallModel>[0]) => instructions.startsWith('You summarise');

/** A turn that is summarised between its steps and behind its answer; somebody writes while its tool runs. */
async function aTurn(summarise: (summaries: number, request: Parameters<CallModel>[0]) => Promise<string>) {
  const world = createTurnWorld({
    tools: [
      tool('look', async () => {
        await world.admit(aPost({ threadTs: '5.5', text: 'and the totals', messageTs: '6.6' }));
        return 'seen '.repeat(200);
      }),
    ],
    script: [
      { ...calls({ name: 'look' }), ...used(800) },
      { ...calls({ name: 'look', id: 'second' }), ...used(100) },
      { ...says('All seen. '.repeat(80)), ...used(900) },
    ],
  });
  let summaries = 0;
  const callModel: CallModel = async (request, onChunk) => {
    if (!isSummary(request)) return world.deps.callModel(request, onChunk);
    const text = await summarise(++summaries, request);
    return { messages: [], text, toolCalls: [], finishReason: 'stop', ...used(50) };
  };
  const { turnId, sessionId } = await world.admit(aPost({ threadTs: '5.5', text: 'look' }));
  const over = { callModel, takesFollowUps: () => true, models: { demo: { contextTokens: 1_000 } } };
  /** A stop that the model call learns of. */
  const stop = async (request: Parameters<CallModel>[0]): Promise<string> => {
    await stopTurn(world.deps, { turnId, by: 'U1' });
    world.advance(3_000);
    return new Promise((_resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
    });
  };
  return { world: { ...world, run: (id: string) => world.run(id, 1, over) }, turnId, sessionId, stop };
}

it('a stop while the history is summarised between steps keeps results, and what was written waits for its own turn', async () => {
  const { world, turnId, sessionId, stop } = await aTurn((_, request) => stop(request));
  expect(await world.run(turnId)).toMatchObject({ route: 'done' });
  expect(await world.turn(turnId)).toMatchObject({ state: 'stopped', end: { reason: 'Stopped.' } });
  expect((await world.messages(sessionId)).map(({ role, post }) => post?.text ?? role)).toEqual([
    'look',
    'assistant',
    'tool',
    'and the totals',
  ]);
  const session = await world.session(sessionId);
  expect(session).toMatchObject({ state: 'active', queueLength: 0 });
  expect(session.activeTurnId).not.toBe(turnId);
});

it('a stop while it is summarised behind the answer leaves the answer’s turn completed', async () => {
  const { world, turnId, sessionId, stop } = await aTurn(async (summaries, request) =>
    summaries === 1 ? 'Looked.' : stop(request),
  );
  expect(await world.run(turnId)).toMatchObject({ route: 'done' });
  expect(await world.turn(turnId)).toMatchObject({ state: 'completed', compactions: 1 });
  expect(await world.turn(turnId)).not.toHaveProperty('ending');
  expect(await world.session(sessionId)).toMatchObject({ state: 'idle', queueLength: 0 });
});

it('a summary that is waited for takes up what was written once', async () => {
  const { world, turnId, sessionId } = await aTurn(async (summaries) => {
    if (summaries < 3) throw new ModelError({ retryable: true, code: 'overloaded', sentence: 'Busy.' });
    return 'Looked.';
  });
  expect(await driveTurn(world, turnId)).toMatchObject({ route: 'done', waits: 2 });
  const texts = (await world.messages(sessionId)).flatMap(({ post }) => post?.text ?? []);
  expect(texts).toEqual(['look', 'and the totals']);
  expect(await world.session(sessionId)).toMatchObject({ state: 'idle', queueLength: 0 });
});

it('crashes are forgiven by a summary that was stored', async () => {
  const breaks = Array.from({ length: 5 }, () => () => Promise.reject(new TypeError('nobody foresaw this')));
  const world = createTurnWorld({
    tools: [tool('look', async () => 'seen '.repeat(200))],
    script: [
      { ...calls({ name: 'look' }), ...used(800) },
      ...breaks,
      { ...says('Looked.'), ...used(50) },
      ...breaks,
      says('All seen.'),
    ],
  });
  const { turnId } = await world.admit();
  const over = { models: { demo: { contextTokens: 1_000 } } };
  const small = { ...world, run: (id: string) => world.run(id, 1, over) };
  expect(await driveTurn(small, turnId)).toMatchObject({ route: 'done', broken: 10 });
  expect(await world.turn(turnId)).toMatchObject({ state: 'completed', compactions: 1 });
});
