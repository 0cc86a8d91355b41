import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../settings.ts';
import {
  ASSUMED_CONTEXT_TOKENS,
  type CompactionState,
  compactionAfterOverflow,
  compactionDue,
  compactionState,
  STILL_TOO_LONG,
} from './due.ts';

const fresh: CompactionState = { compactions: 0, most: 3, answer: 'later' };

describe('47 compaction is due at a share of the context', () => {
  test.each([
    ['below', 69_999, 100_000, 70, 'no'],
    ['exactly at it', 70_000, 100_000, 70, 'due'],
    ['above', 99_000, 100_000, 70, 'due'],
    ['100 is never', 200_000, 100_000, 100, 'no'],
    ['0 is after each answer', 1, 100_000, 0, 'due'],
    ['an answer that was cut tells nothing', 0, 100_000, 0, 'no'],
    ['nothing is known', undefined, 100_000, 70, 'no'],
    ['an unknown window is assumed, below', ASSUMED_CONTEXT_TOKENS * 0.7 - 1, undefined, 70, 'no'],
    ['an unknown window is assumed, above', ASSUMED_CONTEXT_TOKENS * 0.7, undefined, 70, 'due'],
  ] as const)('%s', (_name, used, contextTokens, percent, verdict) => {
    const facts = contextTokens === undefined ? {} : { contextTokens };
    expect(compactionDue(used, facts, percent, fresh)).toBe(verdict);
  });
});

describe('K-7 S-29 what follows a limit that is reached', () => {
  test.each([
    ['the first time', {}, 'due', 'due'],
    ['again, later', { compactions: 2 }, 'due', 'due'],
    ['at most so often in a turn', { compactions: 3 }, 'spent', 'spent'],
    ['never, by setting', { most: 0 }, 'spent', 'spent'],
    ['S-29 the first answer behind a summary', { compactions: 1, answer: 'first' }, 'over', 'over'],
    ['S-29 the last summary did not help', { compactions: 3, answer: 'first' }, 'over', 'over'],
    [
      'S-29 an answer from before the summary does not count',
      { compactions: 1, answer: 'before' },
      'no',
      'due',
    ],
  ] as const)('%s', (_name, change, due, overflow) => {
    const state = { ...fresh, ...change };
    expect(compactionDue(90, { contextTokens: 100 }, 70, state)).toBe(due);
    expect(compactionAfterOverflow(state)).toBe(overflow);
  });

  test('S-29 people are told what they can do', () => {
    expect(STILL_TOO_LONG).toMatch(/too long.*even after it was summarised\. Start a new thread/);
  });

  test('turning compaction off does not lose a turn that the provider refuses', () => {
    expect(compactionDue(100, { contextTokens: 100 }, 100, fresh)).toBe('no');
    expect(compactionAfterOverflow(fresh)).toBe('due');
  });
});

describe('the state is read out of the turn', () => {
  const turn = (
    compactions: number,
    kind: 'summary' | 'messages',
    seq: number,
  ): Parameters<typeof compactionState>[0] => ({
    compactions,
    checkpoint: { seq, key: 'k', kind },
  });
  test.each([
    ['never compacted', { compactions: 0 }, 4, 'later'],
    ['a former turn’s summary', turn(0, 'summary', 3), 4, 'later'],
    ['a checkpoint of messages', turn(1, 'messages', 3), 4, 'later'],
    ['the step from before the summary', turn(1, 'summary', 6), 5, 'before'],
    ['the first answer behind it', turn(1, 'summary', 6), 7, 'first'],
    ['the second answer', turn(1, 'summary', 6), 9, 'later'],
  ] as const)('%s', (_name, record, answerSeq, answer) => {
    expect(compactionState(record, answerSeq, defaultLimits.compactionsPerTurn)).toEqual({
      compactions: record.compactions ?? 0,
      most: 3,
      answer,
    });
  });
});
