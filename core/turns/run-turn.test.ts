import { describe, expect, it } from 'vitest';
import { aPost, calls, createTurnWorld, says, tool } from '../../test/support/turn-world.ts';
import { type CallModel, ModelError } from '../models/contract.ts';
import { keys } from '../store/keys.ts';
import type { StreamChunk } from '../stream/chunks.ts';
import type { CallRecord, StepRecord } from './record.ts';

const types = (chunks: StreamChunk[]) => chunks.map((chunk) => chunk.type);
const overloaded = (retryAfterMs?: number) =>
  new ModelError({
    retryable: true,
    code: 'overloaded',
    sentence: 'The model is busy.',
    ...(retryAfterMs ? { retryAfterMs } : {}),
  });

describe('a plain answer', () => {
  it('is one run: one step, one finish, a free session', async () => {
    const world = createTurnWorld({ script: [says('Hello there.')] });
    const { turnId, sessionId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    const turn = await world.turn(turnId);
    expect(turn).toMatchObject({ state: 'completed', step: 1, usage: { inputTokens: 10, outputTokens: 5 } });
    expect(turn.leaseUntil).toBeUndefined();
    expect(await world.session(sessionId)).toMatchObject({ state: 'idle', lastTurnId: turnId, nextSeq: 3 });
    expect((await world.messages(sessionId)).map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(types(await world.chunks(turnId))).toEqual([
      'start',
      'start-step',
      'text-start',
      'text-delta',
      'text-end',
      'finish',
    ]);
  });

  it('65, T-22: a second run, a settle and a late delivery find the end and write nothing', async () => {
    const world = createTurnWorld();
    const { turnId } = await world.admit();
    await world.run(turnId);
    const before = new Map(world.store.items);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(world.store.items).toEqual(before);
  });
});

describe('tools', () => {
  it('K-14: run side by side, are shown as each is done, and answer in call order', async () => {
    const order: string[] = [];
    const gates = new Map(['a', 'b', 'c'].map((name) => [name, Promise.withResolvers<void>()]));
    const started = Promise.withResolvers<void>();
    let running = 0;
    const gated = (name: string) =>
      tool(name, async () => {
        if (++running === 3) started.resolve();
        await gates.get(name)?.promise;
        order.push(name);
        return name;
      });
    const world = createTurnWorld({
      script: [calls({ name: 'a' }, { name: 'b' }, { name: 'c' }), says('Done.')],
      tools: ['a', 'b', 'c'].map(gated),
    });
    const { turnId } = await world.admit();
    const run = world.run(turnId);
    // Only if all three run at once does the third begin before the first has ended.
    await started.promise;
    for (const name of ['c', 'a', 'b']) {
      gates.get(name)?.resolve();
      await Promise.resolve();
    }
    await run;
    expect(order).toEqual(['c', 'a', 'b']);
    expect(world.toolResults()).toMatchObject([{ value: 'a' }, { value: 'b' }, { value: 'c' }]);
    const outputs = (await world.chunks(turnId)).flatMap((chunk) =>
      chunk.type === 'tool-output-available' ? [chunk.output] : [],
    );
    expect(outputs.sort()).toEqual(['a', 'b', 'c']);
  });

  it('K-45: a tool whose outcome was lost in a crash is not run again, and the model is told so', async () => {
    let ran = 0;
    const write = tool('write', async () => `run ${++ran}`, { effect: 'internal_write' });
    const world = createTurnWorld({ script: [calls({ name: 'write' }), says('Ok.')], tools: [write] });
    Object.assign(world.deps, {
      agents: [
        {
          ...world.deps.agents[0],
          approval: { autonomy: 'full_auto', approvers: { who: 'anyone' }, tools: {} },
        },
      ],
    });
    const { turnId } = await world.admit();
    world.store.beforeWrite = (actions) => {
      for (const action of actions)
        if ('put' in action && 'status' in action.put && action.put.status === 'result')
          throw new Error('The function was ended.');
    };
    await expect(world.run(turnId)).rejects.toThrow('ended');
    delete world.store.beforeWrite;
    world.advance(20_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(ran).toBe(1);
    expect(JSON.stringify(world.toolResults())).toContain('unknown');
    const call = await world.store.get<CallRecord>(keys.call(turnId, 'write-0'));
    expect(call?.status).toBe('unknown');
  });

  it('K-45: a read, or a tool that declared itself idempotent, is run again', async () => {
    let ran = 0;
    const look = tool('look', async () => `run ${++ran}`);
    const world = createTurnWorld({ script: [calls({ name: 'look' }), says('Ok.')], tools: [look] });
    const { turnId } = await world.admit();
    world.store.beforeWrite = (actions) => {
      for (const action of actions)
        if ('put' in action && 'status' in action.put && action.put.status === 'result')
          throw new Error('The function was ended.');
    };
    await expect(world.run(turnId)).rejects.toThrow('ended');
    delete world.store.beforeWrite;
    world.advance(20_000);
    await world.run(turnId);
    expect(ran).toBe(2);
    expect(world.toolResults()).toMatchObject([{ value: 'run 2' }]);
  });

  it('a crash after a step repeats neither its model call nor its tools', async () => {
    let ran = 0;
    const look = tool('look', async () => ++ran);
    const world = createTurnWorld({
      script: [calls({ name: 'look' }), says('first'), says('again')],
      tools: [look],
    });
    const { turnId } = await world.admit();
    let commits = 0;
    world.store.beforeWrite = (actions) => {
      if (actions.length > 1 && ++commits === 2) throw new Error('The function was ended.');
    };
    await expect(world.run(turnId)).rejects.toThrow('ended');
    delete world.store.beforeWrite;
    world.advance(20_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(ran).toBe(1);
    expect(world.requests).toHaveLength(3);
    expect(
      (await world.store.query<StepRecord>({ pk: keys.turn(turnId).pk, prefix: 'STEP#' })).map((s) => s.step),
    ).toEqual([0, 1]);
  });

  it('calls beyond 32 in one step are answered as errors', async () => {
    let ran = 0;
    const look = tool('look', async () => ++ran);
    const many = Array.from({ length: 34 }, (_, n) => ({ name: 'look', id: `c${n}` }));
    const world = createTurnWorld({ script: [calls(...many), says('Ok.')], tools: [look] });
    const { turnId } = await world.admit();
    await world.run(turnId);
    expect(ran).toBe(32);
    expect(world.toolResults()).toHaveLength(34);
  });

  it('an unknown tool goes back to the model as an error', async () => {
    const world = createTurnWorld({ script: [calls({ name: 'missing' }), says('Ok.')] });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(JSON.stringify(world.toolResults())).toContain('no tool named missing');
  });
});

describe('saving as it goes', () => {
  it('80: what was said and done so far is stored before the next call begins', async () => {
    const seen: unknown[] = [];
    const world = createTurnWorld({
      tools: [tool('look', async () => 'seen')],
      script: [
        calls({ name: 'look' }),
        async () => {
          const records = await world.store.query<CallRecord>({ pk: keys.turn(turnId).pk, prefix: 'CALL#' });
          seen.push(...records.map(({ status }) => status));
          seen.push((await world.messages(sessionId)).length, (await world.turn(turnId)).step);
          return says('Done.');
        },
      ],
    });
    const { turnId, sessionId } = await world.admit();
    await world.run(turnId);
    expect(seen).toEqual(['result', 2, 1]);
  });
});

describe('failures of the model', () => {
  it('K-11: are tried once per invocation; waiting is the state machine’s', async () => {
    const world = createTurnWorld({
      script: [
        () => Promise.reject(overloaded(7_500)),
        () => Promise.reject(overloaded()),
        says('Here I am.'),
      ],
    });
    const { turnId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'backoff', waitSeconds: 8 });
    expect(world.requests).toHaveLength(1);
    expect(await world.turn(turnId)).toMatchObject({ state: 'waiting', attempts: 1 });
    // Woken too early, it goes back to waiting for what remains.
    expect(await world.run(turnId)).toMatchObject({ route: 'backoff', waitSeconds: 8 });
    expect(world.requests).toHaveLength(1);
    world.advance(8_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'backoff', waitSeconds: 2 });
    world.advance(2_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    expect(world.requests.map((request) => request.attempt)).toEqual([1, 2, 3]);
    expect(types(await world.chunks(turnId)).filter((type) => type === 'data-retry')).toHaveLength(2);
  });

  it('T-62: behind shown text the log says that the answer begins again', async () => {
    const world = createTurnWorld({ script: [() => Promise.reject(overloaded()), says('Whole.')] });
    const { callModel } = world.deps;
    const breaking: CallModel = async (request, onChunk) => {
      onChunk({ type: 'text-start', id: '0' });
      onChunk({ type: 'text-delta', id: '0', delta: 'Who' });
      return callModel(request, onChunk);
    };
    const { turnId } = await world.admit();
    expect(await world.run(turnId, 1, { callModel: breaking })).toMatchObject({ route: 'backoff' });
    world.advance(1_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    const told = (await world.chunks(turnId)).flatMap((chunk): unknown[] => {
      if (chunk.type === 'data-retry') return [chunk.data.partial ?? false];
      return chunk.type === 'text-delta' ? [chunk.delta] : [];
    });
    expect(told).toEqual(['Who', true, 'Whole.']);
  });

  it('end the turn with a sentence when they are terminal or too many', async () => {
    const refuse = () =>
      Promise.reject(new ModelError({ retryable: false, code: 'auth', sentence: 'The key is not valid.' }));
    const world = createTurnWorld({ script: [refuse] });
    const { turnId, sessionId } = await world.admit();
    expect(await world.run(turnId)).toMatchObject({ route: 'failed' });
    expect(await world.turn(turnId)).toMatchObject({
      state: 'failed',
      end: { reason: 'The key is not valid.' },
    });
    expect((await world.session(sessionId)).state).toBe('idle');

    const busy = createTurnWorld({
      script: [() => Promise.reject(overloaded())],
      limits: { modelAttempts: 1 },
    });
    const other = await busy.admit();
    expect(await busy.run(other.turnId)).toMatchObject({ route: 'failed' });
  });
});

describe('writes', () => {
  it('K-10: a commit that fails is the run’s failure', async () => {
    const world = createTurnWorld();
    const { turnId } = await world.admit();
    world.store.beforeWrite = (actions) => {
      if (actions.length > 1) throw new Error('The table is gone.');
    };
    await expect(world.run(turnId)).rejects.toThrow('The table is gone.');
  });

  it('K-10: a chunk that cannot be stored is the run’s failure', async () => {
    const world = createTurnWorld();
    const { turnId } = await world.admit();
    world.store.beforeWrite = (actions) => {
      for (const action of actions)
        if ('put' in action && 'chunks' in action.put) throw new Error('No room for chunks.');
    };
    await expect(world.run(turnId)).rejects.toThrow('No room for chunks.');
  });

  it('77: a turn whose lease is held is not taken; the state machine comes back', async () => {
    const gate = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const world = createTurnWorld({
      script: [
        async () => {
          entered.resolve();
          await gate.promise;
          return says('one');
        },
      ],
    });
    const { turnId } = await world.admit();
    const first = world.run(turnId);
    await entered.promise;
    expect(await world.run(turnId)).toMatchObject({ route: 'backoff', waitSeconds: 15 });
    gate.resolve();
    expect(await first).toMatchObject({ route: 'done' });
  });

  it('77: a run that lost its turn commits nothing and leaves', async () => {
    const gate = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const world = createTurnWorld({
      script: [
        async () => {
          entered.resolve();
          await gate.promise;
          return says('from the run that lost');
        },
        says('from the run that took over'),
      ],
    });
    const { turnId, sessionId } = await world.admit();
    const lost = world.run(turnId);
    await entered.promise;
    world.advance(16_000);
    expect(await world.run(turnId)).toMatchObject({ route: 'done' });
    gate.resolve();
    expect(await lost).toMatchObject({ route: 'done' });
    const texts = (await world.messages(sessionId)).map(({ body }) => body ?? '');
    expect(texts.join()).toContain('took over');
    expect(texts.join()).not.toContain('that lost');
    expect((await world.chunks(turnId)).filter((chunk) => chunk.type === 'finish')).toHaveLength(1);
  });
});

describe('the queue', () => {
  it('K-18: the end hands the session to the next message, in order, with its author', async () => {
    const world = createTurnWorld({ script: [says('one'), says('two'), says('three')] });
    const first = await world.admit(aPost({ threadTs: '5.5', text: 'first' }));
    const second = await world.admit(
      aPost({ threadTs: '5.5', text: 'second', author: { userId: 'U2', teamId: 'T1' } }),
    );
    const third = await world.admit(aPost({ threadTs: '5.5', text: 'third' }));
    await world.run(first.turnId);
    expect(await world.session(first.sessionId)).toMatchObject({
      state: 'active',
      activeTurnId: second.turnId,
      queueLength: 1,
    });
    expect(await world.turn(second.turnId)).toMatchObject({
      state: 'starting',
      requester: { userId: 'U2' },
      previousTurnId: first.turnId,
    });
    expect(world.started).toEqual([`${first.turnId}-1`, `${second.turnId}-1`]);
    await world.run(second.turnId);
    await world.run(third.turnId);
    expect(await world.session(first.sessionId)).toMatchObject({ state: 'idle', queueLength: 0, nextSeq: 7 });
    const order = (await world.messages(first.sessionId)).map(({ post, role }) => post?.text ?? role);
    expect(order).toEqual(['first', 'assistant', 'second', 'assistant', 'third', 'assistant']);
  });

  it('a message that is queued at the very moment of the end is promoted, not lost', async () => {
    const world = createTurnWorld();
    const first = await world.admit(aPost({ threadTs: '6.6' }));
    let late: Promise<unknown> | undefined;
    world.store.beforeWrite = async (actions) => {
      if (actions.length < 3 || late) return;
      late = world.admit(aPost({ threadTs: '6.6', text: 'late' }));
      await late;
    };
    await world.run(first.turnId);
    delete world.store.beforeWrite;
    const session = await world.session(first.sessionId);
    expect(session.state).toBe('active');
    expect(await world.turn(session.activeTurnId ?? '')).toMatchObject({ state: 'starting' });
  });
});
