import { describe, expect, it } from 'vitest';
import { aPost, createTurnWorld } from '../../test/support/turn-world.ts';
import { ModelError } from '../models/contract.ts';
import { keys } from '../store/keys.ts';
import { giveTitle, type TitleDeps } from './give-title.ts';

async function scene(answer: () => Promise<string>, text = 'Please check the release notes of #123 today') {
  const world = createTurnWorld();
  const { turnId, sessionId } = await world.admit(aPost({ text }));
  const turn = await world.turn(turnId);
  const deps: TitleDeps = {
    ...world.deps,
    callModel: async () => ({
      messages: [],
      text: await answer(),
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 20, outputTokens: 4 },
    }),
  };
  const give = () =>
    giveTitle(deps, { turn, text, model: { model: 'demo' }, signal: new AbortController().signal });
  return { world, sessionId, give };
}

describe('54 a session’s title', () => {
  it('is the model’s, stored once', async () => {
    const { world, sessionId, give } = await scene(async () => 'Release notes of #123');
    const before = await world.session(sessionId);
    expect(await give()).toEqual({
      title: 'Release notes of #123',
      usage: { inputTokens: 20, outputTokens: 4 },
    });
    expect(await world.session(sessionId)).toEqual({
      ...before,
      title: 'Release notes of #123',
      titleBy: 'model',
      version: before.version + 1,
    });
    expect(await give()).toEqual({ usage: { inputTokens: 20, outputTokens: 4 } });
  });

  it('K-34 an excuse gives way to the person’s own first words', async () => {
    const { give } = await scene(async () => 'I cannot browse to that page.');
    expect(await give()).toMatchObject({ title: 'Please check the release notes of…' });
  });

  it('a model that fails costs nothing but its title', async () => {
    const { give } = await scene(() =>
      Promise.reject(new ModelError({ retryable: true, code: 'server', sentence: 'Broken.' })),
    );
    expect(await give()).toEqual({ title: 'Please check the release notes of…' });
  });

  it('K-35 a person’s name that came meanwhile stays', async () => {
    const { world, sessionId, give } = await scene(async () => {
      await world.store.update({
        key: keys.session(sessionId),
        set: { title: 'Mine', titleBy: 'person' },
        add: { version: 1 },
      });
      return 'Release notes';
    });
    expect((await give()).title).toBeUndefined();
    expect(await world.session(sessionId)).toMatchObject({ title: 'Mine', titleBy: 'person' });
  });
});
