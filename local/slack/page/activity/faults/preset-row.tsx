import { ChevronRight } from 'lucide-react';
import { Switch } from 'radix-ui';
import { type FormEvent, useId, useState } from 'react';
import { useStore } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { attempt } from '../../ui/toast.tsx';
import { addFault, removeFaults } from './active-faults.ts';
import type { Preset } from './presets.ts';
import { faultOf, type Scope, scopeOf } from './scope.ts';
import { ScopeFields } from './scope-fields.tsx';

/** One thing that can go wrong: its sentence, a switch, and behind the arrow for what and how often. */
export function PresetRow({ preset, subjects }: { preset: Preset; subjects: string[] }) {
  const faults = useStore((state) => state.faults);
  const [open, setOpen] = useState(false);
  const [scope, setScope] = useState<Scope>(() => scopeOf(preset));
  const [values, setValues] = useState(() =>
    Object.fromEntries(preset.fields.map((one) => [one.name, one.value])),
  );
  const id = useId();
  const mine = faults.filter(preset.fits);

  const turn = (on: boolean): Promise<unknown> =>
    attempt(() =>
      on ? addFault(faultOf(preset, values, scope)) : removeFaults(mine.map((fault) => fault.id)),
    );
  const replace = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      await removeFaults(mine.map((fault) => fault.id));
      await addFault(faultOf(preset, values, scope));
    });
  };

  return (
    <li className={mine.length > 0 ? 'fault-preset on' : 'fault-preset'}>
      <div className="fault-preset-line">
        <button
          type="button"
          className="fault-preset-name"
          aria-expanded={open}
          aria-controls={`${id}form`}
          id={`${id}name`}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight size={14} aria-hidden />
          <span>{preset.sentence}</span>
        </button>
        <Switch.Root
          className="switch"
          aria-labelledby={`${id}name`}
          checked={mine.length > 0}
          onCheckedChange={(on) => void turn(on)}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </div>
      {open && (
        <form id={`${id}form`} className="fault-form" onSubmit={replace}>
          {preset.fields.map((one) => (
            <label key={one.name} className="panel-field">
              <span>{one.label}</span>
              <input
                type={one.kind}
                required
                value={values[one.name] ?? ''}
                onChange={(event) => setValues({ ...values, [one.name]: event.target.value })}
              />
              {one.unit !== '' && <span className="unit">{one.unit}</span>}
            </label>
          ))}
          <ScopeFields target={preset.target} subjects={subjects} scope={scope} onChange={setScope} />
          <Button type="submit">{mine.length > 0 ? 'Use these instead' : 'Switch on'}</Button>
        </form>
      )}
    </li>
  );
}
