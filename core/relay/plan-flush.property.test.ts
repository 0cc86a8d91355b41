import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asks,
  beginsText,
  chunksOf,
  ends,
  endsText,
  failsWith,
  gets,
  pauses,
  play,
  requesterId,
  resumes,
  says,
  T0,
} from '../../test/support/relay-log.ts';
import type { ChunkBatch, FinishNotice, StreamChunk } from '../stream/chunks.ts';

const mention = `<@${requesterId}>`;

/** Text with everything that is cut with care: characters of two units, Slack's syntax, white space, long words. */
const piece = fc.array(
  fc.constantFrom(
    'word ',
    'a',
    '<',
    '!channel>',
    '@U1>',
    '#C1>',
    '!--',
    '\n',
    '\n\n',
    '😀',
    'é',
    '漢字',
    '. ',
    'x'.repeat(70),
  ),
  { minLength: 1, maxLength: 12 },
);

const textPart = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces): StreamChunk[][] => {
  // Some deltas end within a character, as a provider's stream may.
  const deltas = pieces.map((words) => words.join(''));
  return [[beginsText()], ...deltas.flatMap(halves).map((delta) => [says(delta)]), [endsText()]];
});

function halves(delta: string): string[] {
  const middle = Math.floor(delta.length / 2);
  return middle === 0 ? [delta] : [delta.slice(0, middle), delta.slice(middle)];
}

const toolStep = fc
  .record({
    calls: fc.integer({ min: 1, max: 4 }),
    fails: fc.boolean(),
    input: fc.string({ maxLength: 300 }),
  })
  .map(({ calls, fails, input }) => (step: number): StreamChunk[][] => {
    const ids = Array.from({ length: calls }, (_, n) => `call-${step}-${n}`);
    return [
      ids.map((id) => asks(id, { input })),
      ...ids.map((id) => [fails ? failsWith(id, input) : gets(id, input)]),
    ];
  });

const event = fc.oneof(
  textPart.map((batches) => () => batches),
  toolStep,
  fc.constant((step: number): StreamChunk[][] => [
    [asks(`p-${step}`)],
    [pauses()],
    [resumes()],
    [gets(`p-${step}`)],
  ]),
  fc.constant((): StreamChunk[][] => [
    [{ type: 'data-retry', data: { attempt: 1, error: 'Busy.', delayMs: 1_000, retryingAt: 0 } }],
  ]),
  fc.constant((step: number): StreamChunk[][] => [[asks(`open-${step}`)]]),
);

interface History {
  batches: ChunkBatch[];
  /** Batches that come between two flushes, and the time between them. */
  gaps: number[];
  waits: number[];
  rollBytes: number;
  rollCards: number;
}

const history: fc.Arbitrary<History> = fc
  .record({
    events: fc.array(event, { maxLength: 8 }),
    end: fc.constantFrom<FinishNotice['end']>('completed', 'failed', 'stopped'),
    gaps: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
    waits: fc.array(fc.constantFrom(300, 1_000, 2_500, 60_000, 250_000), { minLength: 1, maxLength: 12 }),
    rollBytes: fc.integer({ min: 300, max: 3_000 }),
    rollCards: fc.integer({ min: 5, max: 20 }),
  })
  .map(({ events, end, ...rest }) => {
    const chunks = [...events.flatMap((make, step) => make(step)), [ends(end)]];
    const batches = chunks.map((batch, n): ChunkBatch => ({ fence: 1, seq: n + 1, chunks: batch, at: T0 }));
    return { batches, ...rest };
  });

function playHistory({ batches, gaps, waits, rollBytes, rollCards }: History) {
  const steps: { upTo: number; now: number }[] = [];
  let upTo = 0;
  let now = T0;
  for (let n = 0; upTo < batches.length; n++) {
    upTo = Math.min(batches.length, upTo + (gaps[n % gaps.length] ?? 0) + (n % gaps.length === 0 ? 1 : 0));
    now += waits[n % waits.length] ?? 0;
    steps.push({ upTo, now });
  }
  return play(batches, steps, { limits: { rollBytes, rollCards }, rollAgeMs: 200_000 });
}

/** Cards that a history leaves open at once, at most: these are carried over whatever the limit. */
const MOST_OPEN = 8 + 4;

/** What people read, without white space and the marks that make Slack's syntax inert. */
const readable = (text: string): string => text.replace(/[\s\u200b]+/g, '');

const textOf = (batches: readonly ChunkBatch[]): string =>
  batches
    .flatMap(({ chunks }) => chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')))
    .join('');

describe('planFlush over random histories', () => {
  const check = (property: (input: History, played: ReturnType<typeof play>) => void) =>
    fc.assert(
      fc.property(history, (input) => property(input, playHistory(input))),
      { numRuns: 300 },
    );

  it('shows every text of the log once and in order, and the mention once, last', () => {
    check(({ batches }, { shown }) => {
      const all = shown.map((message) => message.text).join('');
      expect(readable(all)).toBe(readable(textOf(batches)) + mention);
      expect(all.split(mention)).toHaveLength(2);
    });
  });

  it('shows nothing of the model that Slack would take for its own syntax', () => {
    check((_input, { shown }) => {
      for (const { text } of shown) expect(text.replace(mention, '')).not.toMatch(/<(?:@|!channel)/);
    });
  });

  it('G-33 leaves no message open and no card without an end', () => {
    check((_input, { shown }) => {
      for (const { open, cards } of shown) {
        expect(open).toBe(false);
        for (const { status } of cards.values()) expect(['complete', 'error', 'pending']).toContain(status);
      }
      // A card's last state is final, unless it waited when the turn was ended.
      const last = new Map(shown.flatMap(({ cards }) => [...cards].map(([id, { status }]) => [id, status])));
      for (const status of last.values()) expect(status).not.toBe('pending');
    });
  });

  it('ends each card as the log says', () => {
    check(({ batches }, { shown }) => {
      const last = new Map(shown.flatMap(({ cards }) => [...cards].map(([id, card]) => [id, card.status])));
      for (const chunk of batches.flatMap(({ chunks }) => chunks)) {
        if (chunk.type === 'tool-output-available') expect(last.get(chunk.toolCallId)).toBe('complete');
        if (chunk.type === 'tool-output-error') expect(last.get(chunk.toolCallId)).toBe('error');
      }
    });
  });

  it('S-20 sends details once per card and message', () => {
    check((_input, { shown }) => {
      for (const { cards } of shown)
        for (const { details } of cards.values()) expect(details.length).toBeLessThanOrEqual(256);
    });
  });

  it('makes no call that Slack would refuse', () => {
    check(({ rollBytes, rollCards }, { calls, shown }) => {
      for (const chunk of calls.flatMap(chunksOf)) {
        if (chunk.type === 'markdown_text') expect(chunk.text?.length).toBeLessThanOrEqual(12_000);
        for (const field of [chunk.title, chunk.details, chunk.output])
          expect(Array.from(field ?? '').length).toBeLessThanOrEqual(256);
        if (chunk.text !== undefined) expect(chunk.text).toBe(chunk.text.toWellFormed());
      }
      // The mention, what is closed and the first thing of a new message may go beyond.
      for (const { text, cards } of shown) {
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(rollBytes + 200);
        expect(cards.size).toBeLessThanOrEqual(Math.max(rollCards, MOST_OPEN) + 1);
      }
    });
  });

  it('keeps two seconds between the appends of a turn', () => {
    check((_input, { calls }) => {
      const appends = calls.filter((call) => call.method === 'chat.appendStream').map((call) => call.at);
      for (const [n, at] of appends.entries())
        if (n > 0) expect(at - (appends[n - 1] ?? 0)).toBeGreaterThanOrEqual(2_000);
    });
  });
});
