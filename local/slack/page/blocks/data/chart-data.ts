import type { JsonObject } from '../../../json.ts';
import { numberOf, objectOf, objectsOf, wordOf, wordsOf } from '../read.ts';

export type Segment = { label: string; value: number };

/** One line or group of bars: a value per category, undefined where it has none. */
export type Series = { name: string; values: (number | undefined)[] };

export type ChartData =
  | { kind: 'pie'; segments: Segment[] }
  | {
      kind: 'bar' | 'line' | 'area';
      series: Series[];
      categories: string[];
      xLabel: string;
      yLabel: string;
    };

/** A data_visualization's chart (§3.1). */
export function chartOf(block: JsonObject): ChartData | undefined {
  const chart = objectOf(block.chart) ?? {};
  const kind = chart.type;
  if (kind === 'pie') {
    return { kind, segments: objectsOf(chart.segments).map(pointOf) };
  }
  if (kind !== 'bar' && kind !== 'line' && kind !== 'area') return undefined;
  const axis = objectOf(chart.axis_config);
  const categories = wordsOf(axis?.categories);
  const series = objectsOf(chart.series).map((one) => {
    const points = new Map(
      objectsOf(one.data)
        .map(pointOf)
        .map(({ label, value }) => [label, value]),
    );
    return { name: wordOf(one.name), values: categories.map((category) => points.get(category)) };
  });
  return { kind, series, categories, xLabel: wordOf(axis?.x_label), yLabel: wordOf(axis?.y_label) };
}

function pointOf(given: JsonObject): Segment {
  return { label: wordOf(given.label), value: numberOf(given.value, 0) };
}
