import { describe, expect, it } from 'vitest';
import { aPost, createTurnWorld, says } from '../../test/support/turn-world.ts';
import type { CallModel } from '../models/contract.ts';

const typesOf = (chunks: readonly { type: string }[]) => chunks.map(({ type }) => type);

describe('54 a title beside the turn', () => {
  const titled = { titleModel: 'demo' };
  const isTitle = ({ instructions }: Parameters<CallModel>[0]) => instructions.startsWith('Write a title');

  it('is given in the first run, shown in the log, and not asked for again', async () => {
    let release = () => {};
    const given = new Promise<void>((resolve) => {
      release = resolve;
    });
    const world = createTurnWorld();
    const callModel: CallModel = async (request, onChunk) => {
      if (!isTitle(request)) {
        await given;
        return world.deps.callModel(request, onChunk);
      }
      const answer = {
        ...says('Greeting'),
        messages: [],
        toolCalls: [],
        finishReason: 'stop',
        text: 'Greeting',
      };
      setTimeout(release, 20);
      return { ...answer, usage: { inputTokens: 1, outputTokens: 1 } };
    };
    const first = await world.admit(aPost({ threadTs: '5.5' }));
    await world.run(first.turnId, 1, { ...titled, callModel });
    expect(await world.session(first.sessionId)).toMatchObject({ title: 'Greeting', titleBy: 'model' });
    expect(await world.chunks(first.turnId)).toContainEqual({
      type: 'data-title',
      data: { title: 'Greeting' },
    });
    const { turnId } = first;
    expect(world.wakes).toContainEqual({ v: 1, kind: 'flush', turnId, title: { text: 'Greeting' } });
    const second = await world.admit(aPost({ threadTs: '5.5' }));
    const asked: boolean[] = [];
    await world.run(second.turnId, 1, {
      ...titled,
      callModel: (request, onChunk) => {
        asked.push(isTitle(request));
        return world.deps.callModel(request, onChunk);
      },
    });
    expect(asked).toEqual([false]);
  });

  it('that comes at any moment of the end leaves the one finish chunk where it is', async () => {
    for (let writes = 1; writes <= 12; writes++) {
      const world = createTurnWorld();
      let give = () => {};
      const asked = new Promise<void>((resolve) => {
        give = resolve;
      });
      const callModel: CallModel = async (request, onChunk) => {
        if (!isTitle(request)) return world.deps.callModel(request, onChunk);
        await asked;
        return {
          messages: [],
          text: 'Greeting',
          toolCalls: [],
          finishReason: 'stop',
          usage: { inputTokens: 1, outputTokens: 1 },
        };
      };
      const { turnId, sessionId } = await world.admit();
      let count = 0;
      world.store.beforeWrite = () => {
        if (++count === writes) give();
      };
      setTimeout(give, 100);
      expect(await world.run(turnId, 1, { ...titled, callModel })).toMatchObject({ route: 'done' });
      const chunks = await world.chunks(turnId);
      expect(typesOf(chunks).filter((type) => type === 'finish')).toHaveLength(1);
      expect(typesOf(chunks).at(-1)).toBe('finish');
      expect((await world.session(sessionId)).title).toBe('Greeting');
      expect(world.wakes.filter((wake) => 'title' in wake)).toMatchObject([{ title: { text: 'Greeting' } }]);
    }
  });
});
