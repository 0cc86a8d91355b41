import type { Json, JsonObject } from '../../../local/slack/json.ts';
import { rich, runs, says, text } from './parts.ts';

/** Blocks that show numbers. */

const raw = (words: string): JsonObject => ({ type: 'raw_text', text: words });
const number = (value: number): JsonObject => ({
  type: 'raw_number',
  value,
  text: value.toLocaleString('en-US'),
});

export const TABLES: JsonObject[] = [
  {
    type: 'table',
    column_settings: [{ align: 'left', is_wrapped: true }, { align: 'center' }, { align: 'right' }],
    rows: [
      [raw('Service'), raw('State'), raw('Requests')],
      [rich(runs(text('checkout', { code: true }))), raw('good'), number(12_480)],
      [raw('A service with a name that is so long that it takes two lines'), raw('slow'), number(310)],
    ],
  },
  {
    type: 'data_table',
    caption: 'Requests by hour',
    page_size: 5,
    row_header_column_index: 0,
    rows: [
      [raw('Hour'), raw('Requests'), raw('Errors')],
      ...Array.from(
        { length: 12 },
        (_, hour): Json => [raw(`${hour}:00`), number(1000 + hour * 137), number(hour % 4)],
      ),
    ],
  },
];

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'];
const series = (name: string, values: number[]): JsonObject => ({
  name,
  data: values.map((value, at) => ({ label: DAYS[at] ?? '', value })),
});
const axis: JsonObject = { categories: DAYS, x_label: 'Day', y_label: 'Requests' };

const visualization = (title: string, chart: JsonObject): JsonObject => ({
  type: 'data_visualization',
  title,
  chart,
});

/** A message holds two of them at most. */
export const CHARTS: JsonObject[][] = [
  [
    visualization('Requests and errors', {
      type: 'bar',
      series: [series('Requests', [820, 932, 901, 1290, 1330]), series('Errors', [12, 48, 20, 200, -40])],
      axis_config: axis,
    }),
    visualization('Where they come from', {
      type: 'pie',
      segments: [
        { label: 'Europe', value: 55 },
        { label: 'America', value: 30 },
        { label: 'Asia', value: 15 },
      ],
    }),
  ],
  [
    visualization('Response time', {
      type: 'line',
      series: [series('p50', [12, 14, 11, 19, 13]), series('p99', [90, 120, 85, 260, 99])],
      axis_config: axis,
    }),
    visualization('Load', { type: 'area', series: [series('Zone a', [3, 5, 4, 8, 6])], axis_config: axis }),
  ],
];

const task = (id: string, title: string, status: string, more: JsonObject = {}): JsonObject => ({
  type: 'task_card',
  task_id: id,
  title,
  status,
  ...more,
});

/** Steps of an agent: alone, and in plans. */
export const STEPS: JsonObject[] = [
  task('t1', 'Search the runbooks', 'complete', {
    details: says('3 pages for “cache full”'),
    output: says('The second page describes it.'),
    sources: [
      { type: 'url', url: 'https://docs.example.com/cache', text: 'Cache runbook' },
      { type: 'url', url: 'https://docs.example.com/disks', text: 'Disks' },
    ],
    icon: { type: 'icon', name: 'magnifying-glass' },
  }),
  task('t2', 'Ask for the metrics', 'in_progress'),
  task('t3', 'Restart the cache', 'error', { output: says('Not allowed without approval.') }),
  task('t4', 'Only its details are shown', 'complete', { hide_title: true, details: says('Read 12 lines') }),
  {
    type: 'plan',
    title: 'Bring checkout back',
    tasks: [
      task('p1', 'Find the cause', 'complete', { output: says('The cache is full.') }),
      task('p2', 'Empty the cache', 'in_progress', { details: says('zone a') }),
      task('p3', 'Watch the errors', 'pending'),
    ],
  },
  { type: 'plan', title: 'Something went wrong', tasks: [task('q1', 'Restart', 'error')] },
];
