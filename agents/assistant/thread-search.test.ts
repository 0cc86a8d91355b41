import { describe, expect, test } from 'vitest';
import { runTool } from '../../core/index.ts';
import { fakeSlack, refusal, type SlackScript, toolContext } from '../../test/support/fake-slack.ts';
import { threadOf, threadTs } from '../../test/support/fake-thread.ts';
import { readThread } from './tools/read-thread.ts';
import { searchThread } from './tools/search-thread.ts';

interface Finding {
  found: number;
  olderLeftOut: number;
  searched: number;
  passages: { text: string; match?: true; from: string }[][];
  note?: string;
}

async function search(script: SlackScript, input: object) {
  const { slack, calls } = fakeSlack(script);
  const outcome = await runTool(searchThread, input, toolContext(slack));
  return { outcome, calls, value: (outcome.kind === 'output' ? outcome.value : undefined) as Finding };
}

const texts = ({ passages }: Finding) => passages.map((passage) => passage.map(({ text }) => text));
const says = (words: Record<number, string>) => (n: number) => (words[n] ? { text: words[n] } : {});

test('who said it and when, with the messages around it', async () => {
  const { value } = await search(threadOf(9, says({ 4: 'We deploy on Friday' })), { query: 'friday' });
  expect(value).toEqual({
    found: 1,
    olderLeftOut: 0,
    searched: 9,
    passages: [
      [
        { from: 'Ana', userId: 'U1', at: '2025-11-06T11:53:22.000Z', text: 'm2' },
        { from: 'Ben', userId: 'U2', at: '2025-11-06T11:53:23.000Z', text: 'm3' },
        {
          from: 'Ana',
          userId: 'U1',
          at: '2025-11-06T11:53:24.000Z',
          text: 'We deploy on Friday',
          match: true,
        },
        { from: 'Ben', userId: 'U2', at: '2025-11-06T11:53:25.000Z', text: 'm5' },
        { from: 'Ana', userId: 'U1', at: '2025-11-06T11:53:26.000Z', text: 'm6' },
      ],
    ],
  });
});

test.each([
  ['case', 'DEPLOY', 'we deploy'],
  ['accents in the thread', 'resume', 'Le résumé'],
  ['accents in the query', 'résumé', 'the resume'],
  ['composed and decomposed', 'caf\u00e9', 'cafe\u0301'],
  ['parts of words', 'ploy', 'redeployed'],
  ['all words, in any order', 'friday deploy', 'deploy it on friday'],
  ['a phrase', '"on friday"', 'deploy on\nFriday'],
  ['links', 'example.com/a', 'see <https://example.com/a|this>'],
])('%s', async (_name, query, text) => {
  expect((await search(threadOf(3, says({ 1: text })), { query, neighbours: 0 })).value).toMatchObject({
    found: 1,
    passages: [[{ text, match: true }]],
  });
});

test.each([
  ['one word of two', 'deploy monday', 'deploy it on friday'],
  ['a phrase’s words apart', '"deploy friday"', 'deploy it on friday'],
  ['what stands in two messages', 'm0 m1', 'x'],
])('%s is no match', async (_name, query, text) => {
  expect((await search(threadOf(3, says({ 2: text })), { query })).value).toMatchObject({
    found: 0,
    passages: [],
    searched: 3,
  });
});

test('a file is found by its name, an app’s message by its text', async () => {
  const script = threadOf(3, (n) =>
    n === 1
      ? { user: undefined, bot_id: 'B1', username: 'Builds', text: undefined, files: [{ name: 'Plan.pdf' }] }
      : {},
  );
  expect((await search(script, { query: 'plan.pdf', neighbours: 0 })).value.passages).toEqual([
    [{ from: 'Builds', at: expect.any(String), text: '', files: ['Plan.pdf'], match: true }],
  ]);
});

describe('passages', () => {
  const three = threadOf(40, says({ 5: 'x a', 8: 'x b', 20: 'x c' }));
  test('what stands close together is one, no message is given twice', async () => {
    expect(texts((await search(three, { query: 'x' })).value)).toEqual([
      ['m3', 'm4', 'x a', 'm6', 'm7', 'x b', 'm9', 'm10'],
      ['m18', 'm19', 'x c', 'm21', 'm22'],
    ]);
  });

  test('the newest matches are given, older ones counted', async () => {
    const { value } = await search(three, { query: 'x', limit: 1, neighbours: 0 });
    expect(value).toMatchObject({ found: 3, olderLeftOut: 2 });
    expect(texts(value)).toEqual([['x c']]);
  });

  test('a match that is a neighbour of a given one is shown without the mark', async () => {
    const { value } = await search(threadOf(3, says({ 0: 'x', 1: 'x' })), {
      query: 'x',
      limit: 1,
      neighbours: 1,
    });
    expect(value.passages[0]?.map(({ match }) => match)).toEqual([undefined, true, undefined]);
  });

  test('at the ends of the thread', async () => {
    const { value } = await search(threadOf(6, says({ 0: 'x', 5: 'x' })), { query: 'x', neighbours: 1 });
    expect(texts(value)).toEqual([
      ['x', 'm1'],
      ['m4', 'x'],
    ]);
  });
});

describe('limits', () => {
  test('long messages are shown around what was found, their neighbours from their beginning', async () => {
    const long = `${'é '.repeat(3_000)}the Needle is here${' b'.repeat(3_000)}`;
    const { value } = await search(threadOf(2, says({ 0: long, 1: 'n'.repeat(2_000) })), { query: 'needle' });
    const [match, neighbour] = value.passages[0] ?? [];
    expect(match?.text).toContain('the Needle is here');
    expect(match?.text).toMatch(/^\[… \d+ characters left out …\].*\[… \d+ characters left out …\]$/s);
    expect(match?.text.length).toBeLessThan(1_300);
    expect(neighbour?.text).toBe(`${'n'.repeat(400)} [… 1600 characters left out …]`);
  });

  test('an excerpt halves no character', async () => {
    for (const before of [1_000, 1_001, 1_002]) {
      const { value } = await search(
        threadOf(1, says({ 0: `${'y'.repeat(before)}${'😀'.repeat(2_000)} needle` })),
        {
          query: 'needle',
        },
      );
      expect(value.passages[0]?.[0]?.text.isWellFormed()).toBe(true);
    }
  });

  test('thirty long matches with all their neighbours stay under what a result may take', async () => {
    const script = threadOf(600, (n) => ({
      text: `${n % 11 === 0 ? 'needle ' : ''}${'日本語'.repeat(2_000)}`,
    }));
    const { outcome, value } = await search(script, { query: 'needle', limit: 30, neighbours: 5 });
    expect(Buffer.byteLength(JSON.stringify(outcome))).toBeLessThan(64 * 1024);
    const given = value.passages.flat().filter(({ match }) => match).length;
    expect(given).toBeGreaterThan(0);
    expect(given + value.olderLeftOut).toBe(value.found);
  });

  test('S-15 a thread of 450 is searched over all pages, each message once', async () => {
    const { value, calls } = await search(threadOf(450, says({ 0: 'needle', 430: 'needle' })), {
      query: 'needle',
    });
    expect(value).toMatchObject({ found: 2, searched: 450 });
    expect(calls.filter(({ method }) => method === 'conversations.replies')).toHaveLength(3);
  });

  test('a thread without end is left after twenty pages, with a note', async () => {
    const { value, calls } = await search(
      {
        'conversations.replies': ({ cursor }) => ({
          messages: [{ ts: threadTs(Number(cursor ?? 0)), text: 'x' }],
          response_metadata: { next_cursor: String(Number(cursor ?? 0) + 1) },
        }),
      },
      { query: 'nothing' },
    );
    expect(calls).toHaveLength(20);
    expect(value.note).toContain('longer than 4000');
  });

  test('a stop is heard between two pages', async () => {
    const controller = new AbortController();
    const { slack, calls } = fakeSlack({
      'conversations.replies': ({ cursor }) => {
        controller.abort(new Error('The person stopped the turn.'));
        return { messages: [], response_metadata: { next_cursor: String(Number(cursor ?? 0) + 1) } };
      },
    });
    const outcome = await runTool(
      searchThread,
      { query: 'x' },
      { ...toolContext(slack), signal: controller.signal },
    );
    expect(outcome).toEqual({ kind: 'error', text: expect.stringContaining('The person stopped the turn.') });
    expect(calls).toHaveLength(1);
  });
});

test('the answer that is just being streamed is not searched', async () => {
  const script = threadOf(2, (n) => (n === 1 ? { text: 'needle', streaming_state: 'in_progress' } : {}));
  expect((await search(script, { query: 'needle' })).value).toMatchObject({ found: 0, searched: 1 });
});

test('it needs no method that read_thread does not need, and only its own thread', async () => {
  const searched = await search(threadOf(5), { query: 'm1' });
  const { slack, calls } = fakeSlack(threadOf(5));
  await runTool(readThread, {}, toolContext(slack));
  const methods = (made: { method: string }[]) => [...new Set(made.map(({ method }) => method))];
  expect(methods(searched.calls)).toEqual(methods(calls));
  expect(searched.calls[0]?.args).toMatchObject({ channel: 'C1', ts: threadTs(0) });
});

test.each(['', '   ', '"" ', 'x'.repeat(201)])('the query “%s” is refused in words', async (query) => {
  const { outcome, calls } = await search(threadOf(1), { query });
  expect(outcome.kind).toBe('error');
  expect(calls).toEqual([]);
});

test('a refusal of Slack is told in words', async () => {
  const { outcome } = await search({ 'conversations.replies': refusal('missing_scope') }, { query: 'x' });
  expect(outcome).toEqual({ kind: 'error', text: expect.stringMatching(/lacks a permission/) });
});
