import { describe, expect, it } from 'vitest';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { ModelError } from '../models/contract.ts';
import { keys } from '../store/keys.ts';
import type { UsageRecord } from './record.ts';

const look = () => tool('look', async () => 'seen');

describe('usage', () => {
  it('each model call has a record of its own, for its person, channel and workspace; the end has the sum', async () => {
    const world = createTurnWorld({
      tools: [look()],
      script: [
        {
          ...calls({ name: 'look' }),
          usage: { inputTokens: 10, outputTokens: 5, cacheReadTokens: 8, costUsd: 0.1 },
        },
        { ...says('Done.'), usage: { inputTokens: 20, outputTokens: 6, costUsd: 0.2 } },
      ],
    });
    const { turnId } = await world.admit();
    await world.run(turnId);
    const turn = await world.turn(turnId);
    const records = await world.store.query<UsageRecord>({ pk: keys.turn(turnId).pk, prefix: 'USAGE#' });
    expect(
      records.map(({ kind, step: n, model, userId, usage }) => [kind, n, model, userId, usage.costUsd]),
    ).toEqual([
      ['step', 0, 'demo', turn.requester.userId, 0.1],
      ['step', 1, 'demo', turn.requester.userId, 0.2],
    ]);
    const sum = { inputTokens: 30, outputTokens: 11, cacheReadTokens: 8, costUsd: 0.3 };
    expect(turn.usage).toEqual(sum);
    const finish = (await world.chunks(turnId)).at(-1);
    expect(finish).toMatchObject({ type: 'finish', messageMetadata: { usage: sum } });
  });

  it('T-63 an answer to the second request stands beside what was only thought, and a cut one as well', async () => {
    const thought = {
      messages: [{ role: 'assistant' as const, content: [{ type: 'reasoning' as const, text: 'Hm.' }] }],
      usage: { inputTokens: 10, outputTokens: 7 },
    };
    for (const second of [
      { ...says('Forty-two.'), usage: { inputTokens: 12, outputTokens: 3 } },
      { usage: { inputTokens: 12, outputTokens: 0 } },
    ]) {
      const world = createTurnWorld({ script: [thought, second] });
      const { turnId } = await world.admit();
      await world.run(turnId);
      expect(await inputTokensOf(world, turnId)).toEqual([10, 12]);
      expect((await world.turn(turnId)).usage.inputTokens).toBe(22);
    }
  });

  it('what a failed answer cost is in the sum', async () => {
    const world = createTurnWorld({
      script: [
        { usage: { inputTokens: 30, outputTokens: 0 } },
        { ...says('There.'), usage: { inputTokens: 40, outputTokens: 2 } },
      ],
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'backoff' });
    expect((await world.turn(turnId)).usage.inputTokens).toBe(30);
    world.advance(60_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(await inputTokensOf(world, turnId)).toEqual([30, 40]);
    expect((await world.turn(turnId)).usage.inputTokens).toBe(70);
  });

  it('50 so is what summaries cost that were of no use', async () => {
    const refuse = () =>
      Promise.reject(new ModelError({ retryable: false, code: 'context', sentence: 'Too long.' }));
    const world = createTurnWorld({
      script: [
        { ...says('First answer.'), usage: { inputTokens: 20, outputTokens: 0 } },
        refuse,
        { text: '', usage: { inputTokens: 50, outputTokens: 0 } },
      ],
    });
    const first = await world.admit(aPost({ threadTs: '5.5' }));
    await world.run(first.turnId);
    const { turnId } = await world.admit(aPost({ threadTs: '5.5' }));
    expect(await world.run(turnId)).toMatchObject({ route: 'failed' });
    expect(await inputTokensOf(world, turnId)).toEqual([50]);
    expect((await world.turn(turnId)).usage.inputTokens).toBe(50);
  });

  it('a turn’s record tells how long it was worked on, up to its end', async () => {
    const world = createTurnWorld({
      script: [
        async () => {
          world.advance(5_000);
          return says('Done.');
        },
      ],
    });
    const { turnId } = await world.admit();
    await world.run(turnId);
    expect((await world.turn(turnId)).workedMs).toBe(5_000);
  });
});

async function inputTokensOf({ store }: ReturnType<typeof createTurnWorld>, turnId: string) {
  const records = await store.query<UsageRecord>({ pk: keys.turn(turnId).pk, prefix: 'USAGE#' });
  return records.map(({ usage }) => usage.inputTokens);
}
