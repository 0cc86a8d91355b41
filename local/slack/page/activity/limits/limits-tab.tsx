import { Switch } from 'radix-ui';
import { type FormEvent, useCallback, useId } from 'react';
import { useStore } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { attempt } from '../../ui/toast.tsx';
import { LimitGauge } from './limit-gauge.tsx';
import { useRateLimits } from './use-rate-limits.ts';
import '../ui/fields.css';
import './limits-tab.css';

/** How much of Slack's rate limits each method uses, and the limits themselves. */
export function LimitsTab() {
  const { limits, change } = useRateLimits();
  const apps = useStore((state) => state.apps);
  const workspaces = useStore((state) => state.workspaces);
  const label = useId();
  const setLimit = useCallback(
    (method: string, perMinute: number): void =>
      void attempt(() => change('PUT', { rules: { [method]: { perMinute } } })),
    [change],
  );
  if (!limits) return <p className="panel-page panel-hint">Loading the limits …</p>;
  const counters = limits.counters.toSorted(
    (one, other) =>
      one.method.localeCompare(other.method) ||
      `${one.app}${one.team}`.localeCompare(`${other.app}${other.team}`),
  );
  const several = new Set(counters.map((one) => `${one.app}/${one.team}`)).size > 1;
  const where = (app: string, team: string): string =>
    several
      ? `${apps.get(app)?.name ?? app} in ${workspaces.find((one) => one.id === team)?.name ?? team}`
      : '';
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setLimit(String(data.get('method')).trim(), Math.max(0, Math.round(Number(data.get('perMinute')))));
    form.reset();
  };
  return (
    <div className="panel-page">
      <div className="limits-switch">
        <span id={label}>Refuse what is over a limit (429)</span>
        <Switch.Root
          className="switch"
          aria-labelledby={label}
          checked={limits.enabled}
          onCheckedChange={(enabled) => void attempt(() => change('PUT', { enabled }))}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </div>
      <p className="panel-hint">
        Per method, app and workspace, over the last 60 seconds{limits.enabled ? '.' : '; only counted now.'}
      </p>
      {counters.length === 0 ? (
        <p className="panel-hint">No app has called the Web API yet.</p>
      ) : (
        <ul className="limit-gauges">
          {counters.map((counter) => (
            <LimitGauge
              key={`${counter.app}/${counter.team}/${counter.method}`}
              counter={counter}
              where={where(counter.app, counter.team)}
              onLimit={setLimit}
            />
          ))}
        </ul>
      )}
      <h3 className="panel-heading">Another limit</h3>
      <form className="panel-row limits-form" onSubmit={add}>
        <label>
          <span className="visually-hidden">Method</span>
          <input className="panel-input" name="method" required placeholder="chat.update" />
        </label>
        <label>
          <span className="visually-hidden">Calls a minute</span>
          <input
            className="panel-input"
            name="perMinute"
            type="number"
            min={0}
            required
            placeholder="a minute"
          />
        </label>
        <Button type="submit">Set</Button>
      </form>
      <div className="panel-row limits-reset">
        <Button onClick={() => void attempt(() => change('DELETE'))}>Count anew</Button>
      </div>
    </div>
  );
}
