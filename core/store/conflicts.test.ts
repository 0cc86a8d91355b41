import { expect, it } from 'vitest';
import { withConflictRetry } from './conflicts.ts';

/** AWS's errors as the SDK throws them; the emulator never makes them. */
function awsError(name: string, codes: string[] = []): Error {
  const error = new Error(name);
  error.name = name;
  return Object.assign(error, { CancellationReasons: codes.map((Code) => ({ Code })) });
}

function writer(failures: Error[]) {
  const left = [...failures];
  let calls = 0;
  const waits: number[] = [];
  return {
    waits,
    calls: () => calls,
    write: async () => {
      calls++;
      const failure = left.shift();
      if (failure) throw failure;
      return 'written';
    },
    tools: { sleep: async (ms: number) => void waits.push(ms), random: () => 0.5 },
  };
}

it.each([
  ['TransactionCanceledException', ['None', 'TransactionConflict']],
  ['TransactionConflictException', []],
  ['TransactionInProgressException', []],
])('tries %s again, with growing waits', async (name, codes) => {
  const w = writer([awsError(name, codes), awsError(name, codes), awsError(name, codes)]);
  await expect(withConflictRetry(w.write, w.tools)).resolves.toBe('written');
  expect(w.calls()).toBe(4);
  expect(w.waits).toEqual([15, 30, 60]);
});

it.each([
  ['a condition that failed', awsError('TransactionCanceledException', ['ConditionalCheckFailed', 'None'])],
  [
    'a condition that failed beside a conflict',
    awsError('TransactionCanceledException', ['ConditionalCheckFailed', 'TransactionConflict']),
  ],
  ['a plain condition', awsError('ConditionalCheckFailedException')],
  ['throttling', awsError('ProvisionedThroughputExceededException')],
])('does not try %s again', async (_, error) => {
  const w = writer([error]);
  await expect(withConflictRetry(w.write, w.tools)).rejects.toBe(error);
  expect(w.calls()).toBe(1);
});

it('gives up after eight attempts with the last conflict', async () => {
  const conflicts = Array.from({ length: 20 }, () => awsError('TransactionConflictException'));
  const w = writer(conflicts);
  await expect(withConflictRetry(w.write, w.tools)).rejects.toBe(conflicts[7]);
  expect(w.calls()).toBe(8);
  expect(Math.max(...w.waits)).toBeLessThanOrEqual(250);
});
