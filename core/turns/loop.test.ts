import { describe, expect, it } from 'vitest';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { ModelError } from '../models/contract.ts';

describe('52 follow-ups', () => {
  const steering = { takesFollowUps: () => true };

  it('are taken up behind the next tool result, once, and do not become turns of their own', async () => {
    const world = createTurnWorld({
      tools: [
        tool('look', async () => {
          await world.admit(
            aPost({ threadTs: '5.5', text: 'and the totals', eventId: 'EvF', messageTs: '6.6' }),
          );
          return 'seen';
        }),
      ],
      script: [calls({ name: 'look' }), says('With totals.')],
    });
    const { turnId, sessionId } = await world.admit(aPost({ threadTs: '5.5' }));
    expect(await world.run(turnId, 1, steering)).toMatchObject({ route: 'done' });
    expect(JSON.stringify(world.requests.at(-1)?.messages)).toContain('and the totals');
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle', queueLength: 0 });
    expect((await world.messages(sessionId)).map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'user',
      'assistant',
    ]);
    expect((await world.chunks(turnId)).filter(({ type }) => type === 'data-follow-up')).toHaveLength(1);
    // Its twin, or a repeated delivery, starts nothing.
    const again = await world.admit(aPost({ threadTs: '5.5', eventId: 'EvF2', messageTs: '6.6' }));
    expect(again.outcome).toBe('duplicate');
  });

  it('that the step did not come to store wait on and are taken up by the next run', async () => {
    const world = createTurnWorld({
      tools: [
        tool('look', async () => {
          await world.admit(aPost({ threadTs: '5.5', text: 'and the totals' }));
          return 'seen';
        }),
      ],
      script: [
        calls({ name: 'look' }),
        () => Promise.reject(new ModelError({ retryable: true, code: 'server', sentence: 'Broken.' })),
        calls({ name: 'look', id: 'again' }),
        says('Done.'),
      ],
    });
    const { turnId, sessionId } = await world.admit(aPost({ threadTs: '5.5' }));
    expect(await world.run(turnId, 1, steering)).toMatchObject({ route: 'backoff' });
    expect((await world.session(sessionId)).queueLength).toBe(1);
    world.advance(60_000);
    expect(await world.run(turnId, 1, steering)).toMatchObject({ route: 'done' });
    expect((await world.session(sessionId)).queueLength).toBe(0);
    const posts = (await world.messages(sessionId)).filter(({ role }) => role === 'user');
    expect(posts.map(({ post }) => post?.text)).toEqual([
      expect.any(String),
      'and the totals',
      'and the totals',
    ]);
  });
});

describe('59 loop breakers', () => {
  it('T-56 five calls in a row without arguments end the turn with a sentence', async () => {
    const strict = tool('look', async () => 'seen');
    const empty = (id: string) => {
      const { toolCalls = [], ...answer } = calls({ name: 'look', id });
      return { ...answer, toolCalls: toolCalls.map((call) => ({ ...call, invalid: 'what: is required' })) };
    };
    const world = createTurnWorld({
      tools: [strict],
      script: ['a', 'b', 'c', 'd', 'e', 'f'].map(empty),
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'failed' });
    expect(world.requests).toHaveLength(5);
    expect((await world.turn(turnId)).end?.reason).toContain('5 times in a row');
  });

  it('T-56 the third identical failure tells the model to stop it, across runs', async () => {
    const world = createTurnWorld({
      tools: [tool('look', () => Promise.reject(new Error('no such thing')))],
      script: [
        calls({ name: 'look', id: 'a', input: { at: 1 } }),
        calls({ name: 'look', id: 'b', input: { at: 1 } }),
        () => Promise.reject(new ModelError({ retryable: true, code: 'server', sentence: 'Broken.' })),
        calls({ name: 'look', id: 'c', input: { at: 1 } }),
        says('I give up.'),
      ],
    });
    const { turnId } = await world.admit();
    await world.run(turnId);
    world.advance(60_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(JSON.stringify(world.toolResults().at(-1))).toContain(
      'Do not call it again with the same arguments',
    );
  });

  it('T-63 a model that only thought is asked once more, and nothing of that is stored', async () => {
    const thought = {
      messages: [{ role: 'assistant' as const, content: [{ type: 'reasoning' as const, text: 'Hm.' }] }],
      usage: { inputTokens: 10, outputTokens: 7 },
    };
    const world = createTurnWorld({ script: [thought, says('Forty-two.')] });
    const { turnId, sessionId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(String(world.requests[1]?.messages.at(-1)?.content)).toContain('You have not answered yet');
    expect((await world.messages(sessionId)).map(({ body }) => body ?? 'post')).toEqual([
      'post',
      JSON.stringify({ role: 'assistant', content: 'Forty-two.' }),
    ]);
    expect((await world.turn(turnId)).usage).toMatchObject({ inputTokens: 20, outputTokens: 12 });
  });

  it('T-57 an empty answer is tried again', async () => {
    const world = createTurnWorld({ script: [{}, says('There.')] });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'backoff' });
    world.advance(10_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
  });
});

describe('what a turn may take', () => {
  it('steps: as many as set, never more than 1,200', async () => {
    const world = createTurnWorld({
      tools: [tool('look', async () => 'seen')],
      limits: { stepsPerTurn: 2 },
      script: [1, 2, 3].map((n) => calls({ name: 'look', id: `c${n}` })),
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'failed' });
    expect((await world.turn(turnId)).end?.reason).toContain('more than 2 steps');
  });

  it('time: of its runs, not of its waits', async () => {
    const world = createTurnWorld({
      tools: [
        tool('look', async () => {
          world.advance(3_600_000);
          return 'seen';
        }),
      ],
      limits: { turnMs: 5_400_000 },
      script: [
        calls({ name: 'look', id: 'a' }),
        () => Promise.reject(new ModelError({ retryable: true, code: 'server', sentence: 'Broken.' })),
        calls({ name: 'look', id: 'b' }),
        says('No.'),
      ],
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'backoff' });
    world.advance(48 * 3_600_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'failed' });
    expect((await world.turn(turnId)).end?.reason).toContain('for 90 minutes');
  });
});
