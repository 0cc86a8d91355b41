import { describe, expect, it } from 'vitest';
import { aPost, createTurnWorld } from '../../test/support/turn-world.ts';
import { ModelError } from '../models/contract.ts';
import { SlackCallError } from '../slack/api.ts';
import { keys } from '../store/keys.ts';
import { giveTitle, type TitleDeps } from './give-title.ts';

async function scene(answer: () => Promise<string>, text = 'Please check the release notes of #123 today') {
  const world = createTurnWorld();
  const { turnId, sessionId } = await world.admit(aPost({ text }));
  const turn = await world.turn(turnId);
  const renamed: unknown[] = [];
  const deps: TitleDeps = {
    ...world.deps,
    callModel: async () => ({
      messages: [],
      text: await answer(),
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 20, outputTokens: 4 },
    }),
    findInstallation: async () => ({ botToken: 'xoxb-1', botUserId: 'UBOT' }) as never,
    connectSlack: () => ({
      call: async (method: string, args: Record<string, unknown>) => {
        renamed.push([method, args]);
        throw new SlackCallError(method, { kind: 'platform', code: 'session_not_found', messages: [] });
      },
    }),
  };
  const give = () =>
    giveTitle(deps, { turn, text, model: { model: 'demo' }, signal: new AbortController().signal });
  return { world, sessionId, give, renamed, turn };
}

describe('54 a session’s title', () => {
  it('is the model’s, stored once, and told to Slack, whose refusal changes nothing', async () => {
    const { world, sessionId, give, renamed, turn } = await scene(async () => 'Release notes of #123');
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
    expect(renamed).toEqual([
      [
        'agents.sessions.rename',
        { channel_id: turn.channel, thread_ts: turn.threadTs, title: 'Release notes of #123' },
      ],
    ]);
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
    const { world, sessionId, give, renamed } = await scene(async () => {
      await world.store.update({
        key: keys.session(sessionId),
        set: { title: 'Mine', titleBy: 'person' },
        add: { version: 1 },
      });
      return 'Release notes';
    });
    expect((await give()).title).toBeUndefined();
    expect(await world.session(sessionId)).toMatchObject({ title: 'Mine', titleBy: 'person' });
    expect(renamed).toEqual([]);
  });
});
