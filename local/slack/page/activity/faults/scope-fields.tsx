import { useId } from 'react';
import type { Fault } from '../../../faults/faults.ts';
import type { Scope } from './scope.ts';

/** For which calls or deliveries a fault holds, and how often. */
export function ScopeFields({
  target,
  subjects,
  scope,
  onChange,
}: {
  target: Fault['target'];
  /** What can be chosen from; anything else can be written. */
  subjects: string[];
  scope: Scope;
  onChange: (scope: Scope) => void;
}) {
  const list = useId();
  const set = (change: Partial<Scope>): void => onChange({ ...scope, ...change });
  return (
    <>
      <label className="panel-field">
        <span>{target === 'api' ? 'Method' : 'Type'}</span>
        <input
          type="text"
          list={list}
          value={scope.subject}
          placeholder="*"
          onChange={(event) => set({ subject: event.target.value })}
        />
      </label>
      <datalist id={list}>
        <option value="*">all</option>
        {subjects.map((subject) => (
          <option key={subject} value={subject} />
        ))}
      </datalist>
      <label className="panel-field">
        <span>How often</span>
        <select value={scope.how} onChange={(event) => set({ how: event.target.value as Scope['how'] })}>
          <option value="always">Always, until it is switched off</option>
          <option value="next">For the next few</option>
          <option value="chance">By chance</option>
        </select>
      </label>
      {scope.how === 'next' && (
        <label className="panel-field">
          <span>For the next</span>
          <input
            type="number"
            min={1}
            required
            value={scope.times}
            onChange={(event) => set({ times: event.target.value })}
          />
          <span className="unit">{target === 'api' ? 'calls' : 'deliveries'}</span>
        </label>
      )}
      {scope.how === 'chance' && (
        <>
          <label className="panel-field">
            <span>Chance</span>
            <input
              type="number"
              min={0}
              max={100}
              required
              value={scope.chance}
              onChange={(event) => set({ chance: event.target.value })}
            />
            <span className="unit">%</span>
          </label>
          <label className="panel-field">
            <span title="The same seed, the same run">Seed</span>
            <input
              type="number"
              required
              value={scope.seed}
              onChange={(event) => set({ seed: event.target.value })}
            />
          </label>
        </>
      )}
    </>
  );
}
