import { describe, expect, it } from 'vitest';
import {
  asks,
  beginsText,
  chunksOf,
  ends,
  endsText,
  failsWith,
  gets,
  logOf,
  part,
  pauses,
  play,
  playAtOnce,
  requesterId,
  resumes,
  says,
  T0,
} from '../../../test/support/relay-log.ts';
import type { ChunkBatch, StreamChunk } from '../../stream/chunks.ts';

const mention = `<@${requesterId}>`;
const display = { surface: 'timeline' as const };

const atOnce = (...batches: StreamChunk[][]) => playAtOnce(logOf(...batches), { display });

/** A flush after each batch, so far apart that each may go out. */
const oneByOne = (batches: readonly ChunkBatch[], options: Parameters<typeof play>[2] = {}) =>
  play(
    batches,
    batches.map((_, n) => ({ upTo: n + 1, now: T0 + n * 3_000 })),
    { display, rollAgeMs: 1_000_000, ...options },
  );

const cardsOf = ({ shown }: ReturnType<typeof play>) =>
  shown.map(({ cards }) => [...cards.values()].map(({ title, status }) => [title, status]));

describe('the first sign of life of a timeline', () => {
  it('opens it in timeline mode; the first calls take the place of the Thinking card', () => {
    const { calls, shown } = play(
      logOf([asks('a', { path: '/x' }), asks('b', { path: '/y' })], [gets('a'), gets('b'), ends()]),
      [
        { upTo: 0, now: T0 },
        { upTo: 1, now: T0 + 1_000 },
        { upTo: 2, now: T0 + 4_000 },
      ],
      { display },
    );
    expect(calls[0]?.args.task_display_mode).toBe('timeline');
    expect(chunksOf(calls[0])).toMatchObject([{ title: 'Thinking', status: 'in_progress' }]);
    expect([...(shown[0]?.cards.values() ?? [])]).toEqual([
      { title: 'Read file (2)', status: 'complete', details: '/x\n/y', output: 'ok' },
    ]);
  });

  it('P-7 a text-only turn streams from its first words, without a card where they are there at once', () => {
    const late = play(
      logOf([beginsText(), says('Hello')]),
      [
        { upTo: 0, now: T0 },
        { upTo: 1, now: T0 + 1_000 },
      ],
      { display },
    );
    expect(chunksOf(late.calls[1])).toMatchObject([{ status: 'complete' }, { text: 'Hello' }]);
    expect(atOnce([beginsText(), says('Hello')]).shown[0]?.order).toEqual(['Hello']);
  });
});

describe('bursts', () => {
  it('11 shows text and calls in their order, calls in a row as one card that counts them', () => {
    const log = [
      ...part('First.'),
      ...[1, 2, 3].flatMap((n) => [asks(`a${n}`, { path: `/${n}` }), gets(`a${n}`, `done ${n}`)]),
      ...part('Second.'),
      asks('b1', { q: 'rain' }, 'search_web'),
      asks('b2', { path: '/4' }),
      gets('b2', 'last'),
      gets('b1', 'latest'),
      ends(),
    ];
    const { calls, shown } = atOnce(log);
    expect(calls.map(({ method }) => method)).toEqual(['chat.startStream', 'chat.stopStream']);
    expect(calls.flatMap(chunksOf).map(({ text, title }) => text ?? title)).toEqual([
      'First.',
      'Read file (3)',
      'Second.',
      '2 tool calls',
      '2 tool calls',
      mention,
    ]);
    expect([...(shown[0]?.cards.values() ?? [])]).toEqual([
      { title: 'Read file (3)', status: 'complete', details: '/1\n/2\n/3', output: 'done 3' },
      {
        title: '2 tool calls',
        status: 'complete',
        details: 'Search web: rain\nRead file: /4',
        output: 'latest',
      },
    ]);
  });

  it('P-9 a burst of 50 calls in one window is one chunk, and its results cost no call', () => {
    const asked = Array.from({ length: 50 }, (_, n) => asks(`c${n}`, { path: `/some/where/file-${n}.txt` }));
    const { calls } = oneByOne(
      logOf(asked, ...asked.map((_, n) => [gets(`c${n}`)]), part('Done.'), [ends()]),
    );
    expect(calls.map(({ method }) => method)).toEqual([
      'chat.startStream',
      'chat.appendStream',
      'chat.stopStream',
    ]);
    const [burst, ...others] = chunksOf(calls[0]);
    expect(others).toEqual([]);
    expect(burst).toMatchObject({ title: 'Read file (50)', status: 'in_progress' });
    expect(burst?.details).toMatch(/^\/some\/where\/file-0\.txt\n.*\n… and 4\d more$/s);
    expect(burst?.details?.length).toBeLessThanOrEqual(256);
  });

  it('P-8 two calls of one tool with the same arguments are counted as two', () => {
    expect(cardsOf(atOnce([asks('a', { q: 'x' }), asks('b', { q: 'x' })]))).toEqual([
      [['Read file (2)', 'in_progress']],
    ]);
  });

  it('P-17 S-20 each chunk has title and state, details the new line alone, and the output comes once', () => {
    const { calls, shown } = oneByOne(
      logOf(
        [asks('a', { path: '/1' })],
        [gets('a', 'one'), asks('b', { path: '/2' })],
        [gets('b', 'two')],
        part('And so.'),
      ),
    );
    const card = { type: 'task_update', id: 'a' };
    expect(calls.map(chunksOf)).toEqual([
      [{ ...card, title: 'Read file', status: 'in_progress', details: '/1' }],
      [{ ...card, title: 'Read file (2)', status: 'in_progress', details: '\n/2' }],
      [
        { ...card, title: 'Read file (2)', status: 'complete', output: 'two' },
        { type: 'markdown_text', text: 'And so.' },
      ],
    ]);
    expect(shown[0]?.cards.get('a')?.details).toBe('/1\n/2');
  });

  it('G-31 ends as an error when any of its calls failed, with the first failure', () => {
    const { shown } = atOnce([
      ...['a', 'b', 'c'].map((id) => asks(id)),
      gets('a', 'fine'),
      failsWith('b', 'no such file'),
      failsWith('c', 'not this one'),
      ...part('Hm.'),
    ]);
    expect(shown[0]?.cards.get('a')).toMatchObject({ status: 'error', output: 'Failed: no such file' });
  });

  it('goes on spinning above the text until its last call is done: no failure is lost', () => {
    const log = logOf(
      [asks('a'), asks('b'), gets('a')],
      part('Meanwhile.'),
      [asks('c')],
      [failsWith('b', 'No.')],
    );
    const { calls } = oneByOne(log);
    expect(
      calls.map(chunksOf).map((chunks) => chunks.map(({ title, status, text }) => [text ?? title, status])),
    ).toEqual([
      [['Read file (2)', 'in_progress']],
      [['Meanwhile.', undefined]],
      // No call joins what text stands behind.
      [['Read file', 'in_progress']],
      [['Read file (2)', 'error']],
    ]);
  });

  it('P-23 drops a late or second result for a closed burst, and does not open it again', () => {
    const { calls, shown } = oneByOne(
      logOf([asks('a'), gets('a', 'one')], part('Text.'), [gets('a', 'two')], [failsWith('a', 'three')]),
    );
    expect(calls).toHaveLength(2);
    expect(shown[0]?.cards.get('a')).toMatchObject({ status: 'complete', output: 'one' });
  });

  it('G-32 a result without a start is counted as a call', () => {
    expect(cardsOf(atOnce([asks('a'), gets('a'), gets('late', 'found'), ...part('Yes.')]))).toEqual([
      [['2 tool calls', 'complete']],
    ]);
  });

  it('white space between calls is no narrative', () => {
    const { shown } = atOnce([asks('a'), gets('a'), ...part('\n\n'), asks('b'), gets('b'), ends()]);
    expect(shown[0]?.order).toEqual(['a', mention]);
    expect(shown[0]?.cards.get('a')?.title).toBe('Read file (2)');
  });

  it('a follow-up, a file and a summary of the conversation have cards of their own', () => {
    const log = [
      asks('a'),
      gets('a'),
      { type: 'data-follow-up' as const, data: { messageTs: '1.1', userId: 'U1', text: 'And this' } },
      asks('b'),
      gets('b'),
      asks('compaction-1-1', { conversation: '80 messages' }, 'compact_conversation'),
      gets('compaction-1-1', 'Summarised'),
      asks('c'),
    ];
    expect(cardsOf(atOnce(log))).toEqual([
      [
        ['Read file', 'complete'],
        ['Read a follow-up', 'complete'],
        ['Read file', 'complete'],
        ['Compact conversation', 'complete'],
        ['Read file', 'in_progress'],
      ],
    ]);
  });

  it.each([
    ['completed', 'complete'],
    ['failed', 'error'],
    ['stopped', 'error'],
  ] as const)('G-33 no burst spins on when the turn is %s', (end, status) => {
    const running = atOnce([asks('a'), asks('b'), gets('a')], [ends(end, 'For a reason.')]);
    expect(cardsOf(running)).toEqual([[['Read file (2)', status]]]);
    // S-6 What was done stays done.
    const done = atOnce([asks('a'), gets('a')], [ends(end, 'For a reason.')]);
    expect(cardsOf(done)).toEqual([[['Read file', 'complete']]]);
  });
});

describe('text between cards', () => {
  it('closes a code block before a card, and opens it again where the text goes on', () => {
    const { shown } = atOnce([
      beginsText(),
      says('```ts\nlet a;\n'),
      asks('a'),
      says('let b;\n```\n'),
      endsText(),
      gets('a'),
      ...part('Done.'),
    ]);
    const order = shown[0]?.order ?? [];
    expect(order).toEqual(['```ts\nlet a;\n```', 'a', '```ts\nlet b;\n```\n\n\nDone.']);
  });

  it('an open code block of one part does not swallow the part behind the card', () => {
    const { shown } = atOnce([...part('```\nlet a;'), asks('a'), gets('a'), ...part('Done.'), ends()]);
    expect(shown[0]?.order).toEqual(['```\nlet a;\n```', 'a', 'Done.', `\n\n${mention}`]);
  });
});

describe('pauses of a timeline', () => {
  it('G-33 a burst that waits is pending, and goes on in the new message with its count', () => {
    const log = logOf(
      [asks('a', { path: '/1' }), asks('b', { path: '/2' }), gets('a'), pauses()],
      [resumes()],
      [gets('b', 'done'), asks('c', { path: '/3' }), gets('c', 'also'), ends()],
    );
    const played = oneByOne(log);
    expect(cardsOf(played)).toEqual([[['Read file (2)', 'pending']], [['Read file (3)', 'complete']]]);
    expect(played.shown[0]?.status).toBe('suspended');
    expect(played.shown[1]?.cards.get('a')?.details).toBe('/2\n/3');
  });
});

describe('roll-over of a timeline', () => {
  it('carries the open burst over with its count, and ends it in the message that is left', () => {
    const log = logOf(
      [asks('a', { path: '/1' })],
      [asks('b', { path: '/2' })],
      [gets('b'), failsWith('a', 'No.'), ends()],
    );
    const { shown } = play(
      log,
      [
        { upTo: 2, now: T0 },
        { upTo: 2, now: T0 + 200_000 },
        { upTo: 3, now: T0 + 203_000 },
      ],
      { display, rollAgeMs: 200_000 },
    );
    expect(shown.map(({ cards }) => cards.get('a'))).toEqual([
      { title: 'Read file (2)', status: 'complete', details: '/1\n/2', output: 'Goes on below.' },
      { title: 'Read file (2)', status: 'error', details: '/2', output: 'Failed: No.' },
    ]);
  });

  it('G-2 rolls by blocks: each card and each stretch of text is one', () => {
    const log = Array.from({ length: 40 }, (_, n) => [
      ...part(`Text ${n}.`),
      asks(`c${n}`),
      gets(`c${n}`),
    ]).flat();
    const { shown } = atOnce(log, [ends()]);
    expect(shown.map(({ order }) => order.length)).toEqual([45, 36]);
    expect(shown.map(({ text }) => text).join('')).toMatch(/^Text 0\.Text 1\..*Text 39\.<@/);
  });

  it.each([
    ['tables', (n: number) => `Table ${n}\n\n| a | b |\n|---|---|\n| ${n} | x |\n\n`, 40],
    ['rules', (n: number) => `Part ${n}\n\n---\n\n`, 40],
    ['headings', (n: number) => `## Part ${n}\n\n`, 40],
  ])('G-2 counts the blocks that Slack makes of %s', (_, text, times) => {
    const whole = Array.from({ length: times }, (_, n) => text(n)).join('');
    const { shown } = atOnce(part(whole), [ends()]);
    expect(shown).toHaveLength(2);
    expect(shown.map((message) => message.text).join('')).toContain(text(times - 1).trim());
  });

  it('does not count what stands in code', () => {
    const code = `\`\`\`sh\n${'# a comment\n---\n'.repeat(100)}\`\`\`\n`;
    expect(atOnce(part(code), [ends()]).shown).toHaveLength(1);
  });
});
