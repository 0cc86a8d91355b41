import { expect, test } from 'vitest';
import { validateBlocks } from '../../local/slack/blocks/validate.ts';
import { chartBlock } from '../relay/plan/charts.ts';
import type { Attachment, Chart } from './attachment.ts';
import { checkAttachment } from './check-attachment.ts';

const MOST = 1_000;
const file = (over: object = {}): Attachment => ({ kind: 'file', name: 'a.txt', content: 'text', ...over });
const chart = (over: object = {}, title = 'Sales'): Attachment => ({
  kind: 'chart',
  title,
  chart: {
    type: 'bar',
    categories: ['May', 'June'],
    series: [{ name: 'EU', values: [1, 2] }],
    ...over,
  } as Chart,
});
const pie = (segments: { label: string; value: number }[]): Attachment => ({
  kind: 'chart',
  title: 'Share',
  chart: { type: 'pie', segments },
});
const many = (length: number) => Array.from({ length }, (_, n) => `label ${n}`);

test.each<[string, Attachment, RegExp]>([
  ['a file without an ending', file({ name: 'report' }), /“report” cannot be attached: its name must end/],
  ['a file with nothing but an ending', file({ name: '.csv' }), /its name must end/],
  ['an empty file', file({ content: '' }), /it is empty/],
  ['a file that is too large', file({ content: 'x'.repeat(MOST + 1) }), /1001 bytes and may have 1000/],
  ['a file that is too large in bytes alone', file({ content: 'ö'.repeat(600) }), /1200 bytes/],
  ['content that is neither text nor bytes', file({ content: { rows: [] } }), /a text or a Uint8Array/],
  ['something else', { kind: 'image' } as unknown as Attachment, /`attach` takes a file .* or a chart/],
  ['a chart of an unknown type', chart({ type: 'radar' }), /one of pie, bar, line, area/],
  ['a chart without a title', chart({}, ' \u200b '), /its `title` must be a text/],
  [
    'too many series',
    chart({ series: many(13).map((name) => ({ name, values: [1, 2] })) }),
    /12 items at most/,
  ],
  [
    'too many points',
    chart({ categories: many(21) }),
    /`categories` may have 20 items at most, and there are 21/,
  ],
  ['no points', chart({ categories: [] }), /`categories` must have at least one item/],
  ['the same category twice', chart({ categories: ['May', 'May'] }), /“May” twice/],
  ['too few values', chart({ series: [{ name: 'EU', values: [1] }] }), /one value per category: 2, not 1/],
  [
    'a value that is no number',
    chart({ series: [{ name: 'EU', values: [1, Number.NaN] }] }),
    /“EU” at “June”/,
  ],
  ['too many segments', pie(many(13).map((label) => ({ label, value: 1 }))), /12 items at most/],
  ['a segment of nothing', pie([{ label: 'a', value: 0 }]), /“a” must be a number above 0 \(it is 0\)/],
  ['a segment without a label', pie([{ label: ' ', value: 1 }]), /each label of `segments`/],
])('%s is refused in words that say what to do', (_name, attachment, message) => {
  expect(() => checkAttachment(attachment, MOST)).toThrow(message);
});

test('a file is taken as it is, its name and description in bounds', () => {
  const given = file({ name: '../x/\u202eregister.csv', altText: 'é'.repeat(2_000), mediaType: 'text/csv' });
  expect(checkAttachment(given, MOST)).toEqual({
    facts: {
      kind: 'file',
      name: '.._x_register.csv',
      bytes: 4,
      mediaType: 'text/csv',
      altText: 'é'.repeat(1_000),
    },
    content: { bytes: Buffer.from('text') },
  });
  const bytes = new Uint8Array([0, 255]);
  expect(checkAttachment(file({ content: bytes }), MOST).content).toEqual({ bytes });
});

test('what is too long is shortened, stays distinct, and Slack takes it', () => {
  const long = many(20).map((label) => `the very same beginning of ${label}`);
  const given = [
    chart(
      {
        categories: long,
        series: many(12).map((name) => ({
          name: `the very same series ${name}`,
          values: long.map((_, n) => n - 5),
        })),
        xLabel: 'x'.repeat(80),
        yLabel: '🙂'.repeat(40),
      },
      'T'.repeat(80),
    ),
    ...(['line', 'area'] as const).map((type) => chart({ type })),
    pie(long.slice(0, 12).map((label, n) => ({ label, value: n + 0.5 }))),
  ];
  for (const attachment of given) {
    const { content, facts } = checkAttachment(attachment, MOST);
    if (!('chart' in content)) throw new Error('No chart came of it.');
    expect(facts.name.length).toBeLessThanOrEqual(50);
    const block = chartBlock({ id: 'a1', ...content.chart });
    expect(validateBlocks(JSON.parse(JSON.stringify([block])), '/blocks')).toEqual([]);
  }
});
