import { ChevronDown } from 'lucide-react';
import { memo, useId } from 'react';
import { create } from 'zustand';
import type { JsonObject } from '../../../json.ts';
import { ownerKey, useOwner } from '../owner.ts';
import { objectsOf, wordOf } from '../read.ts';
import { sameGiven } from '../same.ts';
import { overallStatus, planTitle } from './overall.ts';
import { Status } from './status.tsx';
import { Task, useGrows } from './task.tsx';
import './plan.css';

/** Plans that a person opened or closed stay so, also while they grow and when they come back into view. */
const useOpened = create<Record<string, boolean>>(() => ({}));

/** All steps of an answer in one container, folded; its head says how far they are. */
export function Plan({ block }: { block: JsonObject }) {
  const owner = useOwner();
  const key = `${ownerKey(owner)} ${wordOf(block.block_id)}`;
  const open = useOpened((state) => state[key] ?? false);
  const still = !useGrows();
  const id = useId();
  const tasks = objectsOf(block.tasks);
  const done = tasks.filter((task) => task.status === 'complete').length;
  const status = overallStatus(tasks.map((task) => wordOf(task.status)));
  return (
    <div className="plan">
      <button
        type="button"
        className="plan-head"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => useOpened.setState({ [key]: !open })}
      >
        <Status value={status} still={still} />
        <span className="plan-title">{planTitle(wordOf(block.title), status)}</span>
        {tasks.length > 0 && (
          <span className="plan-count">
            {done} of {tasks.length} done
          </span>
        )}
        <ChevronDown size={17} aria-hidden="true" />
      </button>
      <ol className="plan-tasks" id={id} hidden={!open}>
        {open && tasks.map((task) => <PlannedTask key={wordOf(task.task_id)} given={task} />)}
      </ol>
    </div>
  );
}

const PlannedTask = memo(function PlannedTask({ given }: { given: JsonObject }) {
  return (
    <li>
      <Task task={given} />
    </li>
  );
}, sameGiven);
