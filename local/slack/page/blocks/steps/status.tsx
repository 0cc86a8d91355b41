import { Check, X } from 'lucide-react';
import './status.css';

const NAMES: Record<string, string> = {
  pending: 'Pending',
  in_progress: 'In progress',
  complete: 'Complete',
  error: 'Failed',
};

/** How far a step is. `still`: its message does not grow any more, so nothing turns. */
export function Status({ value, still = false }: { value: string; still?: boolean }) {
  return (
    <span
      className={`status status-${value} ${still ? 'status-still' : ''}`}
      role="img"
      aria-label={NAMES[value] ?? value}
      title={NAMES[value] ?? value}
    >
      {value === 'complete' && <Check size={11} strokeWidth={3.5} aria-hidden="true" />}
      {value === 'error' && <X size={11} strokeWidth={3.5} aria-hidden="true" />}
    </span>
  );
}
