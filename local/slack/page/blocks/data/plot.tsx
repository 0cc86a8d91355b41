import { tone } from './chart.tsx';
import type { ChartData } from './chart-data.ts';
import { scaleOf } from './scale.ts';

type PlotData = Exclude<ChartData, { kind: 'pie' }>;

const WIDTH = 480;
const HEIGHT = 240;
const LEFT = 58;
const RIGHT = 10;
const TOP = 12;
const BOTTOM = 46;
/** Of a category's width, what its bars take. */
const FILLED = 0.72;

/** Bars, lines or areas over categories, with a value axis at the left. */
export function Plot({ data, label }: { data: PlotData; label: string }) {
  const { low, high, ticks } = scaleOf(
    data.series.flatMap((one) => one.values.filter((value) => value !== undefined)),
  );
  const wide = (WIDTH - LEFT - RIGHT) / Math.max(1, data.categories.length);
  const y = (value: number): number => TOP + ((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const middle = (at: number): number => LEFT + wide * (at + 0.5);
  const every = Math.ceil(data.categories.length / Math.floor((WIDTH - LEFT - RIGHT) / 58));
  return (
    <svg className="chart-plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            className={tick === 0 ? 'chart-zero' : 'chart-line'}
            x1={LEFT}
            x2={WIDTH - RIGHT}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text className="chart-text" x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
            {short(tick)}
          </text>
        </g>
      ))}
      {data.categories.map((category, at) =>
        at % every === 0 ? (
          <text
            key={category}
            className="chart-text"
            x={middle(at)}
            y={HEIGHT - BOTTOM + 18}
            textAnchor="middle"
          >
            {cut(category, Math.max(4, Math.floor((wide * every) / 7)))}
            <title>{category}</title>
          </text>
        ) : null,
      )}
      <text className="chart-axis" x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 6} textAnchor="middle">
        {data.xLabel}
      </text>
      <text
        className="chart-axis"
        x={-(HEIGHT - BOTTOM + TOP) / 2}
        y={13}
        transform="rotate(-90)"
        textAnchor="middle"
      >
        {data.yLabel}
      </text>
      {data.kind === 'bar' ? (
        <Bars data={data} y={y} wide={wide} />
      ) : (
        <Lines data={data} y={y} middle={middle} />
      )}
    </svg>
  );
}

function Bars({ data, y, wide }: { data: PlotData; y: (value: number) => number; wide: number }) {
  const bar = (wide * FILLED) / Math.max(1, data.series.length);
  return data.series.flatMap((one, which) =>
    one.values.map((value, at) => {
      if (value === undefined) return null;
      const x = LEFT + wide * at + (wide * (1 - FILLED)) / 2 + bar * which;
      const top = Math.min(y(value), y(0));
      return (
        <rect
          key={`${one.name} ${data.categories[at]}`}
          className={`chart-slice ${tone(which)}`}
          x={x}
          y={top}
          width={Math.max(1, bar - 1)}
          height={Math.max(1, Math.abs(y(value) - y(0)))}
          rx={Math.min(3, bar / 3)}
        >
          <title>{`${data.categories[at]}, ${one.name}: ${value}`}</title>
        </rect>
      );
    }),
  );
}

function Lines({
  data,
  y,
  middle,
}: {
  data: PlotData;
  y: (value: number) => number;
  middle: (at: number) => number;
}) {
  return data.series.map((one, which) => {
    const points = one.values.flatMap((value, at) => (value === undefined ? [] : [{ at, value }]));
    const path = points.map(({ at, value }) => `${middle(at)},${y(value)}`).join(' ');
    const [first] = points;
    const last = points.at(-1);
    return (
      <g key={one.name} className={tone(which)}>
        {data.kind === 'area' && first && last && (
          <polygon
            className="chart-area"
            points={`${middle(first.at)},${y(0)} ${path} ${middle(last.at)},${y(0)}`}
          />
        )}
        <polyline className="chart-curve" points={path} />
        {points.map(({ at, value }) => (
          <circle key={at} className="chart-point" cx={middle(at)} cy={y(value)} r={3.5}>
            <title>{`${data.categories[at]}, ${one.name}: ${value}`}</title>
          </circle>
        ))}
      </g>
    );
  });
}

/** 1200 as 1.2K: axes have little room. */
const short = (value: number): string =>
  new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 }).format(value);

const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);
