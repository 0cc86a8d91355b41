import type { JsonObject } from '../../../json.ts';
import { Task } from './task.tsx';
import './task-card.css';

/** A step that stands alone, as in the timeline of a stream. */
export function TaskCard({ block }: { block: JsonObject }) {
  return (
    <div className="task-card">
      <Task task={block} />
    </div>
  );
}
