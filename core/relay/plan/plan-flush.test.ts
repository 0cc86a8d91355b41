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
  recordWith,
  requesterId,
  resumes,
  says,
  T0,
  textIn,
} from '../../../test/support/relay-log.ts';
import { defaultLimits } from '../../settings.ts';
import type { StreamChunk } from '../../stream/chunks.ts';
import { planFlush } from './plan-flush.ts';
import { CONTINUED } from './text-draft.ts';

const mention = `<@${requesterId}>`;
const running = { turn: { state: 'running' as const }, batches: [] };

describe('the first sign of life', () => {
  it('opens a stream with one card before anything is known', () => {
    const { calls } = planFlush(recordWith(), running, defaultLimits, T0, 200_000);
    expect(calls.map((call) => call.method)).toEqual(['chat.startStream']);
    expect(chunksOf(calls[0])).toEqual([
      expect.objectContaining({ type: 'task_update', title: 'Thinking', status: 'in_progress' }),
    ]);
  });

  it('G-1 names the human as recipient', () => {
    const { calls } = planFlush(recordWith(), running, defaultLimits, T0, 200_000);
    expect(calls[0]?.args).toMatchObject({ recipient_user_id: requesterId, recipient_team_id: 'T1' });
  });

  it('asks nothing of Slack when nothing is new', () => {
    const { record } = play(logOf([beginsText(), says('Hello')]), [{ upTo: 1, now: T0 }]);
    const plan = planFlush(
      record,
      { turn: { state: 'running' }, batches: logOf([beginsText(), says('Hello')]) },
      defaultLimits,
      T0 + 10_000,
      200_000,
    );
    expect(plan.calls).toEqual([]);
  });
});

describe('text', () => {
  it('P-7 a text-only turn streams from its first words', () => {
    const { calls, shown } = play(logOf([beginsText(), says('Hello')]), [
      { upTo: 0, now: T0 },
      { upTo: 1, now: T0 + 1_000 },
    ]);
    expect(calls.map((call) => call.method)).toEqual(['chat.startStream', 'chat.appendStream']);
    expect(shown[0]?.text).toBe('Hello');
  });

  it('merges consecutive text into one chunk', () => {
    const { calls } = playAtOnce(logOf([beginsText(), says('One '), says('two ')], [says('three')]));
    expect(chunksOf(calls[0])).toEqual([{ type: 'markdown_text', text: 'One two three' }]);
  });

  it('separates the parts of different steps by a blank line', () => {
    const { shown } = playAtOnce(logOf(part('First.'), [asks('a'), gets('a')], part('Second.')));
    expect(shown[0]?.text).toBe('First.\n\nSecond.');
  });

  it.each([
    ['half a character', 'smile \ud83d', 'smile '],
    ['a lone <', 'a <', 'a '],
    ['half a fence', 'text\n``', 'text\n'],
    ['half a table row', '| a |\n|---|\n| 1', '| a |\n|---|\n'],
  ])('holds back %s until more comes or the part ends', (_what, text, shownNow) => {
    const open = playAtOnce(logOf([beginsText(), says(text)]));
    expect(open.shown[0]?.text).toBe(shownNow);
    const closed = playAtOnce(logOf([beginsText(), says(text), endsText()]));
    expect(closed.shown[0]?.text).toBe(text.toWellFormed());
  });

  it('T-68 makes mentions and broadcasts of the model inert, however they are cut', () => {
    const whole = playAtOnce(logOf(part(`Hi <!channel> ${mention} <#C1>`)));
    const cut = playAtOnce(
      logOf([beginsText(), says('Hi <'), says('!chan'), says(`nel> <`)], [says('@U1> <#C1>')]),
    );
    for (const { shown } of [whole, cut]) expect(shown[0]?.text).not.toMatch(/<[!@]/);
    expect(cut.shown[0]?.text.replaceAll('\u200b', '')).toBe('Hi <!channel> <@U1> <#C1>');
  });
});

describe('cards', () => {
  it('P-9 a burst of N tools is one append with N+1 transitions, each with an id of its own', () => {
    const burst = [1, 2, 3, 4, 5].map((n) => asks(`call-${n}`, { path: `/file-${n}` }));
    const done = [1, 2, 3, 4].map((n) => gets(`call-${n}`));
    const { calls } = play(logOf([asks('call-0')], [gets('call-0'), ...burst, ...done]), [
      { upTo: 0, now: T0 },
      { upTo: 1, now: T0 + 1_000 },
      { upTo: 2, now: T0 + 4_000 },
    ]);
    expect(calls.map((call) => call.method)).toEqual([
      'chat.startStream',
      'chat.appendStream',
      'chat.appendStream',
    ]);
    const transitions = chunksOf(calls[2]);
    expect(transitions.map(({ title, status }) => [title, status])).toEqual([
      ...Array.from({ length: 5 }, () => ['Read file', 'complete']),
      ['Read file', 'in_progress'],
    ]);
    expect(new Set(transitions.map(({ id }) => id)).size).toBe(6);
  });

  it('P-9 the Thinking card ends with the first step, which is a card of its own', () => {
    const { shown } = play(logOf([asks('a', { path: '/x' })], [gets('a', 'found')], [ends()]), [
      { upTo: 0, now: T0 },
      { upTo: 1, now: T0 + 1_000 },
      { upTo: 3, now: T0 + 4_000 },
    ]);
    expect([...(shown[0]?.cards.values() ?? [])]).toEqual([
      { title: 'Thinking', status: 'complete', details: '', output: '' },
      { title: 'Read file', status: 'complete', details: '/x', output: 'found' },
    ]);
  });

  it('P-8 two calls of one tool with the same arguments are two cards', () => {
    const { shown } = playAtOnce(logOf([asks('a', { q: 'x' }), asks('b', { q: 'x' })]));
    expect([...(shown[0]?.cards.values() ?? [])].map(({ title, details }) => [title, details])).toEqual([
      ['Read file', 'x'],
      ['Read file', 'x'],
    ]);
  });

  it('keeps the order of arrival of cards and text', () => {
    const { calls } = playAtOnce(logOf([...part('First.'), asks('a'), gets('a'), ...part('Second.')]));
    expect(chunksOf(calls[0]).map(({ type, text, id }) => text ?? id ?? type)).toEqual([
      'First.',
      'a',
      '\n\nSecond.',
    ]);
  });

  it('P-17 each update of a card sends title and state again, so that none is blanked', () => {
    const { calls, shown } = play(logOf([asks('a', { city: 'Berlin' })], [gets('a', 'sunny')]), [
      { upTo: 1, now: T0 },
      { upTo: 2, now: T0 + 3_000 },
    ]);
    expect(chunksOf(calls[1])).toEqual([
      { type: 'task_update', id: 'a', title: 'Read file', status: 'complete', output: 'sunny' },
    ]);
    expect(shown[0]?.cards.get('a')).toEqual({
      title: 'Read file',
      status: 'complete',
      details: 'Berlin',
      output: 'sunny',
    });
  });

  it('S-20 details go out once per card, for Slack adds them up', () => {
    const { calls } = play(
      logOf([asks('a', { city: 'Berlin' })], [asks('a', { city: 'Berlin' })], [gets('a')], [ends()]),
      [
        { upTo: 1, now: T0 },
        { upTo: 2, now: T0 + 3_000 },
        { upTo: 3, now: T0 + 6_000 },
        { upTo: 4, now: T0 + 9_000 },
      ],
    );
    const details = calls.flatMap(chunksOf).filter((chunk) => chunk.details !== undefined);
    expect(details).toHaveLength(1);
  });

  it('G-31 a failed call says so in at most 200 characters', () => {
    const { shown } = playAtOnce(logOf([asks('a'), failsWith('a', 'no such file '.repeat(50))]));
    const card = shown[0]?.cards.get('a');
    expect(card?.status).toBe('error');
    expect(card?.output).toMatch(/^Failed: no such file/);
    expect(card?.output.length).toBeLessThanOrEqual(200);
  });

  it.each<[string, StreamChunk[], RegExp]>([
    ['without a reason', [], /^Denied: it was not done\.$/],
    [
      'with its reason, in at most 200 characters and inert',
      [{ type: 'data-denial', data: { toolCallId: 'a', reason: `too\nearly, <!here> ${'x'.repeat(2000)}` } }],
      /^Denied: too early, <\u200b!here> x{100,}…$/,
    ],
  ])('a denied call says so %s', (_, before, output) => {
    const denied: StreamChunk = { type: 'tool-output-denied', toolCallId: 'a' };
    const { shown } = playAtOnce(logOf([asks('a'), ...before, denied]));
    const card = shown[0]?.cards.get('a');
    expect(card?.status).toBe('error');
    expect(card?.output).toMatch(output);
    expect(card?.output.length).toBeLessThanOrEqual(200);
  });

  it('G-32 a result without a start gets its card', () => {
    const { shown } = playAtOnce(logOf([gets('late', 'found')]));
    expect(shown[0]?.cards.get('late')).toMatchObject({ status: 'complete', output: 'found' });
  });

  it('P-23 a second or late result of a card that has ended is dropped', () => {
    const { calls } = play(logOf([asks('a'), gets('a', 'one')], [gets('a', 'two')]), [
      { upTo: 1, now: T0 },
      { upTo: 2, now: T0 + 3_000 },
    ]);
    expect(calls).toHaveLength(1);
  });

  it('never shows raw JSON', () => {
    const input = { query: 'rain', filters: { a: 1, b: 2 }, tags: ['x', 'y'], rows: [{}, {}, {}] };
    const { shown } = playAtOnce(logOf([asks('a', input)]));
    expect(shown[0]?.cards.get('a')?.details).toBe(
      'query: rain, filters: 2 fields, tags: x, y, rows: 3 entries',
    );
  });

  it('T-62 marks where an answer broke off that begins again', () => {
    const data = { attempt: 1, error: 'Busy.', delayMs: 1_000, retryingAt: T0, partial: true as const };
    const log = logOf(part('Half an ans'), [{ type: 'data-retry', data }], part('The answer.'), [ends()]);
    expect(playAtOnce(log).shown[0]?.text).toBe(
      `Half an ans\n\n_It broke off here; the answer begins again._\n\nThe answer.\n\n${mention}`,
    );
  });

  it('names a long wait as people do', () => {
    const titles = [59_400, 90_000, 3_600_000, 86_400_000].map((delayMs) => {
      const data = { attempt: 1, error: 'Busy.', delayMs, retryingAt: T0 };
      const [card] = playAtOnce(logOf([{ type: 'data-retry', data }])).shown[0]?.cards.values() ?? [];
      return card?.title;
    });
    expect(titles).toEqual([
      'Trying again in 59 s: Busy.',
      'Trying again in 2 min: Busy.',
      'Trying again in 60 min: Busy.',
      'Trying again in 24 h: Busy.',
    ]);
  });

  it('shows a retry as a card that ends when the model goes on', () => {
    const retry = (delayMs: number) => ({
      type: 'data-retry' as const,
      data: { attempt: 1, error: 'The model is overloaded.', delayMs, retryingAt: T0 },
    });
    const { shown } = play(logOf([retry(1_000)], [retry(2_000)], part('Here.')), [
      { upTo: 1, now: T0 },
      { upTo: 2, now: T0 + 3_000 },
    ]);
    const [card] = shown[0]?.cards.values() ?? [];
    expect(card).toMatchObject({
      title: 'Trying again in 2 s: The model is overloaded.',
      status: 'in_progress',
    });
    const after = playAtOnce(logOf([retry(1_000)], part('Here.')));
    expect([...(after.shown[0]?.cards.values() ?? [])].map(({ status }) => status)).toEqual(['complete']);
  });
});

describe('the end', () => {
  it('P-1 steps that wait in the debounce window go out with the stop, once', () => {
    const { calls, shown } = play(
      logOf([asks('a')], [gets('a'), asks('b'), gets('b'), ...part('Done.'), ends()]),
      [
        { upTo: 1, now: T0 },
        { upTo: 2, now: T0 + 500 },
      ],
    );
    expect(calls.map((call) => call.method)).toEqual(['chat.startStream', 'chat.stopStream']);
    expect(chunksOf(calls[1]).filter(({ id }) => id === 'b')).toHaveLength(1);
    expect(shown[0]?.cards.get('b')?.status).toBe('complete');
    expect(shown[0]?.text).toBe(`Done.\n\n${mention}`);
  });

  it('P-6 mentions the requester exactly once, at the very end', () => {
    const { shown } = playAtOnce(logOf(part(`As ${mention} asked.`), [ends()]));
    const text = shown.map((message) => message.text).join('');
    expect(text.split(mention)).toHaveLength(2);
    expect(text.endsWith(mention)).toBe(true);
  });

  it('48 a compaction that was asked for by hand answers nobody, so it mentions nobody', () => {
    const { shown } = playAtOnce(logOf([asks('a'), gets('a')], [ends()]), { kind: 'compaction' });
    expect(shown).toMatchObject([{ text: '' }]);
    expect(shown[0]?.cards.get('a')?.status).toBe('complete');
  });

  it.each([
    ['completed', 'complete', ['1 step']],
    ['failed', 'error', ['Failed']],
    ['stopped', 'error', ['Stopped']],
  ] as const)('G-33 no card is left open when the turn is %s', (end, status, titles) => {
    const { shown } = playAtOnce(logOf([asks('a'), gets('a'), asks('b')], [ends(end, 'For a reason.')]));
    expect(shown[0]?.cards.get('a')?.status).toBe('complete');
    expect(shown[0]?.cards.get('b')?.status).toBe(status);
    expect(shown[0]?.titles).toEqual(titles);
    expect(shown[0]?.text).toBe(`For a reason.\n\n${mention}`);
  });

  it('says a failure once, though an error chunk and the end both tell it', () => {
    const error = { type: 'error' as const, errorText: 'The model refused.' };
    const { shown } = playAtOnce(logOf([error, ends('failed', 'The model refused.')]));
    expect(shown[0]?.text).toBe(`The model refused.\n\n${mention}`);
  });

  it('closes an open code fence before the mention', () => {
    const { shown } = playAtOnce(logOf(part('```ts\nlet a;'), [ends()]));
    expect(shown[0]?.text).toBe(`\`\`\`ts\nlet a;\n\`\`\`\n\n${mention}`);
  });

  it.each([
    [false, 'active'],
    [true, 'processing'],
  ])('leaves the session as a waiting successor (%s) needs it', (successor, status) => {
    const { shown } = playAtOnce(logOf(part('Hi'), [ends()]), { successor });
    expect(shown[0]?.status).toBe(status);
  });
});

describe('pauses', () => {
  it('leaves cards pending and the session suspended', () => {
    const { shown, record } = playAtOnce(logOf([asks('a'), pauses()]));
    expect(shown[0]).toMatchObject({ open: false, status: 'suspended' });
    expect(shown[0]?.cards.get('a')?.status).toBe('pending');
    expect(record.view.spot.paused).toBe('p1');
  });

  it('asks nothing of Slack while the turn is paused', () => {
    const log = logOf([asks('a'), pauses()]);
    const { calls } = play(log, [
      { upTo: 1, now: T0 },
      { upTo: 1, now: T0 + 400_000 },
    ]);
    expect(calls).toHaveLength(2);
  });

  it('goes on in a new message, with the card shown again', () => {
    const log = logOf([asks('a', { text: 'x' }), pauses()], [resumes()], [gets('a', 'posted')], [ends()]);
    const { shown } = play(log, [
      { upTo: 1, now: T0 },
      { upTo: 2, now: T0 + 60_000 },
      { upTo: 4, now: T0 + 63_000 },
    ]);
    expect(shown).toHaveLength(2);
    expect(shown[1]?.cards.get('a')).toMatchObject({ status: 'complete', details: 'x', output: 'posted' });
  });

  it('does not stop the stream for a pause that is over already', () => {
    const { calls } = playAtOnce(logOf([asks('a'), pauses()], [resumes(), gets('a'), ends()]));
    expect(calls.map((call) => call.method)).toEqual(['chat.startStream', 'chat.stopStream']);
    expect(calls[1]?.args.session_status).toBe('active');
  });
});

describe('roll-over', () => {
  it('S-1 a turn of twelve minutes rolls by age and loses nothing', () => {
    const batches = logOf([beginsText()], ...Array.from({ length: 72 }, (_, n) => [says(`Line ${n}.\n`)]), [
      endsText(),
      ends(),
    ]);
    const steps = batches.map((_, n) => ({ upTo: n + 1, now: T0 + n * 10_000 }));
    const { calls, shown } = play(batches, steps, { rollAgeMs: 200_000 });
    expect(shown.length).toBeGreaterThanOrEqual(4);
    const text = textIn(shown);
    expect(text).toBe(`${Array.from({ length: 72 }, (_, n) => `Line ${n}.\n`).join('')}\n\n${mention}`);
    const rolls = calls.filter((call) => call.method === 'chat.stopStream').slice(0, -1);
    expect(rolls.every((call) => call.args.session_status === 'processing')).toBe(true);
  });

  it.each([
    ['a line of code', '```ts\na = 1;\nb', ' = 2;\nc = ', '3;\n```', [' = 2;\n```', '```ts\nc = 3;\n```']],
    ['a list', '- one\n- tw', 'o\n- thr', 'ee', ['o\n', '- three']],
    ['a line that goes on for long', 'One word', ' and ano', 'ther.', [' and ano', 'ther.']],
  ])('leaves a message with the end of a line: %s', (_what, first, second, third, [last, next]) => {
    const log = logOf([beginsText(), says(first)], [says(second)], [says(third), endsText(), ends()]);
    const steps = [0, 1, 2, 3].map((upTo) => ({ upTo, now: T0 + Math.max(0, upTo - 1) * 100_000 }));
    const { shown } = play(log, steps, { rollAgeMs: 100_000 });
    expect(shown.map(({ text }) => text)).toEqual([`${first}${last}`, `${CONTINUED}${next}\n\n${mention}`]);
  });

  it('carries open cards over and ends them in the message that is left', () => {
    const log = logOf([asks('a', { text: 'x' })], [gets('a', 'y'), ends()]);
    const { shown } = play(
      log,
      [
        { upTo: 1, now: T0 },
        { upTo: 1, now: T0 + 200_000 },
        { upTo: 2, now: T0 + 203_000 },
      ],
      { rollAgeMs: 200_000 },
    );
    expect(shown).toHaveLength(2);
    expect(shown[0]?.cards.get('a')?.status).toBe('complete');
    expect(shown[1]?.cards.get('a')).toMatchObject({ status: 'complete', details: 'x', output: 'y' });
  });

  it('G-35 an answer of 60,000 characters comes whole, in messages that are not too long', () => {
    const text = Array.from(
      { length: 1_000 },
      (_, n) => `Paragraph ${n} has about sixty characters in it, and ends.`,
    ).join('\n\n');
    const { shown } = playAtOnce(logOf(part(text), [ends()]));
    expect(textIn(shown)).toBe(`${text}\n\n${mention}`);
    for (const message of shown) expect(Buffer.byteLength(message.text)).toBeLessThanOrEqual(9_100);
    // Cut at paragraphs: each message but the last ends with one.
    for (const message of shown.slice(0, -1)) expect(message.text.endsWith('\n\n')).toBe(true);
  });

  it('closes an open fence and reopens it with its language', () => {
    const code = `\`\`\`python\n${'print("line")\n'.repeat(1_000)}\`\`\``;
    const { shown } = playAtOnce(logOf(part(code), [ends()]));
    expect(shown.length).toBeGreaterThan(1);
    for (const [n, message] of shown.entries()) {
      expect(message.text.startsWith(`${n > 0 ? CONTINUED : ''}\`\`\`python\n`)).toBe(true);
      expect(message.text.match(/^```/gm)?.length).toBe(2);
    }
  });

  it('reopens a table with its header rows', () => {
    const header = '| n | square |\n|---|---|\n';
    const rows = Array.from({ length: 1_000 }, (_, n) => `| ${n} | ${n * n} |\n`);
    const { shown } = playAtOnce(logOf(part(header + rows.join('')), [ends()]));
    expect(shown.length).toBeGreaterThan(1);
    const begins = shown.map((message) => message.text.replace(CONTINUED, '').startsWith(header));
    expect(begins).not.toContain(false);
    const all = shown.map((message) => message.text.replace(CONTINUED, '').replace(header, '')).join('');
    expect(all).toBe(`${rows.join('')}\n\n${mention}`);
  });

  it('rolls by cards', () => {
    const calls = Array.from({ length: 60 }, (_, n) => [asks(`c${n}`), gets(`c${n}`)]).flat();
    const { shown } = playAtOnce(logOf(calls, [ends()]));
    expect(shown.map((message) => message.cards.size)).toEqual([45, 15]);
  });

  it('keeps two seconds between appends, and sends everything that came meanwhile in one', () => {
    const log = logOf([beginsText(), says('a')], [says('b')], [says('c')]);
    const first = play(log, [
      { upTo: 0, now: T0 },
      { upTo: 1, now: T0 + 1_000 },
    ]);
    const { calls } = planFlush(
      first.record,
      { turn: { state: 'running' }, batches: log },
      defaultLimits,
      T0 + 1_500,
      200_000,
    );
    expect(calls.map((call) => [call.at, chunksOf(call)])).toEqual([
      [T0 + 3_000, [{ type: 'markdown_text', text: 'bc' }]],
    ]);
  });
});
