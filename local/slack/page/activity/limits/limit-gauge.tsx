import { Pencil } from 'lucide-react';
import { type FormEvent, memo, useState } from 'react';
import type { RateCounter } from '../../../limits/windows.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { fillOf, gaugeNotes, gaugeWords, limitOf, tierWords } from './gauge-words.ts';

/** How much of one method's limit is used, and a form to change the limit. */
export const LimitGauge = memo(
  function LimitGauge({
    counter,
    where,
    onLimit,
  }: {
    counter: RateCounter;
    /** The app and workspace, when there are several. */
    where: string;
    onLimit: (method: string, perMinute: number) => void;
  }) {
    const [editing, setEditing] = useState(false);
    const limit = limitOf(counter);
    const fill = fillOf(counter.inWindow, limit);
    const save = (event: FormEvent<HTMLFormElement>): void => {
      event.preventDefault();
      const given = Number(new FormData(event.currentTarget).get('perMinute'));
      onLimit(counter.method, Math.max(0, Math.round(given)));
      setEditing(false);
    };
    const name = where === '' ? counter.method : `${counter.method}, ${where}`;
    return (
      <li className="limit-gauge">
        <div className="limit-gauge-head">
          <b>{counter.method}</b>
          <span>
            <b>{counter.inWindow}</b> of {limit}
          </span>
          <IconButton
            label={`Change the limit of ${counter.method}`}
            aria-expanded={editing}
            onClick={() => setEditing(!editing)}
          >
            <Pencil size={13} aria-hidden />
          </IconButton>
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a meter element cannot be coloured alike in all browsers */}
        <div
          className={`limit-gauge-bar ${fill}`}
          role="meter"
          aria-label={name}
          aria-valuenow={Math.min(counter.inWindow, limit)}
          aria-valuemin={0}
          aria-valuemax={Math.max(1, limit)}
          aria-valuetext={gaugeWords(counter)}
        >
          <span
            style={{ width: `${limit === 0 ? 100 : Math.min(100, (counter.inWindow / limit) * 100)}%` }}
          />
        </div>
        <p className={fill === 'full' ? 'limit-gauge-notes full' : 'limit-gauge-notes'}>
          {[where, tierWords(counter.tier), gaugeNotes(counter)].filter((part) => part !== '').join(' · ')}
        </p>
        {editing && (
          <form className="panel-row" onSubmit={save}>
            <label className="limit-gauge-field">
              Calls a minute
              <input
                className="panel-input"
                name="perMinute"
                type="number"
                min={0}
                required
                // biome-ignore lint/a11y/noAutofocus: it was asked for by the button above
                autoFocus
                defaultValue={counter.rule.perMinute}
              />
            </label>
            <Button type="submit">Set</Button>
          </form>
        )}
      </li>
    );
  },
  (before, after) =>
    before.where === after.where &&
    before.onLimit === after.onLimit &&
    JSON.stringify(before.counter) === JSON.stringify(after.counter),
);
