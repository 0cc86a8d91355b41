import { type ComponentProps, useEffect, useRef, useState } from 'react';
import { useClock } from '../../ui/use-clock.ts';
import { plainOf, wordOf } from '../read.ts';
import type { ElementProps } from './element.tsx';
import { naming } from './place.ts';
import { epochOf, wallTime } from './zoned-time.ts';
import './pickers.css';

/** A day: `selected_date`. */
export function DatePicker(props: ElementProps) {
  const { handle } = props;
  return (
    <NativePicker {...props} type="date" name="Date" shown={wordOf(handle.value)} onPick={handle.change} />
  );
}

/** A time of day: `selected_time`; some say of which time zone. */
export function TimePicker(props: ElementProps) {
  const { element, handle } = props;
  const zone = wordOf(element.timezone);
  return (
    <>
      <NativePicker {...props} type="time" name="Time" shown={wordOf(handle.value)} onPick={handle.change} />
      {zone !== '' && <span className="element-hint">{zone}</span>}
    </>
  );
}

/** A moment: `selected_date_time` in seconds, entered as the person's own clock shows it. */
export function DateTimePicker(props: ElementProps) {
  const { handle } = props;
  const { timeZone } = useClock();
  const { value } = handle;
  return (
    <>
      <NativePicker
        {...props}
        type="datetime-local"
        name="Date and time"
        shown={typeof value === 'number' ? wallTime(value, timeZone) : ''}
        onPick={(wall) => handle.change(wall === null ? null : (epochOf(wall, timeZone) ?? null))}
      />
      <span className="element-hint">{timeZone}</span>
    </>
  );
}

/** How long a picker must rest, in milliseconds: a year that is typed is a date after each of its digits. */
const REST_MS = 600;

function NativePicker({
  element,
  place,
  handle,
  type,
  name,
  shown,
  onPick,
}: ElementProps & {
  type: ComponentProps<'input'>['type'];
  name: string;
  shown: string;
  onPick: (value: string | null) => void;
}) {
  const [typed, setTyped] = useState<string | undefined>();
  const latest = useRef({ typed, shown, onPick });
  latest.current = { typed, shown, onPick };
  const commit = (): void => {
    const { typed: entered, shown: before, onPick: pick } = latest.current;
    setTyped(undefined);
    if (entered !== undefined && entered !== before) pick(entered === '' ? null : entered);
  };
  useEffect(() => {
    if (typed === undefined) return;
    const timer = setTimeout(commit, REST_MS);
    return () => clearTimeout(timer);
  });
  return (
    <input
      type={type}
      className="field-input picker"
      {...naming(place, plainOf(element.placeholder) || name)}
      title={plainOf(element.placeholder) || undefined}
      value={typed ?? shown}
      disabled={handle.inert}
      data-focus-on-load={element.focus_on_load === true || undefined}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
