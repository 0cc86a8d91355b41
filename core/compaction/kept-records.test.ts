import { describe, expect, test } from 'vitest';
import { createHistory } from '../../test/support/histories.ts';
import { messagesBehindSummary, partHistory, unansweredFrom } from './kept-records.ts';

const seqs = (records: { seq: number }[]) => records.map(({ seq }) => seq);

describe('47 what stays word for word', () => {
  test.each([
    ['between turns: nothing', createHistory().post('a').says('b'), [1, 2], [], []],
    ['a request alone', createHistory().post('a').says('b').post('c'), [1, 2], [3], []],
    [
      'a request at work',
      createHistory().post('a').says('b').post('c').calls('look', 'count').results(),
      [1, 2, 4, 5],
      [3],
      ['look', 'count'],
    ],
    [
      'a follow-up as well',
      createHistory().post('a').calls('look').results().post('also', 'U2').calls('count').results(),
      [2, 3, 5, 6],
      [1, 4],
      ['count'],
    ],
    [
      'calls without results, which are to come',
      createHistory().post('a').calls('look').results().calls('count'),
      [2, 3],
      [1, 4],
      ['look'],
    ],
    [
      'text of the agent beside what it calls is no answer',
      createHistory()
        .post('a')
        .stored('assistant', {
          role: 'assistant',
          content: [
            { type: 'text', text: 'I look.' },
            { type: 'tool-call', toolCallId: 'c', toolName: 'look', input: {} },
          ],
        })
        .stored('tool', { role: 'tool', content: [] }),
      [2, 3],
      [1],
      ['look'],
    ],
    [
      'calls that a former turn left without results are over',
      createHistory().post('a').calls('look').post('b').says('c').post('d'),
      [1, 2, 3, 4],
      [5],
      [],
    ],
    ['nothing at all', createHistory(), [], [], []],
    [
      'messages that no version wrote',
      createHistory().stored('assistant', 7).stored('assistant', null),
      [1, 2],
      [],
      [],
    ],
  ])('%s', (_name, { records }, replaced, kept, lastTools) => {
    const parted = partHistory(records, unansweredFrom(records));
    expect([seqs(parted.replaced), seqs(parted.kept), parted.lastTools]).toEqual([replaced, kept, lastTools]);
  });
});

describe('which posts are open', () => {
  test.each([
    ['the first, when nothing was answered', createHistory().post('a').post('b'), undefined, 1],
    ['those behind the last answer', createHistory().post('a').says('b').post('c').post('d'), undefined, 3],
    ['none', createHistory().post('a').says('b'), undefined, Number.POSITIVE_INFINITY],
    [
      'K-43 the one whose turn failed',
      createHistory().post('a').says('b').post('c').calls('x').results(),
      undefined,
      3,
    ],
    [
      'the present turn’s, although its answer was begun',
      createHistory('t2').post('a').says('half'),
      't2',
      1,
    ],
    ['not another turn’s', createHistory('t1').post('a').says('b'), 't2', Number.POSITIVE_INFINITY],
  ])('%s', (_name, { records }, turnId, seq) => {
    expect(unansweredFrom(records, turnId)).toBe(seq);
  });
});

test('messages behind the last summary are counted', () => {
  expect(messagesBehindSummary(createHistory().post('a').says('b').records)).toBe(2);
  expect(messagesBehindSummary(createHistory().summary('s').post('a').says('b').records)).toBe(2);
  expect(messagesBehindSummary(createHistory().summary('s').post('a').summary('t').records)).toBe(0);
});
