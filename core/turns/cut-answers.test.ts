import { expect, it } from 'vitest';
import { driveTurn } from '../../test/support/drive-turn.ts';
import { mortalRun } from '../../test/support/mortal-run.ts';
import { calls, createTurnWorld, tool } from '../../test/support/turn-world.ts';
import { type CallModel, CONTINUE_REQUEST, type ModelAnswer } from '../models/contract.ts';
import { ANSWER_REQUEST } from './judge-answer.ts';

const none: ModelAnswer = {
  messages: [],
  text: '',
  toolCalls: [],
  finishReason: 'stop',
  usage: { inputTokens: 1, outputTokens: 1 },
};
const said = (text: string): ModelAnswer => ({
  ...none,
  text,
  messages: [{ role: 'assistant', content: text }],
});
const lastOf = ({ messages }: Parameters<CallModel>[0]) => messages.at(-1)?.content;

it('an answer that was cut before it said anything is asked for anew, not continued', async () => {
  const world = createTurnWorld();
  const { turnId } = await world.admit();
  const asked: unknown[] = [];
  const callModel: CallModel = async (request) => {
    asked.push(lastOf(request));
    if (asked.length > 1) return said('There.');
    return new Promise((_resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
    });
  };
  expect(await world.run(turnId, 1, { callModel, remainingMs: () => 60_500 })).toMatchObject({
    route: 'again',
  });
  expect(await world.run(turnId, 1, { callModel })).toMatchObject({ route: 'done' });
  expect(asked).toEqual(['hello', 'hello']);
});

it('K-45, T-63 a turn that was asked a second time and then cut, killed at any write: one answer, one call', async () => {
  // A call that is cut takes a second: all turns at once.
  const killedAt = async (write: number) => {
    let made = 0;
    const look = tool('look', async () => `seen ${++made}`, { effect: 'read' });
    const world = createTurnWorld({ tools: [look] });
    const { turnId, sessionId } = await world.admit();
    const cut = { on: true };
    const callModel: CallModel = async (request, onChunk) => {
      const read = JSON.stringify(request.messages);
      if (!read.includes('seen')) return { ...none, ...calls({ name: 'look' }) };
      const last = lastOf(request);
      if (last === CONTINUE_REQUEST) return said('answer-end');
      if (last !== ANSWER_REQUEST)
        return { ...none, messages: [{ role: 'assistant', content: [{ type: 'reasoning', text: 'Hm.' }] }] };
      onChunk({ type: 'text-delta', id: '0', delta: 'answer-begins' });
      if (!cut.on) return said('answer-whole');
      cut.on = false;
      return new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
      });
    };
    const run = mortalRun({ ...world.deps, callModel }, { write, when: 'before' });
    const remainingMs = () => (cut.on ? 60_500 : 900_000);
    // Each run has time for one call: a handful of runs may die.
    for (let runs = 0; runs < 5 && !run.dead; runs++)
      await world.run(turnId, 1, { ...run.deps, remainingMs }).catch(() => {});
    world.advance(16_000);
    const alive = { ...world, run: (id: string) => world.run(id, 1, { callModel }) };
    cut.on = false;
    expect(await driveTurn(alive, turnId)).toMatchObject({ route: 'done' });
    const texts = (await world.messages(sessionId)).map(({ body }) => body ?? '');
    expect(texts.filter((text) => text.includes('answer-whole') || text.includes('answer-end'))).toHaveLength(
      1,
    );
    expect(texts.filter((text) => text.includes('tool-call'))).toHaveLength(1);
    const types = (await world.chunks(turnId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'finish')).toHaveLength(1);
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle' });
    return run.dead;
  };
  const died = await Promise.all(Array.from({ length: 24 }, (_, n) => killedAt(n + 1)));
  expect(died.filter(Boolean).length).toBeGreaterThan(10);
});
