import { headOf, withoutInvisible } from '../text.ts';
import type { Chart, ChartAttachment } from './attachment.ts';

/** What Slack takes of a chart (docs.slack.dev/reference/block-kit/blocks/data-visualization-block). */
export const chartLimits = {
  title: 50,
  axisLabel: 50,
  /** Of a segment, a category or a series. */
  label: 20,
  segments: 12,
  series: 12,
  points: 20,
} as const;

const types = ['pie', 'bar', 'line', 'area'] as const;

/**
 * Checks a chart as a tool gave it. What is too long is shortened, and stays distinct; what is too many, or no
 * number, is the tool's to mend.
 *
 * @returns the chart as Slack takes it
 * @throws Error that says what is wrong and what would be right
 */
export function checkChart({ title, chart }: ChartAttachment): Omit<ChartAttachment, 'kind'> {
  if (typeof chart !== 'object' || chart === null || !types.includes(chart.type))
    throw wrong(`its \`chart.type\` must be one of ${types.join(', ')}`);
  return {
    title: shorten(textOf(title, 'its `title`'), chartLimits.title),
    chart: chart.type === 'pie' ? checkPie(chart.segments) : checkPlot(chart),
  };
}

function checkPie(segments: readonly { label: string; value: number }[]): Chart {
  const labels = distinct(
    listOf(segments, chartLimits.segments, '`segments`').map(({ label }) => label),
    '`segments`',
  );
  return {
    type: 'pie',
    segments: segments.map(({ value }, n) => {
      if (!(Number.isFinite(value) && value > 0))
        throw wrong(`the value of segment “${labels[n]}” must be a number above 0 (it is ${String(value)})`);
      return { label: labels[n] ?? '', value };
    }),
  };
}

function checkPlot(chart: Exclude<Chart, { type: 'pie' }>): Chart {
  const { type, xLabel, yLabel } = chart;
  const categories = distinct(listOf(chart.categories, chartLimits.points, '`categories`'), '`categories`');
  const series = listOf(chart.series, chartLimits.series, '`series`');
  const names = distinct(
    series.map(({ name }) => name),
    '`series`',
  );
  return {
    type,
    categories,
    series: series.map(({ values }, n) => {
      const name = names[n] ?? '';
      if (!Array.isArray(values) || values.length !== categories.length)
        throw wrong(
          `series “${name}” must have one value per category: ${categories.length}, not ${values?.length}`,
        );
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0)
        throw wrong(`the value of “${name}” at “${categories[bad]}” is no number (${String(values[bad])})`);
      return { name, values: [...values] };
    }),
    ...(xLabel ? { xLabel: shorten(textOf(xLabel, '`xLabel`'), chartLimits.axisLabel) } : {}),
    ...(yLabel ? { yLabel: shorten(textOf(yLabel, '`yLabel`'), chartLimits.axisLabel) } : {}),
  };
}

const wrong = (what: string) => new Error(`The chart cannot be attached: ${what}.`);

function listOf<T>(list: readonly T[], most: number, what: string): readonly T[] {
  if (!Array.isArray(list) || list.length === 0) throw wrong(`${what} must have at least one item`);
  if (list.length > most)
    throw wrong(
      `${what} may have ${most} items at most, and there are ${list.length}; put the rest together`,
    );
  return list;
}

function textOf(text: unknown, what: string): string {
  const clean = typeof text === 'string' ? oneLine(text) : '';
  if (!clean) throw wrong(`${what} must be a text that is not empty`);
  return clean;
}

const oneLine = (text: string): string =>
  withoutInvisible(text.toWellFormed())
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

const shorten = (text: string, most: number): string =>
  text.length <= most ? text : `${headOf(text, most - 1).trimEnd()}…`;

/** Labels that differ must still differ when they were shortened: Slack finds a value's place by its label. */
function distinct(texts: readonly unknown[], what: string): string[] {
  const whole = texts.map((text) => textOf(text, `each label of ${what}`));
  const twice = whole.find((text, n) => whole.indexOf(text) < n);
  if (twice !== undefined) throw wrong(`${what} has “${twice}” twice; labels must differ`);
  const taken = new Set<string>();
  return whole.map((text) => {
    let label = shorten(text, chartLimits.label);
    for (let n = 2; taken.has(label); n++)
      label = `${shorten(text, chartLimits.label - ` ${n}`.length)} ${n}`;
    taken.add(label);
    return label;
  });
}
