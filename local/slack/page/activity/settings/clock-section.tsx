import { useEffect, useState } from 'react';
import { request } from '../../api/request.ts';
import { useStore } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { attempt } from '../../ui/toast.tsx';
import { type ClockState, clockWords } from './clock-words.ts';
import { SwitchRow } from './switch-row.tsx';
import '../ui/plain-group.css';

const EVERY_MS = 1_000;
const MINUTE = 60_000;
const STEPS = [
  { text: '1 min', ms: MINUTE },
  { text: '5 min', ms: 5 * MINUTE },
  { text: '1 h', ms: 60 * MINUTE },
];

const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** The simulator's clock: lifetimes, windows and retries follow it. */
export function ClockSection() {
  const [clock, setClock] = useState<ClockState>();
  useEffect(() => {
    let current = true;
    const load = (): void => {
      if (document.hidden) return;
      request<ClockState>('GET', '/clock')
        .then((found) => current && setClock(found))
        .catch((error: unknown) => console.info('The clock could not be read', error));
    };
    load();
    const timer = setInterval(load, EVERY_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, []);
  const change = (body: Record<string, unknown>): Promise<unknown> =>
    attempt(async () => {
      const changed = await request<ClockState>('PUT', '/clock', body);
      setClock(changed);
      useStore.setState({ clockOffsetMs: changed.now - Date.now() });
    });
  return (
    <section aria-labelledby="clock-heading">
      <h3 className="panel-heading" id="clock-heading">
        Clock
      </h3>
      <p className="clock-now">
        <b>{clock ? DAY_AND_TIME.format(clock.now) : '…'}</b>
        <span>{clock ? clockWords(clock) : ''}</span>
      </p>
      <SwitchRow
        label="Frozen"
        on={clock?.frozen ?? false}
        onChange={(on) => void change(on ? { freeze: true } : { restart: true })}
      />
      <fieldset className="panel-row plain-group" aria-label="Move the clock forward">
        <span className="settings-lead">Forward by</span>
        {STEPS.map(({ text, ms }) => (
          <Button key={text} onClick={() => void change({ advanceMs: ms })}>
            {text}
          </Button>
        ))}
        <Button onClick={() => void change({ restart: true })}>Real time</Button>
      </fieldset>
    </section>
  );
}
