import { describe, expect, it } from 'vitest';
import { driveTurn } from '../../test/support/drive-turn.ts';
import { mortalRun } from '../../test/support/mortal-run.ts';
import { aPost, createTurnWorld, says, type TurnWorldOptions } from '../../test/support/turn-world.ts';
import { requestCompaction } from '../compaction/manual.ts';
import { type CallModel, ModelError } from '../models/contract.ts';
import { stopTurn } from './stop.ts';

const questions = ['question-1', 'question-2', 'question-3'];
const isSummary = ({ instructions }: Parameters<CallModel>[0]) => instructions.startsWith('You summarise');
const summary = says('They asked question-1, question-2 and question-3.');
const busy = () =>
  Promise.reject(new ModelError({ retryable: true, code: 'overloaded', sentence: 'The model is busy.' }));

/** A session with a conversation, and a turn that somebody asked for to summarise it. */
async function askedWorld({ script = [], ...options }: TurnWorldOptions = {}) {
  const answers = questions.map((_, n) => says(`Answer ${n}. `.repeat(30)));
  const world = createTurnWorld({ script: [...answers, ...script], ...options });
  let sessionId = '';
  for (const text of questions) {
    const asked = await world.admit(aPost({ threadTs: '5.5', text }));
    await world.run(asked.turnId);
    sessionId = asked.sessionId;
  }
  expect(await requestCompaction(world.deps, sessionId, 'cli')).toBe('started');
  const turnId = (await world.session(sessionId)).activeTurnId ?? '';
  /** Asks on. @returns what the model read */
  const askOn = async (messageTs = '9.9') => {
    const next = await world.admit(aPost({ threadTs: '5.5', text: 'question-4', messageTs }));
    const { activeTurnId } = await world.session(sessionId);
    expect(activeTurnId).toBe(next.turnId);
    expect(await driveTurn(world, next.turnId)).toMatchObject({ route: 'done' });
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle', queueLength: 0 });
    expect((await world.messages(sessionId)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const read = world.requests.at(-1)?.messages ?? [];
    for (const text of [...questions, 'question-4']) expect(JSON.stringify(read)).toContain(text);
    return read;
  };
  return { world, sessionId, turnId, askOn };
}

describe('48 a compaction that was asked for by hand', () => {
  it('is waited for where the model is busy', async () => {
    const { world, turnId, askOn } = await askedWorld({ script: [busy, busy, summary, says('Fourth.')] });
    expect(await driveTurn(world, turnId)).toMatchObject({ route: 'done', waits: 2 });
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed', compactions: 1 });
    expect(await askOn()).toHaveLength(2);
  });

  it('can be stopped in its call, and the conversation is as it was', async () => {
    const { world, turnId, sessionId, askOn } = await askedWorld();
    const callModel: CallModel = async (request) => {
      await stopTurn(world.deps, { turnId, by: 'U1' });
      world.advance(3_000);
      return new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
      });
    };
    expect(await world.run(turnId, 1, { callModel })).toMatchObject({ route: 'done' });
    expect(await world.turn(turnId)).toMatchObject({ state: 'stopped' });
    expect((await world.session(sessionId)).checkpoint).toBeUndefined();
    expect(await askOn()).toHaveLength(7);
  });

  it('gives way to a message where its agent’s door says so', async () => {
    const { world, turnId, sessionId } = await askedWorld({ door: { whileBusy: 'interrupt' } });
    const callModel: CallModel = async (request, onChunk) => {
      if (!isSummary(request)) return world.deps.callModel(request, onChunk);
      await world.admit(aPost({ threadTs: '5.5', text: 'question-4' }));
      world.advance(3_000);
      return new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
      });
    };
    expect(await world.run(turnId, 1, { callModel })).toMatchObject({ route: 'done' });
    const { activeTurnId } = await world.session(sessionId);
    expect(await driveTurn(world, activeTurnId ?? '')).toMatchObject({ route: 'done' });
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle', queueLength: 0 });
    expect(world.requests.at(-1)?.messages.map(({ role }) => role)).toEqual([
      ...questions.flatMap(() => ['user', 'assistant']),
      'user',
    ]);
  });

  it('K-45 that is killed at any write ends once, and the next turn reads all', async () => {
    let died = 0;
    for (let write = 1; write <= 12; write++)
      for (const when of ['before', 'after'] as const) {
        const { world, turnId, askOn } = await askedWorld();
        const callModel: CallModel = async (request, onChunk) => {
          const answer = await world.deps.callModel(request, onChunk);
          return isSummary(request) ? { ...answer, ...summary } : answer;
        };
        const run = mortalRun({ ...world.deps, callModel }, { write, when });
        await world.run(turnId, 1, run.deps).catch(() => {});
        if (run.dead) died++;
        world.advance(16_000);
        const alive = { ...world, run: (id: string) => world.run(id, 1, { callModel }) };
        expect(await driveTurn(alive, turnId)).toMatchObject({ route: 'done' });
        expect(await world.turn(turnId)).toMatchObject({ state: 'completed', compactions: 1 });
        const types = (await world.chunks(turnId)).map(({ type }) => type);
        expect(types.filter((type) => type === 'finish')).toHaveLength(1);
        expect(types.at(-1)).toBe('finish');
        expect(await askOn()).toHaveLength(2);
      }
    expect(died).toBeGreaterThan(8);
  });

  it('that takes longer than a run ends with a sentence', async () => {
    let summaries = 0;
    const { world, turnId } = await askedWorld({ limits: { compactionsPerTurn: 1 } });
    const callModel: CallModel = async (request) => {
      summaries++;
      return new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
      });
    };
    const run = () => world.run(turnId, 1, { callModel, remainingMs: () => 60_500 });
    for (const route of ['again', 'failed']) expect(await run()).toMatchObject({ route });
    expect(summaries).toBe(1);
    expect((await world.turn(turnId)).end?.reason).toContain('took too long');
  });
});
