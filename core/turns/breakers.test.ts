import { describe, expect, it } from 'vitest';
import { advanceStreak, withHardStops } from './breakers.ts';
import type { AnsweredCall } from './calls.ts';
import type { CallOutcome, Streak } from './record.ts';

let ids = 0;

function call(input: unknown, outcome: CallOutcome, more: Partial<AnsweredCall> = {}): AnsweredCall {
  return { toolCallId: `c${ids++}`, toolName: 'look', input, outcome, ...more };
}

const ok = (input: unknown = { city: 'Bern' }) => call(input, { kind: 'output', value: 'seen' });
const failed = (input: unknown, text = 'No such city.', more: Partial<AnsweredCall> = {}) =>
  call(input, { kind: 'error', text }, more);
const denied = (input: unknown) => call(input, { kind: 'denied', reason: '<@U1> denied it.' });
/** Refused for want of arguments, with another error each time unless told otherwise. */
const empty = (text = `Wrong ${ids}`, input: unknown = {}) => failed(input, text, { invalid: text });

/** Each call a step of its own, the streak stored as JSON in between. */
function steps(calls: AnsweredCall[], streak?: Streak) {
  return calls.map((one) => {
    const advanced = advanceStreak(streak, [one]);
    streak = JSON.parse(JSON.stringify(advanced.streak)) as Streak;
    return advanced.verdict.kind;
  });
}

describe('T-56 calls without arguments', () => {
  it('59 the fifth in a row ends the turn with a sentence', () => {
    // From the third on they are equal failures as well.
    expect(steps([empty(), empty(), empty(), empty(), empty()])).toEqual([
      'go_on',
      'go_on',
      'hard_stop',
      'hard_stop',
      'abort',
    ]);
    const { verdict } = advanceStreak({ empty: 4 }, [empty()]);
    expect(verdict).toEqual({ kind: 'abort', reason: expect.stringMatching(/5 times in a row.*Ask again/) });
  });

  it('side by side they count as well, in call order', () => {
    const five = Array.from({ length: 5 }, () => empty());
    expect(advanceStreak(undefined, five).verdict.kind).toBe('abort');
    const interrupted = [empty(), empty(), ok(), empty(), empty(), empty()];
    expect(advanceStreak(undefined, interrupted).streak).toMatchObject({ empty: 3 });
  });

  it.each([
    ['an object', {}],
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['an empty list', []],
  ])('%s counts as empty', (_name, input) => {
    expect(advanceStreak({ empty: 2 }, [empty('Wrong.', input)]).streak.empty).toBe(3);
  });

  it.each([
    ['that succeeds: its tool needs none', ok({}), 0],
    ['that ran and failed', failed({}, 'The service is down.'), 0],
    ['with arguments that are wrong', failed({ n: 'x' }, 'n is no number', { invalid: 'n is no number' }), 0],
    ['that was denied', denied({}), 0],
    ['that did not fit into the step', failed({}, 'At most 32.', { invalid: 'x', neutral: true }), 4],
  ])('a call %s leaves the count at', (_name, one, count) => {
    expect(advanceStreak({ empty: 4 }, [one])).toMatchObject({
      streak: { empty: count },
      verdict: { kind: 'go_on' },
    });
  });
});

describe('T-56 equal failures', () => {
  const berne = { city: 'Berne' };

  it('59 the third of the same call gets a hard stop, and so does each that follows', () => {
    const five = Array.from({ length: 5 }, () => failed(berne));
    expect(steps(five)).toEqual(['go_on', 'go_on', 'hard_stop', 'hard_stop', 'hard_stop']);
  });

  it.each([
    ['the same arguments, another error', [failed(berne, 'a'), failed(berne, 'b'), failed(berne, 'c')], true],
    [
      'the same arguments in another order',
      [failed({ a: 1, b: 2 }), failed({ b: 2, a: 1 }, 'x'), failed({ a: 1, b: 2 }, 'y')],
      true,
    ],
    ['other arguments, the same error', [failed({ n: 1 }), failed({ n: 2 }), failed({ n: 3 })], true],
    [
      'other arguments, other errors',
      [failed({ n: 1 }, 'a'), failed({ n: 2 }, 'b'), failed({ n: 3 }, 'c')],
      false,
    ],
    [
      'another tool in between',
      [failed(berne), failed(berne, 'x', { toolName: 'post' }), failed(berne)],
      false,
    ],
    ['a success in between', [failed(berne), failed(berne), ok(), failed(berne)], false],
    ['two only', [failed(berne), failed(berne)], false],
    ['the same call, denied each time', [denied(berne), denied(berne), denied(berne)], true],
    ['other calls, denied each time', [denied({ n: 1 }), denied({ n: 2 }), denied({ n: 3 })], false],
    [
      'outcomes that nobody knows',
      Array.from({ length: 3 }, () => failed(berne, 'The outcome is unknown.', { neutral: true })),
      false,
    ],
  ])('%s', (_name, calls, stopped) => {
    expect(steps(calls).at(-1)).toBe(stopped ? 'hard_stop' : 'go_on');
    const kind = advanceStreak(undefined, calls).verdict.kind;
    expect(kind).toBe(stopped ? 'hard_stop' : 'go_on');
  });

  it('the text stands in the result of that call alone, behind its error', () => {
    const calls = [failed(berne), failed(berne), failed(berne), ok()];
    const { verdict, streak } = advanceStreak(undefined, calls);
    expect(streak).toEqual({ empty: 0 });
    const told = withHardStops(calls, verdict);
    expect(told.map(({ toolCallId }) => toolCallId)).toEqual(calls.map(({ toolCallId }) => toolCallId));
    expect(told.map(({ outcome }) => outcome)).toEqual([
      calls[0]?.outcome,
      calls[1]?.outcome,
      {
        kind: 'error',
        text: expect.stringMatching(
          /^No such city\.\n\nThis call has now failed 3 times.*Do not call it again with the same arguments/,
        ),
      },
      calls[3]?.outcome,
    ]);
  });

  it('other arguments get another text, and a denial keeps what the person said', () => {
    const different = [failed({ n: 1 }), failed({ n: 2 }), failed({ n: 3 })];
    const texts = withHardStops(different, advanceStreak(undefined, different).verdict);
    expect(texts[2]?.outcome).toMatchObject({ text: expect.stringContaining('whatever the arguments') });
    const same = [denied({}), denied({}), denied({})];
    const reasons = withHardStops(same, advanceStreak(undefined, same).verdict);
    expect(reasons[2]?.outcome).toMatchObject({
      kind: 'denied',
      reason: expect.stringMatching(/^<@U1> denied it\. This call has now failed 3 times/),
    });
  });

  it('a verdict without texts changes nothing', () => {
    const calls = [ok(), failed(berne)];
    expect(withHardStops(calls, { kind: 'go_on' })).toEqual(calls);
  });
});
