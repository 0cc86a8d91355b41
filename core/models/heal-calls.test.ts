import { describe, expect, test } from 'vitest';
import { callPart, createRecords, expectHealed, resultPart, textPart } from '../../test/support/history.ts';
import type { MessageRecord } from '../sessions/record.ts';
import { toModelMessages } from './messages.ts';

const { post, assistant, results } = createRecords();
const user = (content: string) => ({ role: 'user', content });
const says = (...content: unknown[]) => ({ role: 'assistant', content });
const gets = (...content: unknown[]) => ({ role: 'tool', content });
const unknownOutcome = (toolCallId: string, toolName = 'add') => ({
  type: 'tool-result',
  toolCallId,
  toolName,
  output: { type: 'error-text', value: expect.stringContaining('There is no result') },
});
const search = (id: string) => ({ ...callPart(id, 'web_search', { query: 'x' }), providerExecuted: true });
const found = (id: string) => ({
  type: 'tool-result',
  toolCallId: id,
  toolName: 'web_search',
  output: { type: 'json', value: [{ url: 'https://example.com', encryptedContent: 'aGk=' }] },
});
const signed = {
  type: 'reasoning',
  text: 'I add.',
  providerOptions: { anthropic: { signature: 'c2lnbmVk' } },
};

const histories: [name: string, records: MessageRecord[], expected: unknown[]][] = [
  [
    'a provider’s own call without its result is left out, as is a result without its call',
    [
      post('find'),
      assistant(
        textPart('I look.'),
        search('s1'),
        search('s2'),
        found('s2'),
        found('s3'),
        textPart('Found.'),
      ),
      post('and?'),
    ],
    [user('find'), says(textPart('I look.'), search('s2'), found('s2'), textPart('Found.')), user('and?')],
  ],
  [
    'a provider’s call whose result was damaged goes with it',
    [
      post('find'),
      assistant(textPart('I look.'), search('s1'), { ...found('s1'), output: { type: 'who knows' } }),
      post('and?'),
    ],
    [user('find'), says(textPart('I look.')), user('and?')],
  ],
  [
    'a provider’s call that it broke off itself is kept for the answer that continues it, and no longer',
    [
      post('find'),
      assistant(search('s1')),
      assistant(found('s1'), search('s2'), search('s3')),
      assistant(found('s2'), search('s4')),
    ],
    [user('find'), says(search('s1')), says(found('s1'), search('s2')), says(found('s2'), search('s4'))],
  ],
  [
    'a provider’s call may be answered behind our own tools',
    [
      post('find'),
      assistant(search('s1'), callPart('a')),
      results(resultPart('a')),
      assistant(found('s1'), textPart('Found.')),
    ],
    [
      user('find'),
      says(search('s1'), callPart('a')),
      gets(resultPart('a')),
      says(found('s1'), textPart('Found.')),
    ],
  ],
  [
    'a provider’s call is kept while it can still be answered',
    [post('find'), assistant(search('s1'), callPart('a')), results(resultPart('a'))],
    [user('find'), says(search('s1'), callPart('a')), gets(resultPart('a'))],
  ],
  [
    'a provider’s call that was cut off is left out, and the message with it',
    [post('find'), assistant(signed, search('s1')), post('go on')],
    [user('find'), user('go on')],
  ],
  [
    'a result of ours without its call is left out',
    [post('hi'), results(resultPart('x')), assistant(textPart('hello'))],
    [user('hi'), says(textPart('hello'))],
  ],
  [
    'T-4 of two results of one call the first counts',
    [
      post('hi'),
      assistant(callPart('a')),
      results(resultPart('a', 'one'), resultPart('a', 'two')),
      results(resultPart('a', 'three')),
    ],
    [user('hi'), says(callPart('a')), gets(resultPart('a', 'one'))],
  ],
  [
    'a call that stands twice in one answer is one call',
    [
      post('hi'),
      assistant(callPart('a', 'add', { n: 1 }), callPart('a', 'add', { n: 2 })),
      results(resultPart('a')),
    ],
    [user('hi'), says(callPart('a', 'add', { n: 1 })), gets(resultPart('a'))],
  ],
  [
    'a call without a result is told to have none',
    [post('hi'), assistant(callPart('a'), callPart('b')), results(resultPart('b')), post('and?')],
    [
      user('hi'),
      says(callPart('a'), callPart('b')),
      gets(unknownOutcome('a'), resultPart('b')),
      user('and?'),
    ],
  ],
  [
    'T-53 an answer that was stored in two records keeps its calls',
    [post('hi'), assistant(textPart('I add.')), assistant(callPart('a')), results(resultPart('a'))],
    [user('hi'), says(textPart('I add.')), says(callPart('a')), gets(resultPart('a'))],
  ],
  [
    'a tool’s name that providers refuse is made one that they take, for the call and its result',
    [
      post('hi'),
      assistant(callPart('a', 'browser.tabs open')),
      results(resultPart('a', 'There is no such tool.', 'browser.tabs open')),
      assistant(callPart('b', 'x'.repeat(70)), callPart('c', '')),
    ],
    [
      user('hi'),
      says(callPart('a', 'browser_tabs_open')),
      gets(resultPart('a', 'There is no such tool.', 'browser_tabs_open')),
      says(callPart('b', 'x'.repeat(64)), callPart('c', '_')),
      gets(unknownOutcome('b', 'x'.repeat(64)), unknownOutcome('c', '_')),
    ],
  ],
  [
    'arguments that are no object become one: providers refuse others',
    [
      post('hi'),
      assistant(callPart('a', 'add', 'text'), callPart('b', 'add', [1]), callPart('c', 'add', null)),
      results(resultPart('a'), resultPart('b'), resultPart('c')),
    ],
    [
      user('hi'),
      says(callPart('a'), callPart('b'), callPart('c')),
      gets(resultPart('a'), resultPart('b'), resultPart('c')),
    ],
  ],
];

describe('81 calls and results are made to fit', () => {
  test.each(histories)('%s', (_name, records, expected) => expectHealed(records, expected));

  test('an open call of an earlier step is none: only the last answer’s calls can be', () => {
    const records = [post('hi'), assistant(callPart('a')), post('well?'), assistant(callPart('a'))];
    expect(toModelMessages(records, { openCalls: new Set(['a']) })).toEqual([
      user('hi'),
      says(callPart('a')),
      gets(unknownOutcome('a')),
      user('well?'),
      says(callPart('a')),
    ]);
  });
});
