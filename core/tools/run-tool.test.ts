import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { CallOutcome } from '../turns/record.ts';
import { defineTool, type Effect, type ToolContext } from './define-tool.ts';
import { runTool } from './run-tool.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function context(signal: AbortSignal = new AbortController().signal): ToolContext {
  return {
    idempotencyKey: 'k1',
    signal,
    session: { sessionId: 's1', turnId: 't1', channel: 'C1', threadTs: '1.0' },
    requester: { userId: 'U1', teamId: 'T1' },
    slack: { call: () => Promise.reject(new Error('not used')) },
    attach: () => Promise.reject(new Error('not used')),
    now: () => 0,
  };
}

function tool(
  run: (input: { n: number }, context: ToolContext) => Promise<unknown>,
  effect: Effect = 'read',
) {
  return defineTool({
    name: 'work',
    description: 'Works.',
    input: z.object({ n: z.number().default(1) }),
    effect,
    timeoutMs: 5_000,
    run,
  });
}

/** Never comes back and does not listen to its signal. */
const deaf = () => new Promise<never>(() => {});
const error = (pattern: RegExp): CallOutcome => ({ kind: 'error', text: expect.stringMatching(pattern) });

test('the result of a tool, run with checked input and the context', async () => {
  const seen: unknown[] = [];
  const outcome = await runTool(
    tool(async (input, { idempotencyKey }) => {
      seen.push(input, idempotencyKey);
      return { doubled: input.n * 2, nothing: undefined };
    }),
    {},
    context(),
  );
  expect(outcome).toEqual({ kind: 'output', value: { doubled: 2 } });
  expect(seen).toEqual([{ n: 1 }, 'k1']);
  expect(vi.getTimerCount()).toBe(0);
});

test('a result is whole, however long: what the model reads of it is the loop’s business', async () => {
  const outcome = await runTool(
    tool(async () => 'x'.repeat(2_000_000)),
    {},
    context(),
  );
  expect(outcome).toEqual({ kind: 'output', value: 'x'.repeat(2_000_000) });
});

test('wrong input runs nothing', async () => {
  const run = vi.fn();
  expect(await runTool(tool(run), { n: 'one' }, context())).toEqual(
    error(/^The arguments of work are wrong/),
  );
  expect(run).not.toHaveBeenCalled();
});

test.each([
  ['rejects', async () => Promise.reject(new Error('no such city')), /^work failed: no such city$/],
  ['throws a text', async () => Promise.reject('plain'), /^work failed: plain$/],
  [
    'gives what JSON cannot hold',
    async () => 10n,
    /^work ran, but its result cannot be told: it holds .*BigInt/,
  ],
  [
    'shows a key',
    async () => Promise.reject(new Error('401 for Bearer abcdefgh12345678')),
    /^work failed: 401 for Bearer …$/,
  ],
])('a tool that %s becomes text for the model', async (_name, run, expected) => {
  expect(await runTool(tool(run), {}, context())).toEqual(error(expected));
});

test('a tool that throws before its first await becomes text as well', async () => {
  const throwing = tool(() => {
    throw new Error('at once');
  });
  expect(await runTool(throwing, {}, context())).toEqual(error(/at once/));
});

test.each<[Effect, RegExp]>([
  ['read', /^work did not finish: it took longer than 5 seconds\.$/],
  ['customer_facing', /5 seconds\. Whether it had its effect is unknown: check before you repeat it\.$/],
])('a %s tool that ignores its time is left behind, and the outcome says so', async (effect, expected) => {
  const outcome = runTool(tool(deaf, effect), {}, context());
  await vi.advanceTimersByTimeAsync(6_000);
  expect(await outcome).toEqual(error(expected));
  expect(vi.getTimerCount()).toBe(0);
});

test('the signal tells a tool that its time is over', async () => {
  const listening = tool(
    (_input, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gave up')))),
  );
  const outcome = runTool(listening, {}, context());
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await outcome).toEqual(error(/longer than 5 seconds/));
});

test('K-3 an abort is told with its own reason, not as a timeout', async () => {
  const controller = new AbortController();
  const outcome = runTool(tool(deaf, 'internal_write'), {}, context(controller.signal));
  controller.abort(new Error('The turn was stopped.'));
  // Half a second, so that a stop takes effect within three.
  await vi.advanceTimersByTimeAsync(500);
  expect(await outcome).toEqual(
    error(/^work did not finish: The turn was stopped\. Whether it had its effect is unknown/),
  );
});

test('a tool that finishes right after the abort tells what it did', async () => {
  const controller = new AbortController();
  const posting = tool(
    () => new Promise((resolve) => setTimeout(() => resolve('posted'), 400)),
    'customer_facing',
  );
  const outcome = runTool(posting, {}, context(controller.signal));
  controller.abort(new Error('The turn was stopped.'));
  await vi.advanceTimersByTimeAsync(400);
  expect(await outcome).toEqual({ kind: 'output', value: 'posted' });
});

test('a run that is over starts no tool', async () => {
  const run = vi.fn();
  const outcome = await runTool(
    tool(run),
    {},
    context(AbortSignal.abort(new Error('The turn was stopped.'))),
  );
  expect(outcome).toEqual(error(/^work was not started: The turn was stopped\.$/));
  expect(run).not.toHaveBeenCalled();
});
