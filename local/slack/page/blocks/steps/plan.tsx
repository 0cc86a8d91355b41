import { ChevronDown } from 'lucide-react';
import { memo, useId } from 'react';
import type { JsonObject } from '../../../json.ts';
import { useStore } from '../../store/store.ts';
import { ownerKey, useOwner } from '../owner.ts';
import { objectsOf, wordOf } from '../read.ts';
import { sameGiven } from '../same.ts';
import { type PlanPlace, setOpenedPlan, useOpenedPlan } from './opened-plans.ts';
import { liveStatus, overallStatus, planTitle } from './overall.ts';
import { Status } from './status.tsx';
import { Task, useGrows } from './task.tsx';
import './plan.css';

/** All steps of an answer in one container, folded; its head says what is being done and how far they are. */
export function Plan({ block }: { block: JsonObject }) {
  const place = usePlace(wordOf(block.block_id));
  const open = useOpenedPlan(place);
  const grows = useGrows();
  const id = useId();
  const tasks = objectsOf(block.tasks);
  const statuses = tasks.map((task) => wordOf(task.status));
  const done = statuses.filter((status) => status === 'complete').length;
  const current = grows && !open ? tasks.findLast((task) => task.status === 'in_progress') : undefined;
  return (
    <div className="plan">
      <button
        type="button"
        className="plan-head"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpenedPlan(place, !open)}
      >
        <Status value={grows ? liveStatus(statuses) : overallStatus(statuses)} still={!grows} />
        <span className="plan-title">
          {planTitle(wordOf(block.title), statuses, grows)}
          {current && <span className="plan-current"> {wordOf(current.title)}</span>}
        </span>
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

function usePlace(blockId: string): PlanPlace {
  const owner = useOwner();
  const user = useStore((state) => state.user);
  const thread = useStore((state) => {
    if (owner.kind !== 'message') return '';
    return state.messages.get(owner.channel)?.byTs.get(owner.ts)?.threadTs ?? owner.ts;
  });
  const plan = `${ownerKey(owner)} ${blockId}`;
  if (owner.kind !== 'message') return { plan, thread: plan, ts: '' };
  return { plan, thread: `${user} ${owner.channel} ${thread}`, ts: owner.ts };
}

const PlannedTask = memo(function PlannedTask({ given }: { given: JsonObject }) {
  return (
    <li>
      <Task task={given} />
    </li>
  );
}, sameGiven);
