import { describe, expect, it } from 'vitest';
import {
  asks,
  ends,
  failsWith,
  gets,
  logOf,
  part,
  pauses,
  play,
  playAtOnce,
  requesterId,
  resumes,
  T0,
} from '../../../test/support/relay-log.ts';
import type { StreamChunk } from '../../stream/chunks.ts';
import { CONTINUED } from './text-draft.ts';

const mention = `<@${requesterId}>`;
const display = { surface: 'final' as const };

const shownOf = (...batches: StreamChunk[][]) =>
  playAtOnce(logOf(...batches), { display }).shown.map(({ text }) => text);

describe('a turn of which the answer alone is shown', () => {
  it('11 posts the text behind the last tool result, and calls nothing before the end', () => {
    const log = logOf(part('I will look.'), [asks('a')], [gets('a')], part('It is'), part('there.'), [
      ends(),
    ]);
    const { calls, shown } = play(
      log,
      log.map((_, n) => ({ upTo: n + 1, now: T0 + n * 5_000 })),
      { display },
    );
    expect(calls.map(({ method, at }) => [method, at])).toEqual([['chat.postMessage', T0 + 25_000]]);
    expect(shown.map(({ text }) => text)).toEqual([`It is\n\nthere.\n\n${mention}`]);
  });

  it('G-35 posts a long answer whole, mentioned once, at its end', () => {
    const text = Array.from(
      { length: 1_000 },
      (_, n) => `Paragraph ${n} has about sixty characters in it.`,
    ).join('\n\n');
    const shown = shownOf([asks('a'), gets('a')], part(text), [ends()]);
    expect(shown.length).toBeGreaterThan(4);
    expect(shown.join('').replaceAll(CONTINUED, '').replace(mention, '').replace(/\s/g, '')).toBe(
      text.replace(/\s/g, ''),
    );
    expect(shown.map((message) => message.includes(mention))).toEqual(
      shown.map((_, n) => n === shown.length - 1),
    );
  });

  it.each<[string, StreamChunk[]]>([
    ['no text at all', [asks('a'), gets('a')]],
    ['text before the last step alone', [...part('I will do it.'), asks('a'), gets('a')]],
    ['white space', [asks('a'), gets('a'), ...part('\n\n')]],
  ])('11 posts nothing where there is no answer: %s', (_, chunks) => {
    expect(shownOf(chunks, [ends()])).toEqual([]);
  });

  it.each(['failed', 'stopped'] as const)('P-4 P-5 tells that a turn has %s, whatever it had said', (end) => {
    expect(shownOf([asks('a'), failsWith('a', 'No.')], [ends(end, 'For a reason.')])).toEqual([
      `For a reason.\n\n${mention}`,
    ]);
  });

  it('tells what an error chunk said that came before a step', () => {
    const error: StreamChunk = { type: 'error', errorText: 'The model refused.' };
    expect(shownOf([error, asks('a'), gets('a')], [ends('failed')])[0]).toContain('The model refused.');
  });

  it('a summary of the conversation behind the answer is no step', () => {
    const summary = [
      asks('compaction-3-1', { conversation: '80 messages' }, 'compact_conversation'),
      gets('compaction-3-1', 'Summarised'),
    ];
    expect(shownOf([asks('a'), gets('a')], part('The answer.'), summary, [ends()])).toEqual([
      `The answer.\n\n${mention}`,
    ]);
  });

  it('T-62 what broke off is not part of the answer that begins again', () => {
    const data = { attempt: 1, error: 'Busy.', delayMs: 1_000, retryingAt: T0, partial: true as const };
    const log = [part('Half an ans'), [{ type: 'data-retry' as const, data }], part('The answer.'), [ends()]];
    expect(shownOf(...log)).toEqual([`The answer.\n\n${mention}`]);
  });

  it('shows nothing of its own while it waits for people, and the answer afterwards', () => {
    const log = logOf(part('May I?'), [asks('a'), pauses()], [resumes(), gets('a')], part('Done.'), [ends()]);
    const { calls, shown } = play(
      log,
      log.map((_, n) => ({ upTo: n + 1, now: T0 + n * 60_000 })),
      { display },
    );
    expect(calls.map(({ method }) => method)).toEqual(['chat.postMessage']);
    expect(shown[0]?.text).toBe(`Done.\n\n${mention}`);
  });
});

describe('P-12 the same sentence as intent and as text', () => {
  it.each(['plan', 'timeline', 'final'] as const)(
    'stands once (surface %s): reasoning is not shown, and the log has no other intents',
    (surface) => {
      const sentence = 'I will read the file first.';
      const log: StreamChunk[] = [
        { type: 'reasoning-start', id: 'r' },
        { type: 'reasoning-delta', id: 'r', delta: sentence },
        { type: 'reasoning-end', id: 'r' },
        ...part(sentence),
        ends(),
      ];
      const { calls } = playAtOnce(logOf(log), { display: { surface } });
      expect(
        JSON.stringify(calls.map(({ args }) => args.chunks ?? args.blocks)).split(sentence),
      ).toHaveLength(2);
    },
  );
});
