import { useState } from 'react';
import type { JsonObject } from '../../../json.ts';
import { Unknown } from '../layout/unknown.tsx';
import { wordOf } from '../read.ts';
import { type ChartData, chartOf } from './chart-data.ts';
import { ChartTable } from './chart-table.tsx';
import { Pie } from './pie.tsx';
import { Plot } from './plot.tsx';
import './chart.css';

/** A chart as a drawing, and as a table for who would rather read it. */
export function Chart({ block }: { block: JsonObject }) {
  const [asTable, setAsTable] = useState(false);
  const title = wordOf(block.title);
  const data = chartOf(block);
  if (!data) return <Unknown block={block} />;
  return (
    <figure className="chart" aria-label={title}>
      <figcaption className="chart-head">
        <span className="chart-title">{title}</span>
        <button
          type="button"
          className="chart-switch"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          Show as table
        </button>
      </figcaption>
      {asTable ? <ChartTable data={data} caption={title} /> : <Drawing data={data} title={title} />}
    </figure>
  );
}

function Drawing({ data, title }: { data: ChartData; title: string }) {
  if (data.kind === 'pie') {
    return (
      <div className="chart-pie">
        <Pie segments={data.segments} label={`Pie chart: ${title}`} />
        <Legend names={data.segments.map(({ label, value }) => `${label}: ${value}`)} />
      </div>
    );
  }
  const names = data.series.map((one) => one.name);
  return (
    <>
      <Plot data={data} label={`${NAMES[data.kind]}: ${title}`} />
      <Legend names={names} />
    </>
  );
}

const NAMES = { bar: 'Bar chart', line: 'Line chart', area: 'Area chart' };

function Legend({ names }: { names: string[] }) {
  return (
    <ul className="chart-legend">
      {names.map((name, at) => (
        <li key={name}>
          <span className={`chart-key ${tone(at)}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}

/** The colour of the nth series; there are eight, then they begin again. */
export const tone = (at: number): string => `chart-tone-${at % 8}`;
