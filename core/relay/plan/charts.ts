import type { ChartAttachment } from '../../attachments/attachment.ts';
import { byteLength } from '../../slack/text.ts';
import type { RelayView } from '../record.ts';

/** A chart of the answer with its content, as the relay shows it. */
export interface ShownChart extends Omit<ChartAttachment, 'kind'> {
  id: string;
}

type Block = Record<string, unknown>;

/** Slack draws two in one message (block `data_visualization`). */
export const CHARTS_PER_MESSAGE = 2;
/** Characters of one block of text: what a section may have is safe elsewhere, too. */
const PART_CHARS = 3_000;
const CELL_CHARS = 20;

/** Names a chart's block, by which a message is found again. */
export const chartBlockId = (id: string): string => `sluice-chart-${id}`;

/** The block that draws a chart. Every label is a category, every series has each once: `checkChart` saw to it. */
export function chartBlock({ id, title, chart }: ShownChart): Block {
  const block = { type: 'data_visualization', block_id: chartBlockId(id), title };
  if (chart.type === 'pie') return { ...block, chart };
  const { type, categories, series, xLabel, yLabel } = chart;
  return {
    ...block,
    chart: {
      type,
      series: series.map(({ name, values }) => ({
        name,
        data: values.map((value, n) => ({ label: categories[n], value })),
      })),
      axis_config: {
        categories,
        ...(xLabel ? { x_label: xLabel } : {}),
        ...(yLabel ? { y_label: yLabel } : {}),
      },
    },
  };
}

/**
 * The charts that stand in the answer's last message, under its text: as many of the first as one message takes.
 * Those behind them go into messages of their own.
 *
 * @param roomBytes what the message has left; Slack's limit counts blocks too (case G-3)
 */
export function chartsWithin(charts: readonly ShownChart[], roomBytes: number): ShownChart[] {
  let room = roomBytes;
  const behind = charts.findIndex((chart) => {
    room -= byteLength(JSON.stringify(chartBlock(chart)));
    return room < 0;
  });
  return charts.slice(0, Math.min(CHARTS_PER_MESSAGE, behind < 0 ? charts.length : behind));
}

/** What the view keeps of charts that an answer's message shows. */
export const noteCharts = (charts: readonly ShownChart[]): Pick<RelayView, 'charts'> =>
  charts.length > 0 ? { charts: charts.map(({ id }) => id) } : {};

export const chartBlocks = (charts: readonly ShownChart[]): Block[] => charts.map(chartBlock);

/** A chart as a table of text, for where Slack does not draw it. Nothing in it is markup, whoever wrote the labels. */
export function chartTable({ id, title, chart }: ShownChart): Block[] {
  const rows =
    chart.type === 'pie'
      ? chart.segments.map(({ label, value }) => [label, String(value)])
      : chart.categories.map((category, n) => [
          category,
          ...chart.series.map(({ values }) => String(values[n])),
        ]);
  const header =
    chart.type === 'pie' ? ['', 'value'] : [chart.xLabel ?? '', ...chart.series.map(({ name }) => name)];
  const heading = { type: 'section', block_id: chartBlockId(id), text: { type: 'plain_text', text: title } };
  return [heading, ...tableParts(header, rows).map(preformatted)];
}

const preformatted = (text: string): Block => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
});

/** Rows under their header, in as many parts as blocks have room for. */
function tableParts(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = [header, ...rows].map((row) => row.map((cell) => cell.slice(0, CELL_CHARS)));
  const widths = header.map((_, n) => Math.max(...cells.map((row) => (row[n] ?? '').length)));
  const [head = '', ...lines] = cells.map((row) => lineOf(row, widths));
  const parts = [head];
  for (const line of lines) {
    const last = parts.at(-1) ?? head;
    if (last.length + line.length < PART_CHARS) parts[parts.length - 1] = `${last}\n${line}`;
    else parts.push(`${head}\n${line}`);
  }
  return parts;
}

/** The first column to the left, numbers to the right. */
const lineOf = (row: readonly string[], widths: readonly number[]): string =>
  row
    .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
    .join('  ')
    .trimEnd();
