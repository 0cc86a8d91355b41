import { X, Zap } from 'lucide-react';
import type { ActiveFault } from '../../../faults/faults.ts';
import { useStore } from '../../store/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { attempt } from '../../ui/toast.tsx';
import { counted } from '../log/format.ts';
import { removeAllFaults, removeFaults } from './active-faults.ts';

/** The faults that are on, with how often each struck and how often it still will. */
export function ActiveList() {
  const faults = useStore((state) => state.faults);
  if (faults.length === 0) return null;
  return (
    <section className="active-faults" aria-label="Faults that are on">
      <div className="active-faults-head">
        <h3>{counted(faults.length, 'fault is', 'faults are')} on</h3>
        <Button onClick={() => void attempt(removeAllFaults)}>Switch all off</Button>
      </div>
      <ul>
        {faults.map((fault) => (
          <li key={fault.id}>
            <Zap className="active-faults-sign" size={14} aria-hidden />
            <span className="active-faults-text">
              {fault.description}
              <small>{progress(fault)}</small>
            </span>
            <IconButton
              label={`Switch off: ${fault.description}`}
              onClick={() => void attempt(() => removeFaults([fault.id]))}
            >
              <X size={15} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

const progress = (fault: ActiveFault): string =>
  [
    fault.hits === 0 ? 'has not struck yet' : `struck ${counted(fault.hits, 'time')}`,
    fault.left === null ? '' : `${fault.left} left`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
