import { expect, test } from 'vitest';
import { checkAttachment } from '../../../core/attachments/check-attachment.ts';
import { type AnyTool, type Attachment, runTool } from '../../../core/index.ts';
import { fakeSlack, toolContext } from '../../../test/support/fake-slack.ts';
import { createFile } from './create-file.ts';
import { drawChart } from './draw-chart.ts';

/** Runs a tool with attachments checked as a turn does it. */
async function run(tool: AnyTool, input: unknown) {
  const attached: Attachment[] = [];
  const context = {
    ...toolContext(fakeSlack({}).slack),
    attach: async (attachment: Attachment) => {
      checkAttachment(attachment, 1_000_000);
      attached.push(attachment);
    },
  };
  return { outcome: await runTool(tool, input, context), attached };
}

const sales = {
  title: 'Orders per month',
  type: 'bar',
  labels: ['May', 'June'],
  series: [{ name: 'EU', values: [3, 5] }],
};

test('a chart with axes', async () => {
  const { outcome, attached } = await run(drawChart, { ...sales, yLabel: 'Orders' });
  expect(outcome).toMatchObject({ kind: 'output', value: { added: 'Orders per month' } });
  const { labels: categories, series } = sales;
  expect(attached).toEqual([
    {
      kind: 'chart',
      title: 'Orders per month',
      chart: { type: 'bar', categories, series, yLabel: 'Orders' },
    },
  ]);
});

test('a pie of one series', async () => {
  const { attached } = await run(drawChart, { ...sales, type: 'pie' });
  const segments = [
    { label: 'May', value: 3 },
    { label: 'June', value: 5 },
  ];
  expect(attached).toEqual([{ kind: 'chart', title: sales.title, chart: { type: 'pie', segments } }]);
});

test.each([
  [
    'a pie of two series',
    { ...sales, type: 'pie', series: [...sales.series, ...sales.series] },
    /A pie needs one series/,
  ],
  ['too few values', { ...sales, series: [{ name: 'EU', values: [3] }] }, /one value per category: 2, not 1/],
  ['the same label twice', { ...sales, labels: ['May', 'May'] }, /“May” twice/],
  ['no labels', { ...sales, labels: [] }, /labels/],
])('%s: the model is told what would be right', async (_name, input, text) => {
  const { outcome, attached } = await run(drawChart, input);
  expect(outcome).toEqual({ kind: 'error', text: expect.stringMatching(text) });
  expect(attached).toEqual([]);
});

test('a text file', async () => {
  const { outcome, attached } = await run(createFile, { name: 'orders.csv', content: 'month,orders\n' });
  expect(attached).toEqual([{ kind: 'file', name: 'orders.csv', content: 'month,orders\n' }]);
  expect(outcome).toMatchObject({ kind: 'output', value: { added: 'orders.csv' } });
});

test('a file without an ending: the model is told what would be right', async () => {
  const { outcome } = await run(createFile, { name: 'orders', content: 'x' });
  expect(outcome).toEqual({ kind: 'error', text: expect.stringMatching(/its name must end.*report\.csv/) });
});
