import type { ReactNode } from 'react';
import './log-row.css';

/** How every row of a log looks: sign, name and duration above; what it was about and when below. */
export function LogRow({
  marks,
  name,
  note,
  bad = false,
  right,
  time,
}: {
  marks: ReactNode;
  name: string;
  note: string;
  bad?: boolean;
  right: string;
  time: string;
}) {
  return (
    <span className="log-row">
      <span className="log-row-marks">{marks}</span>
      <span className="log-row-name">{name}</span>
      <span className="log-row-right">{right}</span>
      <span className={bad ? 'log-row-note bad' : 'log-row-note'}>{note}</span>
      <span className="log-row-time">{time}</span>
    </span>
  );
}
