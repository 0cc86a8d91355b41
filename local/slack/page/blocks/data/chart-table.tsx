import { numbered } from '../numbered.ts';
import type { ChartData } from './chart-data.ts';
import { ScrollFrame } from './scroll-frame.tsx';
import './table.css';

type Row = { label: string; values: (number | undefined)[] };

/** The numbers of a chart. */
export function ChartTable({ data, caption }: { data: ChartData; caption: string }) {
  const { head, rows } = tableOf(data);
  return (
    <ScrollFrame label={caption}>
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {head.map((name, at) => (
              <th key={name} scope="col" className={at === 0 ? '' : 'table-right'}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, values }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {numbered(values).map(({ key, item }) => (
                <td key={key} className="table-right">
                  {item ?? '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function tableOf(data: ChartData): { head: string[]; rows: Row[] } {
  if (data.kind === 'pie') {
    const rows = data.segments.map(({ label, value }) => ({ label, values: [value] }));
    return { head: ['Segment', 'Value'], rows };
  }
  const rows = data.categories.map((label, at) => ({
    label,
    values: data.series.map((one) => one.values[at]),
  }));
  return { head: [data.xLabel || 'Category', ...data.series.map((one) => one.name)], rows };
}
