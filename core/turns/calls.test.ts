import { afterEach, describe, expect, it, vi } from 'vitest';
import { enforceTableLimits } from '../../test/support/table-limits.ts';
import { createTurnWorld, present, tool } from '../../test/support/turn-world.ts';
import { toolResultMessage } from '../models/messages.ts';
import type { Decision } from '../pauses/record.ts';
import { keys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import { withBuiltInTools } from '../tools/built-in-tools.ts';
import type { AnyTool } from '../tools/define-tool.ts';
import { outputBytes } from '../tools/limit-output.ts';
import { resultLimitBytes, stepLimitBytes } from '../tools/result-limits.ts';
import { beginTurn } from './begin.ts';
import { type AnsweredCall, answerCalls, type CallDeps } from './calls.ts';
import type { CallRecord, StepRecord, StepToolCall } from './record.ts';
import { Run, TurnLostError } from './run.ts';

const MEGABYTES = 2_000_000;
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(closing.splice(0).map((close) => close()));
});

type Wanted = Pick<StepToolCall, 'toolName'> & Partial<StepToolCall>;

/** A turn that a run has taken, and steps whose calls it answers. */
async function takenTurn(tools: AnyTool[]) {
  const world = createTurnWorld({ tools });
  const written = enforceTableLimits(world.store);
  const { turnId } = await world.admit();
  const begin = async () => {
    const begun = await beginTurn(world.deps, { v: 1, turnId, epoch: 1 });
    if ('route' in begun) throw new Error('The turn was not given.');
    const run = new Run(world.deps, begun.turn);
    closing.push(() => run.close());
    return run;
  };
  const agent = withBuiltInTools(present(world.deps.agents[0]), world.deps);
  const step = (n: number, wanted: Wanted[]): StepRecord => ({
    v: 1,
    turnId,
    step: n,
    model: 'demo',
    requestDigest: '',
    answerSeq: 1,
    toolCalls: wanted.map((call, index) => ({ toolCallId: `${n}-${index}`, input: {}, ...call })),
    finishReason: 'tool-calls',
    usage: { inputTokens: 0, outputTokens: 0 },
    attempts: 1,
    at: 0,
  });
  const answer = (
    run: Run,
    asked: StepRecord,
    over: Partial<CallDeps> = {},
    decisions: ReadonlyMap<string, Decision> = new Map(),
  ) =>
    answerCalls(
      { ...world.deps, toolCallsPerStep: 32, showStored: false, ...over },
      run,
      agent,
      asked,
      decisions,
    );
  const record = (toolCallId: string) => world.store.get<CallRecord>(keys.call(turnId, toolCallId));
  return { world, turnId, written, begin, step, answer, record };
}

const values = (answered: AnsweredCall[]) =>
  answered.map(({ outcome }) => (outcome.kind === 'output' ? outcome.value : outcome));

/** The rest that a shortened result names. */
function restOf(call: AnsweredCall | undefined): { ref: string; bytes: number } {
  const outcome = call?.outcome;
  return present(outcome?.kind === 'output' ? outcome.rest : undefined);
}

describe('calls of one step', () => {
  it('K-14 three tools of about a second take about a second; results in call order, shown as each is done', async () => {
    // The store's own turns stay real: they are no time that passes.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const takes = (name: string, ms: number) =>
      tool(name, () => new Promise((resolve) => setTimeout(() => resolve(`${name} is done`), ms)));
    const turn = await takenTurn([takes('a', 1_000), takes('b', 800), takes('c', 900)]);
    const run = await turn.begin();
    let done = false;
    const answering = turn
      .answer(run, turn.step(0, [{ toolName: 'a' }, { toolName: 'b' }, { toolName: 'c' }]))
      .finally(() => {
        done = true;
      });
    let elapsed = 0;
    while (!done) {
      await vi.advanceTimersByTimeAsync(25);
      await new Promise<void>((resolve) => setImmediate(resolve));
      elapsed += 25;
    }
    expect(elapsed).toBeGreaterThanOrEqual(1_000);
    expect(elapsed).toBeLessThan(1_500);
    expect(values((await answering).answered)).toEqual(['a is done', 'b is done', 'c is done']);
    await run.flush();
    const shown = (await turn.world.chunks(turn.turnId)).flatMap((chunk) =>
      chunk.type === 'tool-output-available' ? [chunk.output] : [],
    );
    expect(shown).toEqual(['b is done', 'c is done', 'a is done']);
  });

  it('what cannot run is told to the model beside what did: unknown tools, wrong arguments, too many calls', async () => {
    const turn = await takenTurn([tool('look', async () => 'seen')]);
    const wanted: Wanted[] = [
      { toolName: 'look' },
      { toolName: 'lok' },
      { toolName: 'look', invalid: 'The arguments of look are no valid JSON, so it did not run.' },
      { toolName: 'look' },
    ];
    const { answered } = await turn.answer(await turn.begin(), turn.step(0, wanted), { toolCallsPerStep: 3 });
    expect(values(answered)).toEqual([
      'seen',
      { kind: 'error', text: 'There is no tool named lok.' },
      { kind: 'error', text: expect.stringContaining('no valid JSON') },
      { kind: 'error', text: 'At most 3 calls fit into one step; ask for this one again.' },
    ]);
    expect(answered.map(({ neutral }) => neutral)).toEqual([undefined, undefined, undefined, true]);
    expect(answered[2]).toMatchObject({ input: {}, invalid: expect.any(String) });
  });

  it('T-8, 86 a denial and an error stand in the message beside the result, in call order', async () => {
    const fails = tool('fail', () => Promise.reject(new Error('no such city')));
    const post = tool('post', async () => 'posted', { effect: 'customer_facing' });
    const turn = await takenTurn([post, fails, tool('look', async () => 'seen')]);
    const step = turn.step(0, [{ toolName: 'post' }, { toolName: 'fail' }, { toolName: 'look' }]);
    const denied: Decision = { answer: 'denied', by: 'U2', at: 1, cause: 'person' };
    const { answered } = await turn.answer(await turn.begin(), step, {}, new Map([['0-0', denied]]));
    expect(toolResultMessage(answered).content).toMatchObject([
      {
        toolCallId: '0-0',
        output: { type: 'execution-denied', reason: expect.stringContaining('not done') },
      },
      { toolCallId: '0-1', output: { type: 'error-text', value: 'fail failed: no such city' } },
      { toolCallId: '0-2', output: { type: 'text', value: 'seen' } },
    ]);
  });
});

describe('58 long results', () => {
  const long = Array.from({ length: MEGABYTES / 10 }, (_, n) => `${String(n).padStart(9, '0')}\n`).join('');
  const big = () => tool('big', async () => long);

  it('K-31 two megabytes: the model reads head and tail, and the rest by read_output', async () => {
    const turn = await takenTurn([big()]);
    const run = await turn.begin();
    const { answered } = await turn.answer(run, turn.step(0, [{ toolName: 'big' }]), { fresh: true });
    const told = String(values(answered)[0]);
    expect(Buffer.byteLength(told)).toBeLessThanOrEqual(resultLimitBytes());
    expect(told.startsWith('000000000\n')).toBe(true);
    expect(told.endsWith('000199999\n')).toBe(true);
    const rest = restOf(answered[0]);
    expect(rest.bytes).toBe(MEGABYTES);
    expect(told).toContain(rest.ref);
    // What is left out begins where the head ends.
    const input = JSON.parse(/read_output with (\{.*?\})/.exec(told)?.[1] ?? '');
    const read = await turn.answer(
      run,
      turn.step(1, [{ toolName: 'read_output', input: { ...input, length: 100 } }]),
      { fresh: true },
    );
    const part = String(values(read.answered)[0]);
    expect(part.split('\n').slice(1).join('\n')).toBe(long.slice(input.offset, input.offset + 100));
  });

  it('K-31 the whole is stored before the result that names it, and cards show little', async () => {
    const turn = await takenTurn([big()]);
    const run = await turn.begin();
    const { items } = turn.world.store;
    const inBucket = () => [...items.keys()].filter((key) => key.startsWith('outputs/'));
    const seen: number[] = [];
    turn.world.store.beforeWrite = (actions) => {
      for (const action of actions)
        if ('put' in action && 'status' in action.put && action.put.status === 'result')
          seen.push(inBucket().length);
    };
    const { answered } = await turn.answer(run, turn.step(0, [{ toolName: 'big' }]), { fresh: true });
    expect(seen).toEqual([1]);
    expect(inBucket()).toEqual([`outputs/${run.turn.sessionId}/${restOf(answered[0]).ref}`]);
    await run.flush();
    const shown = (await turn.world.chunks(turn.turnId)).find(({ type }) => type === 'tool-output-available');
    expect(Buffer.byteLength(JSON.stringify(shown))).toBeLessThan(4_000);
  });

  it('K-31 thirty-two in one step stay within half the window, and each can be read on', async () => {
    const contextTokens = 200_000;
    const turn = await takenTurn([big()]);
    const step = turn.step(
      0,
      Array.from({ length: 32 }, () => ({ toolName: 'big' })),
    );
    const { answered } = await turn.answer(await turn.begin(), step, { contextTokens, fresh: true });
    const bytes = values(answered).map(outputBytes);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(stepLimitBytes(contextTokens));
    expect(Math.max(...bytes)).toBeGreaterThan(150_000);
    expect(new Set(answered.map((call) => restOf(call).ref)).size).toBe(32);
  });

  it('a result that is large for an item of the table stands in the bucket, and a later run reads it', async () => {
    const contextTokens = 1_000_000;
    const quotes = '"'.repeat(600_000);
    let ran = 0;
    const turn = await takenTurn([
      tool('quote', async () => {
        ran++;
        return quotes;
      }),
    ]);
    const step = turn.step(0, [{ toolName: 'quote' }]);
    await turn.answer(await turn.begin(), step, { contextTokens, fresh: true });
    const record = present(await turn.record('0-0'));
    expect(record).toMatchObject({ status: 'result', outcomeKey: expect.stringContaining('/calls/1-0-0') });
    expect(record.outcome).toBeUndefined();
    turn.world.advance(20_000);
    const { answered } = await turn.answer(await turn.begin(), step, { contextTokens });
    expect(values(answered)).toEqual([quotes]);
    expect(ran).toBe(1);
  });

  it('results of a run before this one have taken their room', async () => {
    const turn = await takenTurn([big()]);
    const first = await turn.begin();
    const one = turn.step(0, [{ toolName: 'big' }]);
    await turn.answer(first, one, { fresh: true });
    turn.world.advance(20_000);
    const both: StepRecord = {
      ...one,
      toolCalls: [...one.toolCalls, { toolCallId: 'later', toolName: 'big', input: {} }],
    };
    const { answered } = await turn.answer(await turn.begin(), both);
    const [former = 0, later = 0] = values(answered).map(outputBytes);
    expect(former).toBeGreaterThan(resultLimitBytes() - 100);
    expect(former + later).toBeLessThanOrEqual(stepLimitBytes());
  });

  it.each([
    ['a BigInt', 10n],
    ['bytes', Buffer.from('pdf')],
  ])('%s as a result is an error for the model, which says that the tool ran', async (_name, value) => {
    const turn = await takenTurn([tool('look', async () => ({ value }))]);
    const { answered } = await turn.answer(await turn.begin(), turn.step(0, [{ toolName: 'look' }]));
    expect(values(answered)).toEqual([
      { kind: 'error', text: expect.stringMatching(/^look ran, but its result cannot be told: it holds/) },
    ]);
  });
});

describe('reads per step', () => {
  /** A store that writes down which calls are read. */
  function watched(store: Store) {
    const reads: string[] = [];
    const watching: Store = {
      ...store,
      get: (key) => {
        if (key.sk.startsWith('CALL#')) reads.push(key.sk);
        return store.get(key);
      },
      query: (query) => {
        reads.push(`query ${query.prefix}`);
        return store.query(query);
      },
    };
    return { reads, watching };
  }

  it('80 a run that committed the step reads nothing about its calls', async () => {
    const turn = await takenTurn([tool('look', async () => 'seen')]);
    const run = await turn.begin();
    const { reads, watching } = watched(turn.world.store);
    for (const n of [0, 1, 2])
      await turn.answer(run, turn.step(n, [{ toolName: 'look' }]), { store: watching, fresh: true });
    expect(reads).toEqual([]);
  });

  it('80 another run reads the calls of its step, however many steps were before', async () => {
    const turn = await takenTurn([tool('look', async () => 'seen')]);
    const run = await turn.begin();
    for (const n of [0, 1, 2]) await turn.answer(run, turn.step(n, [{ toolName: 'look' }]), { fresh: true });
    const { reads, watching } = watched(turn.world.store);
    const step = turn.step(3, [{ toolName: 'look' }, { toolName: 'look' }]);
    await turn.answer(run, step, { store: watching });
    expect(reads.sort()).toEqual(['CALL#3-0', 'CALL#3-1']);
  });

  it('a call whose id another step used is never answered with that step’s result', async () => {
    const turn = await takenTurn([tool('look', async () => 'seen')]);
    const run = await turn.begin();
    const again = (n: number) => turn.step(n, [{ toolName: 'look', toolCallId: 'call_0' }]);
    await turn.answer(run, again(0), { fresh: true });
    // Ids are made unique before a step is committed; if they were not, nothing is written over.
    await expect(turn.answer(run, again(1))).rejects.toThrow(TurnLostError);
    expect(await turn.record('call_0')).toMatchObject({ step: 0, status: 'result' });
  });

  it('K-45 a call that a former run began is told as unknown, and counts for no loop breaker', async () => {
    let ran = 0;
    const write = tool('write', async () => ++ran, { effect: 'internal_write' });
    const turn = await takenTurn([write]);
    const step = turn.step(0, [{ toolName: 'write' }]);
    const approved: Decision = { answer: 'approved', by: 'U1', at: 1, cause: 'person' };
    const decisions = new Map([['0-0', approved]]);
    const limits = turn.world.store.beforeWrite;
    turn.world.store.beforeWrite = (actions) => {
      for (const action of actions)
        if ('put' in action && 'status' in action.put && action.put.status === 'result')
          throw new Error('The function was ended.');
      return limits?.(actions);
    };
    await expect(turn.answer(await turn.begin(), step, { fresh: true }, decisions)).rejects.toThrow('ended');
    turn.world.advance(20_000);
    const { answered } = await turn.answer(await turn.begin(), step, {}, decisions);
    expect(ran).toBe(1);
    expect(answered).toMatchObject([
      { neutral: true, outcome: { text: expect.stringContaining('unknown') } },
    ]);
  });
});
