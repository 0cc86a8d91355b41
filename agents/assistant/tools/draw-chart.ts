import { z } from 'zod';
import { type Chart, defineTool } from '../../../core/index.ts';

const input = z.object({
  title: z.string().trim().min(1).max(50),
  type: z.enum(['bar', 'line', 'area', 'pie']).describe('line and area for what goes on in time'),
  labels: z
    .array(z.string().trim().min(1))
    .min(1)
    .max(20)
    .describe('The categories, or the segments of a pie (12 at most); short, each once'),
  series: z
    .array(z.object({ name: z.string().trim().min(1), values: z.array(z.number()).min(1) }))
    .min(1)
    .max(12)
    .describe('One value per label, in the order of the labels; a pie has one series'),
  xLabel: z.string().optional().describe('What the labels are'),
  yLabel: z.string().optional().describe('What the values are, with their unit'),
});

/** Numbers that people can see: the chart stands under the answer, in Slack's own drawing. */
export const drawChart = defineTool({
  name: 'draw_chart',
  description:
    'Adds a chart to your answer, drawn under its text, so do not repeat its numbers there. Use it when people ask for a chart, or when numbers are compared or change in time; never with numbers that you were not given or did not calculate.',
  input,
  effect: 'read',
  run: async (given, { attach }) => {
    await attach({ kind: 'chart', title: given.title, chart: chartOf(given) });
    return { added: given.title };
  },
});

function chartOf({ type, labels, series, xLabel, yLabel }: z.infer<typeof input>): Chart {
  if (type !== 'pie')
    return {
      type,
      categories: labels,
      series,
      ...(xLabel ? { xLabel } : {}),
      ...(yLabel ? { yLabel } : {}),
    };
  const [only, ...more] = series;
  if (!only || more.length > 0 || only.values.length !== labels.length)
    throw new Error('A pie needs one series with one value per label.');
  return { type, segments: labels.map((label, n) => ({ label, value: only.values[n] ?? 0 })) };
}
