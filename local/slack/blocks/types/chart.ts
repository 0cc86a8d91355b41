import { isObject, type Json, type JsonObject } from '../../json.ts';
import { LIMITS } from '../limits.ts';
import {
  above,
  array,
  number,
  type ObjectRule,
  object,
  oneOf,
  optional,
  type Problem,
  string,
  typed,
} from '../rules.ts';
import { block } from './block.ts';

/** data_visualization (§3.1): pie, bar, area and line charts. */

const MAX = LIMITS.chart;

const pie = object({
  type: oneOf('pie'),
  segments: array(object({ label: string(MAX.label), value: above(0) }), MAX.segments),
});

const axisConfig = object({
  categories: array(string(MAX.category)),
  x_label: optional(string(MAX.axisLabel)),
  y_label: optional(string(MAX.axisLabel)),
});

const series = object({
  name: string(MAX.seriesName),
  data: array(object({ label: string(MAX.label), value: number() }), MAX.points),
});

const plotted = (type: string): ObjectRule =>
  object({ type: oneOf(type), series: array(series, MAX.series), axis_config: axisConfig }, checkSeries);

const CHARTS: Record<string, ObjectRule> = {
  pie,
  bar: plotted('bar'),
  area: plotted('area'),
  line: plotted('line'),
};

export const dataVisualization = block('data_visualization', {
  title: string(MAX.title),
  chart: typed('chart type', () => CHARTS),
});

/** Names of series are unique, and every label is one of the categories. */
function checkSeries(chart: JsonObject): Problem | undefined {
  const names = new Set<Json | undefined>();
  const axis = isObject(chart.axis_config) ? list(chart.axis_config.categories) : [];
  const categories = new Set(axis);
  for (const [at, one] of list(chart.series).entries()) {
    if (!isObject(one)) continue;
    if (names.has(one.name))
      return { message: `series name already exists: ${one.name}`, at: `/series/${at}/name` };
    names.add(one.name);
    const stranger = list(one.data).findIndex(
      (point) => isObject(point) && !categories.has(point.label ?? null),
    );
    if (stranger >= 0)
      return {
        message: 'label must match one of the categories of axis_config',
        at: `/series/${at}/data/${stranger}/label`,
      };
  }
  return undefined;
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
