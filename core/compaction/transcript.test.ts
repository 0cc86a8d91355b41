import { expect, test } from 'vitest';
import { createHistory } from '../../test/support/histories.ts';
import { LEFT_OUT, transcriptMessages, transcriptOf } from './transcript.ts';

const texts = (history: ReturnType<typeof createHistory>) =>
  transcriptOf(history.records, Number.POSITIVE_INFINITY).map(({ role, text }) => [role, text]);

test('people are named, files are named only, calls and results are words', () => {
  const file = { id: 'F1', name: 'plan.pdf', mimetype: 'application/pdf', size: 10 };
  const history = createHistory()
    .post('How many?', 'U1', [file])
    .calls('count')
    .results({ rows: 7 })
    .post('', 'U2', [file])
    .says('Seven.');
  expect(texts(history)).toEqual([
    ['user', '<@U1>: How many?\n(attached: plan.pdf, application/pdf)'],
    ['assistant', '(called count: {"query":"x"})'],
    ['user', '(result of count: {"rows":7})'],
    ['user', '<@U2>: (no words)\n(attached: plan.pdf, application/pdf)'],
    ['assistant', 'Seven.'],
  ]);
});

test.each([
  [{ type: 'error-text', value: 'no such table' }, '(count failed: no such table)'],
  [{ type: 'error-json', value: { code: 7 } }, '(count failed: {"code":7})'],
  [{ type: 'execution-denied', reason: 'Too early.' }, '(count was denied: Too early.)'],
  [{ type: 'execution-denied' }, '(count was denied: no reason was given)'],
  [{ type: 'content', value: [{ type: 'text', text: 'rows' }] }, '(result of count: rows)'],
])('T-8 a failure and a denial stay what they are: %o', (output, text) => {
  const history = createHistory()
    .calls('count')
    .stored('tool', {
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId: 'count-1-0', toolName: 'count', output }],
    });
  expect(texts(history).at(-1)).toEqual(['user', text]);
});

test('reasoning is left out, a provider’s own call and its result stay where they were', () => {
  const history = createHistory().stored('assistant', {
    role: 'assistant',
    content: [
      { type: 'reasoning', text: 'hm' },
      { type: 'tool-call', toolCallId: 'w', toolName: 'web_search', input: { q: 1 }, providerExecuted: true },
      {
        type: 'tool-result',
        toolCallId: 'w',
        toolName: 'web_search',
        output: { type: 'text', value: 'found' },
      },
      { type: 'text', text: 'It is so.' },
    ],
  });
  expect(texts(history)).toEqual([
    ['assistant', '(called web_search: {"q":1})'],
    ['assistant', '(result of web_search: found)'],
    ['assistant', 'It is so.'],
  ]);
});

test('what cannot be understood otherwise is essential: a former summary, and open requests', () => {
  const { records } = createHistory()
    .summary('before')
    .post('old')
    .says('yes')
    .post('open')
    .calls('look')
    .results();
  expect(transcriptOf(records, 4).map(({ essential }) => essential === true)).toEqual([
    true,
    false,
    false,
    true,
    false,
    false,
  ]);
});

test('roles take turns, a person’s comes first and the request comes last', () => {
  const { records } = createHistory().says('Earlier.').post('a').post('b').calls('look').results();
  const messages = transcriptMessages(transcriptOf(records, 9), 'Summarise.');
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user']);
  expect(messages[0]?.content).toBe(LEFT_OUT);
  expect(messages.at(-1)?.content).toBe('(result of look: fine)\n\nSummarise.');
});
