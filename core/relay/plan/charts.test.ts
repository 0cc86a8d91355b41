import { describe, expect, it, test } from 'vitest';
import { validateBlocks } from '../../../local/slack/blocks/validate.ts';
import { checkChart } from '../../attachments/check-chart.ts';
import { chartBlock, chartsWithin, chartTable, type ShownChart } from './charts.ts';

const labels = (count: number) => Array.from({ length: count }, (_, n) => `\`\`\`<!channel> ${n}`);
const plot = (id: string, points = 2, series = 1): ShownChart => ({
  id,
  ...checkChart({
    kind: 'chart',
    title: `Chart *${id}*`,
    chart: {
      type: 'line',
      categories: labels(points),
      series: labels(series).map((name, n) => ({
        name,
        values: labels(points).map((_, at) => n * at - 0.5),
      })),
      xLabel: 'Month',
    },
  }),
});
const pie: ShownChart = {
  id: 'p',
  title: 'Share',
  chart: {
    type: 'pie',
    segments: [
      { label: 'a', value: 12 },
      { label: 'bcd', value: 3.5 },
    ],
  },
};
const faults = (blocks: object[]) => validateBlocks(JSON.parse(JSON.stringify(blocks)), '/blocks');

test('a chart with axes says each point by its category', () => {
  expect(chartBlock(plot('x'))).toEqual({
    type: 'data_visualization',
    block_id: 'sluice-chart-x',
    title: 'Chart *x*',
    chart: {
      type: 'line',
      series: [
        {
          name: '```<!channel> 0',
          data: [
            { label: '```<!channel> 0', value: -0.5 },
            { label: '```<!channel> 1', value: -0.5 },
          ],
        },
      ],
      axis_config: { categories: ['```<!channel> 0', '```<!channel> 1'], x_label: 'Month' },
    },
  });
});

test.each([
  ['a pie', pie],
  ['the smallest plot', plot('x', 1, 1)],
  ['the largest plot', plot('x', 20, 12)],
])('Slack takes %s, as a drawing and as a table', (_name, chart) => {
  expect(faults([chartBlock(chart)])).toEqual([]);
  expect(faults(chartTable(chart))).toEqual([]);
});

describe('a table', () => {
  const texts = (chart: ShownChart) =>
    chartTable(chart)
      .slice(1)
      .map((block) => /"text","text":(".*?")\}/.exec(JSON.stringify(block))?.[1] ?? '""')
      .map((text) => String(JSON.parse(text)));

  it('has numbers under each other', () => {
    expect(texts(pie)).toEqual(['     value\na       12\nbcd    3.5']);
  });

  it('is parted where it is long, each part under its header, and no row is lost', () => {
    const parts = texts(plot('x', 20, 12));
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(3_000);
      expect(part.split('\n')[0]).toMatch(/^Month .*<!channel> 11$/);
    }
    expect(parts.flatMap((part) => part.split('\n').slice(1))).toHaveLength(20);
  });
});

describe('what stands in the answer’s own message', () => {
  const two = [plot('a'), plot('b')];
  const size = Buffer.byteLength(JSON.stringify(chartBlock(plot('a'))));

  it.each<[string, ShownChart[], number, string[]]>([
    ['none', [], 9_000, []],
    ['two at most', [...two, plot('c')], 9_000, ['a', 'b']],
    ['G-3 what there is room for, blocks counted', two, size * 1.5, ['a']],
    ['nothing where there is no room', two, size - 1, []],
    ['none behind one that has no room: they keep their order', [plot('big', 20, 12), ...two], 5_000, []],
  ])('%s', (_name, charts, room, ids) => {
    expect(chartsWithin(charts, room).map(({ id }) => id)).toEqual(ids);
  });
});
