import type { DemoRequest } from '../script.ts';

/** Requests that show what goes wrong. */
export const failing: readonly DemoRequest[] = [
  {
    ask: 'fail once',
    shows: 'a model call that fails and is tried again (also `fail twice`, `fail 3 times`)',
    pattern: /\bfail (?:(once)|(twice)|(\d{1,2}) times)\b/i,
    script: ([, once, twice, times]) => {
      const untilAttempt = once ? 1 : twice ? 2 : Number(times);
      return {
        failure: { untilAttempt, status: 529, message: 'The demo model is overloaded, as you wished.' },
        answer: () =>
          `That worked, after ${untilAttempt} failed ${untilAttempt === 1 ? 'attempt' : 'attempts'}.`,
      };
    },
  },
  {
    ask: 'fail always',
    shows: 'a model that is overloaded until the last attempt, with its growing waits',
    pattern: /\bfail always\b/i,
    script: () => ({
      failure: {
        untilAttempt: Number.POSITIVE_INFINITY,
        status: 529,
        message: 'The demo model stays overloaded, as you wished.',
      },
    }),
  },
  {
    ask: 'fail hard',
    shows: 'an error that no attempt can mend: the turn ends with its reason',
    pattern: /\bfail hard\b/i,
    script: () => ({
      failure: {
        untilAttempt: Number.POSITIVE_INFINITY,
        status: 401,
        message: 'The demo model refuses our credentials, as you wished.',
      },
    }),
  },
  {
    ask: 'be busy for 60 seconds',
    shows: 'a provider that asks to come back later, once, after as many seconds as you say',
    pattern: /\bbe busy for (\d{1,5}) seconds?\b/i,
    script: ([, seconds]) => ({
      failure: {
        untilAttempt: 1,
        status: 429,
        message: 'The demo model has no time now, as you wished.',
        retryAfterSeconds: Number(seconds),
      },
      answer: () => `Now I have time: the ${seconds} seconds are over.`,
    }),
  },
  {
    ask: 'break off',
    shows: 'an answer that breaks off halfway at the first attempt',
    pattern: /\bbreak off\b(?! for good)/i,
    script: () => ({
      failure: {
        untilAttempt: 1,
        status: 500,
        message: 'The demo model breaks off, as you wished.',
        midway: true,
      },
      answer: () =>
        'This is the whole answer. The first attempt broke off in the middle of it, so its beginning may have been seen before.',
    }),
  },
  {
    ask: 'break off for good',
    shows: 'half an answer, then an error that no attempt can mend: what was written stays',
    pattern: /\bbreak off for good\b/i,
    script: () => ({
      failure: {
        untilAttempt: Number.POSITIVE_INFINITY,
        status: 401,
        message: 'The demo model refuses our credentials, as you wished.',
        midway: true,
      },
      answer: () =>
        'Three things matter here. The first is that what was written stays where it is. The second is that the reason stands below it. The third is one that nobody will read, because the model fails before it comes to it.',
    }),
  },
  {
    ask: 'half an answer',
    shows: 'an answer that reaches the model’s length limit and ends early',
    pattern: /\bhalf an answer\b/i,
    script: () => ({
      half: true,
      answer: () =>
        'This answer is twice as long as the model may write, so it ends before its end, in the middle of a sentence, and whoever reads it must be told so, for nothing in these words themselves would say that there should have been more of them.',
    }),
  },
];
