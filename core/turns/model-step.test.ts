import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTurnWorld, present, type TurnWorldOptions } from '../../test/support/turn-world.ts';
import { type CallModel, ModelError } from '../models/contract.ts';
import { beginTurn } from './begin.ts';
import { callModelStep } from './model-step.ts';
import { Run, RunAbort } from './run.ts';

// Only timers are false: the world has a clock of its own.
beforeEach(() =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }),
);
afterEach(() => vi.useRealTimers());

const STEP_MS = 500;

/** Lets time pass for timers and for the world's clock alike. */
async function pass(world: { advance: (ms: number) => void }, ms: number) {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    world.advance(STEP_MS);
    await vi.advanceTimersByTimeAsync(STEP_MS);
  }
}

/** A model whose answer is one pending read: it ends when the test says so, or by its signal as a real one does. */
function pendingModel() {
  const pending = Promise.withResolvers<string>();
  const seen = { reads: 0, signal: undefined as AbortSignal | undefined, onPart: () => {} };
  const callModel: CallModel = async ({ signal, onPart }, onChunk) => {
    seen.reads++;
    seen.signal = signal;
    seen.onPart = onPart ?? seen.onPart;
    onChunk({ type: 'text-start', id: '0' });
    onChunk({ type: 'text-delta', id: '0', delta: 'Half ' });
    const aborted = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    );
    const text = await Promise.race([pending.promise, aborted]);
    onChunk({ type: 'text-delta', id: '0', delta: text });
    onChunk({ type: 'text-end', id: '0' });
    return {
      text: `Half ${text}`,
      messages: [{ role: 'assistant', content: `Half ${text}` }],
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 1 },
    };
  };
  return { callModel, pending, seen };
}

async function step(callModel: CallModel, limits: TurnWorldOptions['limits'] = {}, remainingMs = 3_600_000) {
  const world = createTurnWorld({ limits });
  const { turnId } = await world.admit();
  const begun = await beginTurn(world.deps, { v: 1, turnId, epoch: 1 });
  const run = new Run(world.deps, 'turn' in begun ? begun.turn : await world.turn(turnId));
  const agent = present(world.deps.agents[0]);
  const deps = { callModel, limits: world.deps.limits, remainingMs: () => remainingMs };
  const request = { agent, choice: { model: 'openai/gpt-x' }, instructions: 'Help.', messages: [] };
  const result = callModelStep(deps, run, request).finally(() => run.close());
  const settled = vi.fn();
  void result.then(settled, settled);
  await pass(world, 1_000);
  return { world, turnId, run, result, settled };
}

test('T-1 leases renewed during a long silence do not disturb the pending read', async () => {
  const { callModel, pending, seen } = pendingModel();
  const { world, turnId, result, settled } = await step(callModel);
  const leases = new Set<number | undefined>();
  for (let second = 0; second < 120; second++) {
    await pass(world, 1_000);
    leases.add((await world.turn(turnId)).leaseUntil);
  }
  expect(leases.size).toBeGreaterThan(20);
  expect((await world.turn(turnId)).leaseUntil).toBeGreaterThan(world.now());
  expect([seen.reads, seen.signal?.aborted]).toEqual([1, false]);
  expect(settled).not.toHaveBeenCalled();

  pending.resolve('an answer.');
  await pass(world, 1_000);
  expect(await result).toMatchObject({ kind: 'answered', answer: { text: 'Half an answer.' } });
  const told = (await world.chunks(turnId)).map((chunk) => ('delta' in chunk ? chunk.delta : '')).join('');
  expect(told).toBe('Half an answer.');
});

test('K-29 a silence is counted from the last part, is a failure, and what was shown stays and is closed', async () => {
  const { callModel, seen } = pendingModel();
  const { world, turnId, result, settled } = await step(callModel, { silenceMs: 60_000 });
  await pass(world, 40_000);
  seen.onPart();
  await pass(world, 59_000);
  expect(settled).not.toHaveBeenCalled();
  await pass(world, 2_000);
  expect(await result).toMatchObject({
    kind: 'failed',
    partial: 'Half ',
    error: { code: 'silence', retryable: true, sentence: 'The model sent nothing for 60 seconds.' },
  });
  expect((await world.chunks(turnId)).map((chunk) => chunk.type)).toEqual([
    'start-step',
    'text-start',
    'text-delta',
    'text-end',
  ]);
});

test('the function’s deadline is no error: what came is kept, to be gone on with', async () => {
  const { callModel } = pendingModel();
  const { world, turnId, result, settled } = await step(callModel, { saveReserveMs: 10_000 }, 40_000);
  await pass(world, 28_000);
  expect(settled).not.toHaveBeenCalled();
  await pass(world, 2_000);
  expect(await result).toMatchObject({ kind: 'cut', partial: 'Half ' });
  expect((await world.chunks(turnId)).at(-1)?.type).toBe('text-end');
});

test('a stop is no error of the model, whatever the model throws because of it', async () => {
  const { callModel } = pendingModel();
  const { world, run, result } = await step(callModel);
  run.abort('stop');
  await pass(world, 500);
  expect(await result).toMatchObject({ kind: 'stopped', partial: 'Half ' });
});

test('a run that lost its turn ends by its own reason', async () => {
  const { callModel } = pendingModel();
  const { world, run, result } = await step(callModel);
  run.abort('lost');
  await pass(world, 500);
  await expect(result).rejects.toBeInstanceOf(RunAbort);
});

test('K-28 an abort of the provider’s own while our signal lives is a failure like any other', async () => {
  const error = new ModelError({ retryable: true, code: 'network', sentence: 'The connection broke.' });
  const { result } = await step(() => Promise.reject(error));
  expect(await result).toEqual({ kind: 'failed', error, partial: '' });
});

test('T-71 an overflow told as an answer is a failure, and no text of the conversation', async () => {
  const text = 'prompt is too long: 210000 tokens > 200000 maximum';
  const { result } = await step(async () => ({
    text,
    messages: [{ role: 'assistant', content: text }],
    toolCalls: [],
    finishReason: 'stop',
    usage: { inputTokens: 1, outputTokens: 9 },
  }));
  expect(await result).toMatchObject({
    kind: 'failed',
    partial: '',
    error: { code: 'context', retryable: false },
  });
});

test('what nobody foresaw is no failed model call: it ends the run', async () => {
  const { result } = await step(() => Promise.reject(new RangeError('a bug')));
  await expect(result).rejects.toThrow('a bug');
});
