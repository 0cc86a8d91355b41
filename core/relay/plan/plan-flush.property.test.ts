import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExpectedLog, expectedLog, toolTitles } from '../../../test/support/expected-log.ts';
import {
  asks,
  beginsText,
  chunksOf,
  ends,
  endsText,
  type Fate,
  failsWith,
  gets,
  type Played,
  pauses,
  play,
  requesterId,
  resumes,
  says,
  T0,
  textIn,
} from '../../../test/support/relay-log.ts';
import type { ShownMessage } from '../../../test/support/shown-message.ts';
import type { Surface } from '../../display/display.ts';
import type { ChunkBatch, FinishNotice, StreamChunk } from '../../stream/chunks.ts';
import { CONTINUED } from './text-draft.ts';

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

const toolName = fc.constantFrom(...Object.keys(toolTitles));

const toolStep = fc
  .record({
    calls: fc.array(fc.record({ toolName, fails: fc.boolean() }), { minLength: 1, maxLength: 4 }),
    input: fc.string({ maxLength: 300 }),
  })
  .map(({ calls, input }) => (step: number): StreamChunk[][] => {
    const ids = calls.map((call, n) => ({ ...call, id: `call-${step}-${n}` }));
    return [
      ids.map(({ id, toolName }) => asks(id, { input }, toolName)),
      ...ids.map(({ id, fails }) => [fails ? failsWith(id, input) : gets(id, input)]),
    ];
  });

/** A call whose result comes behind a text. */
const lateStep = fc
  .record({ text: textPart, fails: fc.boolean() })
  .map(({ text, fails }) => (step: number): StreamChunk[][] => {
    const id = `late-${step}`;
    return [[asks(id)], ...text, [fails ? failsWith(id, 'No.') : gets(id)], [gets(id, 'again')]];
  });

const event = fc.oneof(
  { weight: 2, arbitrary: textPart.map((batches) => () => batches) },
  { weight: 2, arbitrary: toolStep },
  lateStep,
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
  fc.constant((step: number): StreamChunk[][] => [
    [{ type: 'data-follow-up', data: { messageTs: `${step}.1`, userId: 'U1', text: 'And this' } }],
  ]),
  fc.constant((step: number): StreamChunk[][] => [
    [{ type: 'data-file', data: { fileId: `F${step}`, name: `f${step}.bin`, reason: 'Too large.' } }],
  ]),
);

const fate = fc.constantFrom<Fate>(
  'ok',
  'ok',
  'too long',
  'expired',
  'refused',
  'gone',
  'stopped by a person',
);

interface History {
  batches: ChunkBatch[];
  /** Batches that come between two flushes, and the time between them. */
  gaps: number[];
  waits: number[];
  rollBytes: number;
  rollCards: number;
  fates: Fate[];
}

const history: fc.Arbitrary<History> = fc
  .record({
    events: fc.array(event, { maxLength: 8 }),
    end: fc.constantFrom<FinishNotice['end']>('completed', 'failed', 'stopped'),
    gaps: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
    waits: fc.array(fc.constantFrom(300, 1_000, 2_500, 60_000, 250_000), { minLength: 1, maxLength: 12 }),
    rollBytes: fc.integer({ min: 300, max: 3_000 }),
    rollCards: fc.integer({ min: 5, max: 20 }),
    fates: fc.array(fate, { maxLength: 8 }),
  })
  .map(({ events, end, ...rest }) => {
    const chunks = [...events.flatMap((make, step) => make(step)), [ends(end)]];
    const batches = chunks.map((batch, n): ChunkBatch => ({ fence: 1, seq: n + 1, chunks: batch, at: T0 }));
    return { batches, ...rest };
  });

function playHistory(
  { batches, gaps, waits, rollBytes, rollCards, fates }: History,
  surface: Surface,
  withFates: boolean,
): Played {
  const steps: { upTo: number; now: number }[] = [];
  let upTo = 0;
  let now = T0;
  for (let n = 0; upTo < batches.length; n++) {
    upTo = Math.min(batches.length, upTo + (gaps[n % gaps.length] ?? 0) + (n % gaps.length === 0 ? 1 : 0));
    now += waits[n % waits.length] ?? 0;
    steps.push({ upTo, now });
  }
  const options = { limits: { rollBytes, rollCards }, rollAgeMs: 200_000, display: { surface } };
  return play(batches, steps, { ...options, ...(withFates ? { fates } : {}) });
}

/** Cards that a history leaves open at once, at most: these are carried over whatever the limit. */
const MOST_OPEN = 8 + 4;

/** What people read, without white space, what makes Slack's syntax inert, and the marks of a quote, which goes on below. */
const readable = (text: string): string => text.replace(/[\s\u200b>]+/g, '');

const NOT_WHOLE = 'The answer above is not complete.';

/** Half an answer is said to be one. */
function notWhole(batches: readonly ChunkBatch[]): string {
  const half = expectedLog(batches, false).end !== 'completed' && textOf(batches).trim() !== '';
  return half ? NOT_WHOLE : '';
}

const textOf = (batches: readonly ChunkBatch[]): string =>
  batches
    .flatMap(({ chunks }) => chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')))
    .join('');

/** Runs of text, and cards with their last title and state, as they came to stand one after the other. */
function itemsOf(shown: readonly ShownMessage[]): ExpectedLog['items'] {
  const last = new Map(shown.flatMap(({ cards }) => [...cards]));
  const seen = new Set<string>();
  const items: ExpectedLog['items'] = [];
  for (const entry of shown.flatMap(({ order }) => order)) {
    const card = last.get(entry);
    if (!card) items.push({ text: entry.replace(CONTINUED, '') });
    else if (!seen.has(entry) && !/^Thinking$|^Trying again/.test(card.title))
      items.push({ title: card.title, status: card.status as 'complete' });
    seen.add(entry);
  }
  return items;
}

/** Neighbouring texts as one, as people read them. */
function inRuns(items: ExpectedLog['items']): ExpectedLog['items'] {
  const runs: ExpectedLog['items'] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (!('text' in item)) runs.push(item);
    else if (last && 'text' in last) last.text += readable(item.text);
    else if (readable(item.text) !== '') runs.push({ text: readable(item.text) });
  }
  return runs;
}

const isCard = (item: ExpectedLog['items'][number]): boolean => 'status' in item;

const RUNS = 150;

const checkOn =
  (surface: Surface, withFates = false) =>
  (property: (input: History, played: Played) => void) =>
    fc.assert(
      fc.property(history, (input) => property(input, playHistory(input, surface, withFates))),
      { numRuns: RUNS },
    );

describe.each(['plan', 'timeline'] as const)('planFlush over random histories, surface %s', (surface) => {
  const check = checkOn(surface);
  const shared = surface === 'timeline';

  it('shows every text of the log once and in order, and the mention once, last', () => {
    check(({ batches }, { shown }) => {
      const all = textIn(shown);
      expect(readable(all)).toBe(readable(textOf(batches) + notWhole(batches) + mention));
      expect(all.split(mention)).toHaveLength(2);
    });
  });

  it('shows nothing of the model that Slack would take for its own syntax', () => {
    check((_input, { shown }) => {
      for (const { order, cards } of shown) {
        // Cards of a timeline part the text.
        const text = order.map((entry) => (cards.has(entry) ? (shared ? ' ' : '') : entry)).join('');
        expect(text.replace(mention, '')).not.toMatch(/<(?:@|!channel)/);
      }
    });
  });

  it('G-33 leaves no message open and no card without an end', () => {
    check((_input, { shown }) => {
      for (const { open, cards, mode } of shown) {
        expect(mode).toBe(surface);
        expect(open).toBe(false);
        for (const { status } of cards.values()) expect(['complete', 'error', 'pending']).toContain(status);
      }
      // A card's last state is final, unless it waited when the turn was ended.
      const last = new Map(shown.flatMap(({ cards }) => [...cards].map(([id, { status }]) => [id, status])));
      for (const status of last.values()) expect(status).not.toBe('pending');
    });
  });

  it('P-8 11 counts each call on a card, and ends each card as its calls did', () => {
    check(({ batches }, { shown }) => {
      expect(itemsOf(shown).filter(isCard)).toEqual(expectedLog(batches, shared).items.filter(isCard));
    });
  });

  it('S-20 sends details once per step and message', () => {
    check((_input, { shown, calls }) => {
      for (const call of calls)
        for (const { details } of chunksOf(call))
          expect(Array.from(details ?? '').length).toBeLessThanOrEqual(256);
      for (const { cards } of shown)
        for (const { details, title } of cards.values()) {
          const lines = details.split('\n').filter(Boolean);
          const steps = Number(/\((\d+)\)$|^(\d+) tool calls$/.exec(title)?.slice(1).find(Boolean) ?? 1);
          expect(lines.length).toBeLessThanOrEqual(steps);
        }
    });
  });

  it('P-17 sends title and state with each update of a card, and its output once', () => {
    check((_input, { calls, shown }) => {
      for (const chunk of calls.flatMap(chunksOf))
        if (chunk.type === 'task_update') {
          expect(chunk.title).toBeTruthy();
          expect(chunk.status).toBeTruthy();
        }
      const told = shown.flatMap(({ cards }) => [...cards.values()].map(({ output }) => output));
      for (const output of told) expect(Array.from(output).length).toBeLessThanOrEqual(256);
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
      for (const { text, cards, order } of shown) {
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(rollBytes + 200);
        expect(cards.size).toBeLessThanOrEqual(Math.max(rollCards, MOST_OPEN) + 1);
        if (shared) expect(stretchesOf(order, cards)).toBeLessThanOrEqual(Math.max(rollCards, MOST_OPEN) + 3);
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

  it('sends all updates of a card in one chunk', () => {
    check((_input, { calls }) => {
      for (const call of calls) {
        const ids = chunksOf(call).flatMap(({ id }) => id ?? []);
        expect(new Set(ids).size).toBe(ids.length);
      }
    });
  });

  it('loses and doubles no text whatever Slack says to its calls, and mentions once, last', () => {
    checkOn(
      surface,
      true,
    )(({ batches }, { shown, record }) => {
      const all = readable(textIn(shown));
      expect(record.view.finished).toBe(true);
      expect(all.split(readable(mention))).toHaveLength(2);
      expect(all.endsWith(readable(mention))).toBe(true);
      expect(all.replace(readable(NOT_WHOLE), '')).toBe(readable(textOf(batches) + mention));
      for (const { open, broken, cards } of shown) {
        expect(open).toBe(false);
        // Without cards none can come to its end (S-5).
        if (!broken && !record.view.cardless)
          for (const { status } of cards.values()) expect(status).not.toBe('in_progress');
      }
    });
  });
});

/** Blocks of a timeline: its cards, and the stretches of text between them. */
function stretchesOf(order: readonly string[], cards: ShownMessage['cards']): number {
  return order.filter((entry, n) => cards.has(entry) || n === 0 || cards.has(order[n - 1] ?? '')).length;
}

describe('planFlush over random histories, surface timeline', () => {
  it('11 shows texts and cards in the order of their arrival', () => {
    checkOn('timeline')(({ batches }, { shown }) => {
      const expected = expectedLog(batches, true).items;
      const end = { text: notWhole(batches) + mention };
      expect(inRuns(itemsOf(shown))).toEqual(inRuns([...expected, end]));
    });
  });
});

describe('planFlush over random histories, surface final', () => {
  it.each([false, true])(
    '11 posts the answer alone, whole and once, or nothing (calls that fail: %s)',
    (fails) => {
      checkOn(
        'final',
        fails,
      )(({ batches }, { shown, calls, record }) => {
        const { answer, end } = expectedLog(batches, false);
        const text = readable(answer);
        const said = end !== 'completed' && text !== '' ? readable(NOT_WHOLE) : '';
        const all = readable(textIn(shown));
        expect(record.view.finished).toBe(true);
        expect(all).toBe(text === '' && end === 'completed' ? '' : text + said + readable(mention));
        for (const { method, at } of calls) {
          expect(method).toBe('chat.postMessage');
          expect(at).toBe(calls[0]?.at);
        }
      });
    },
  );
});
