import { tone } from './chart.tsx';
import type { Segment } from './chart-data.ts';

const SIZE = 160;
const CENTRE = SIZE / 2;
const RADIUS = 74;

/** Segments of a circle, the first from the top, clockwise. */
export function Pie({ segments, label }: { segments: Segment[]; label: string }) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  let done = 0;
  return (
    <svg className="chart-circle" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={label}>
      {segments.map((segment, at) => {
        const from = done / total;
        done += segment.value;
        const share = segment.value / total;
        const title = <title>{`${segment.label}: ${segment.value} (${Math.round(share * 100)} %)`}</title>;
        const name = `chart-slice ${tone(at)}`;
        if (share === 1)
          return (
            <circle key={segment.label} className={name} cx={CENTRE} cy={CENTRE} r={RADIUS}>
              {title}
            </circle>
          );
        return (
          <path key={segment.label} className={name} d={slice(from, done / total)}>
            {title}
          </path>
        );
      })}
    </svg>
  );
}

/** A slice between two shares of the circle, 0 to 1. */
function slice(from: number, to: number): string {
  const long = to - from > 0.5 ? 1 : 0;
  return `M${CENTRE} ${CENTRE} L${point(from)} A${RADIUS} ${RADIUS} 0 ${long} 1 ${point(to)} Z`;
}

function point(share: number): string {
  const angle = 2 * Math.PI * share;
  const x = CENTRE + RADIUS * Math.sin(angle);
  const y = CENTRE - RADIUS * Math.cos(angle);
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}
