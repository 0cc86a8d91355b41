import { describe, expect, it } from 'vitest';
import { driveTurn } from '../../test/support/drive-turn.ts';
import { createPausedWorld } from '../../test/support/paused-world.ts';
import { calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { touches } from '../../test/support/turn-writes.ts';
import { type CallModel, ModelError } from '../models/contract.ts';
import { keys } from '../store/keys.ts';
import type { CallRecord } from './record.ts';

const breaks = () => Promise.reject(new TypeError('nobody foresaw this'));
const isBusy = () =>
  Promise.reject(new ModelError({ retryable: true, code: 'overloaded', sentence: 'The model is busy.' }));
const many = <T>(length: number, one: T): T[] => Array.from({ length }, () => one);
/** Lets all that is under way go on until it waits for something else. */
const others = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a run that breaks every time', () => {
  it('ends the turn with a sentence after a handful of runs, however often the state machine waited', async () => {
    const world = createTurnWorld({ script: many(100, breaks) });
    const { turnId, sessionId } = await world.admit();
    const driven = await driveTurn(world, turnId);
    // Each crash leaves a lease behind, and waiting for its end begins the state machine's count anew.
    expect(driven).toMatchObject({ route: 'failed', broken: 6 });
    expect(driven.waits).toBeGreaterThanOrEqual(6);
    expect(await world.turn(turnId)).toMatchObject({
      state: 'failed',
      end: { reason: expect.stringMatching(/gave up.*ask again/i) },
    });
    expect((await world.session(sessionId)).state).toBe('idle');
  });

  it('ends it where a tool’s result cannot be stored as well', async () => {
    const look = tool('look', async () => 'seen');
    const world = createTurnWorld({ script: [calls({ name: 'look' })], tools: [look] });
    const { turnId } = await world.admit();
    world.store.beforeWrite = (actions) => {
      if (touches(actions, 'CALL#')) throw new Error('No room for calls.');
    };
    expect(await driveTurn(world, turnId)).toMatchObject({ route: 'failed', broken: 6 });
    expect((await world.turn(turnId)).end?.reason).toMatch(/gave up/);
  });

  it('is counted over failures of the model that were waited out in between', async () => {
    const world = createTurnWorld({
      script: many(20, [breaks, isBusy]).flat(),
      limits: { modelAttempts: 50 },
    });
    const { turnId } = await world.admit();
    expect(await driveTurn(world, turnId)).toMatchObject({ route: 'failed', broken: 6 });
    expect((await world.turn(turnId)).end?.reason).toMatch(/gave up/);
  });

  it('is forgiven by a step that was committed', async () => {
    const look = tool('look', async () => 'seen');
    const world = createTurnWorld({
      script: [...many(5, breaks), calls({ name: 'look' }), ...many(5, breaks), says('Done after all.')],
      tools: [look],
    });
    const { turnId } = await world.admit();
    expect(await driveTurn(world, turnId)).toMatchObject({ route: 'done', broken: 10 });
    expect(await world.turn(turnId)).toMatchObject({ state: 'completed', step: 2 });
  });

  it('tells people that an answer begins anew whose beginning they saw', async () => {
    const world = createTurnWorld({ script: [says('One two three.')] });
    const { turnId } = await world.admit();
    const shown = Promise.withResolvers<void>();
    world.store.beforeWrite = (actions) => {
      if (JSON.stringify(actions).includes('One two')) shown.resolve();
    };
    const callModel: CallModel = async (_, onChunk) => {
      onChunk({ type: 'text-start', id: '0' });
      onChunk({ type: 'text-delta', id: '0', delta: 'One two' });
      await shown.promise;
      return breaks();
    };
    await expect(world.run(turnId, 1, { callModel })).rejects.toThrow('nobody foresaw');
    expect(await driveTurn(world, turnId)).toMatchObject({ route: 'done' });
    const told = (await world.chunks(turnId)).flatMap((chunk) =>
      chunk.type === 'text-delta' ? [chunk.delta] : chunk.type === 'data-retry' ? [chunk.type] : [],
    );
    expect(told).toEqual(['One two', 'data-retry', 'One two three.']);
  });

  it('T-62 tells it behind a step whose tools had all answered too, and only then', async () => {
    const look = tool('look', async () => 'seen');
    const world = createTurnWorld({
      script: [calls({ name: 'look' }), says('One two three.')],
      tools: [look],
    });
    const { turnId } = await world.admit();
    const shown = Promise.withResolvers<void>();
    world.store.beforeWrite = (actions) => {
      if (JSON.stringify(actions).includes('One two')) shown.resolve();
    };
    const { callModel } = world.deps;
    const breaking: CallModel = async (request, onChunk) => {
      if (request.step === 0) return callModel(request, onChunk);
      onChunk({ type: 'text-start', id: '0' });
      onChunk({ type: 'text-delta', id: '0', delta: 'One two' });
      await shown.promise;
      return breaks();
    };
    await expect(world.run(turnId, 1, { callModel: breaking })).rejects.toThrow('nobody foresaw');
    expect(await driveTurn(world, turnId)).toMatchObject({ route: 'done' });
    const told = (await world.chunks(turnId)).flatMap((chunk) =>
      chunk.type === 'text-delta' ? [chunk.delta] : chunk.type === 'data-retry' ? [chunk.type] : [],
    );
    expect(told).toEqual(['One two', 'data-retry', 'One two three.']);
  });
});

describe('a call and a run that broke', () => {
  it('an approved call that had not begun is made by the next run', async () => {
    const { world, turnId, decide, ran } = await createPausedWorld({ token: 'token-1' });
    await decide('approved');
    const failed = Promise.withResolvers<void>();
    let broken = false;
    world.store.beforeWrite = async (actions) => {
      if (!broken && touches(actions, 'CHUNK#')) {
        broken = true;
        failed.resolve();
        throw new Error('No room for chunks.');
      }
      // The intent is on its way while the log's write fails.
      if (touches(actions, 'CALL#')) {
        await failed.promise;
        await others();
      }
    };
    await expect(world.run(turnId)).rejects.toThrow('No room for chunks.');
    expect(ran()).toBe(0);
    expect(await world.store.get(keys.call(turnId, 'announce-0'))).toBeUndefined();
    delete world.store.beforeWrite;
    expect(await driveTurn(world, turnId)).toMatchObject({ route: 'done' });
    expect(ran()).toBe(1);
    expect(world.toolResults()).toMatchObject([{ value: 'ran 1' }]);
  });

  it('an approved call whose workspace could not be looked up is made by the next run', async () => {
    const { world, turnId, decide, ran } = await createPausedWorld({ token: 'token-1' });
    await decide('approved');
    const findInstallation = () => Promise.reject(new Error('KMS is throttling.'));
    await expect(world.run(turnId, 1, { findInstallation })).rejects.toThrow('KMS');
    expect(await driveTurn(world, turnId)).toMatchObject({ route: 'done' });
    expect(ran()).toBe(1);
    expect(world.toolResults()).toMatchObject([{ value: 'ran 1' }]);
  });

  it('a read that the broken run cut off is repeated, and what it said then is no result', async () => {
    let ran = 0;
    const look = tool('look', async (_, { signal }) => {
      if (++ran > 1) return 'seen';
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    });
    const world = createTurnWorld({ script: [calls({ name: 'look' }), says('Ok.')], tools: [look] });
    const { turnId } = await world.admit();
    let broken = false;
    world.store.beforeWrite = (actions) => {
      if (broken || ran === 0 || !touches(actions, 'CHUNK#')) return;
      broken = true;
      throw new Error('No room for chunks.');
    };
    await expect(world.run(turnId)).rejects.toThrow('No room for chunks.');
    expect(await driveTurn(world, turnId)).toMatchObject({ route: 'done' });
    expect(ran).toBe(2);
    expect(world.toolResults()).toMatchObject([{ value: 'seen' }]);
  });

  it('an outcome is not overwritten by a run that lost the turn', async () => {
    const gate = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    let ran = 0;
    const look = tool('look', async () => {
      if (++ran > 1) return 'from the second run';
      entered.resolve();
      await gate.promise;
      return 'from the run that lost';
    });
    const world = createTurnWorld({ script: [calls({ name: 'look' }), says('Ok.')], tools: [look] });
    const { turnId } = await world.admit();
    const lost = world.run(turnId);
    await entered.promise;
    world.advance(16_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    gate.resolve();
    expect(await lost).toMatchObject({ route: 'done' });
    const call = await world.store.get<CallRecord>(keys.call(turnId, 'look-0'));
    expect(call).toMatchObject({ fence: 2, outcome: expect.stringContaining('second run') });
  });
});
