import { useEffect, useId, useState } from 'react';
import { request } from '../../api/request.ts';
import { useStore } from '../../store/store.ts';
import { attempt } from '../../ui/toast.tsx';
import { type OptionRow, type OptionValue, optionGroups, optionValue } from './option-words.ts';
import { SwitchRow } from './switch-row.tsx';
import '../ui/plain-group.css';

type Options = Record<string, OptionValue>;

/** What the reference leaves uncertain, and what tests make shorter: the simulator's options. */
export function OptionsSection() {
  const world = useStore((state) => state.state);
  const [options, setOptions] = useState<Options>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reset may have changed them
  useEffect(() => {
    let current = true;
    request<Options>('GET', '/options')
      .then((found) => current && setOptions(found))
      .catch((error: unknown) => console.info('The options could not be loaded', error));
    return () => {
      current = false;
    };
  }, [world]);
  const set = (name: string, value: OptionValue): Promise<unknown> =>
    attempt(async () => setOptions(await request<Options>('PUT', '/options', { [name]: value })));
  return (
    <section aria-labelledby="options-heading">
      <h3 className="panel-heading" id="options-heading">
        Options
      </h3>
      {optionGroups(options).map(({ title, rows }) => (
        <fieldset key={title} className="option-group plain-group">
          <legend>{title}</legend>
          {rows.map((row) => (
            <OptionField key={row.name} row={row} value={options[row.name] ?? null} onChange={set} />
          ))}
        </fieldset>
      ))}
    </section>
  );
}

function OptionField({
  row,
  value,
  onChange,
}: {
  row: OptionRow;
  value: OptionValue;
  onChange: (name: string, value: OptionValue) => Promise<unknown>;
}) {
  const id = useId();
  if (typeof value === 'boolean')
    return (
      <SwitchRow
        label={row.label}
        hint={row.hint}
        on={value}
        onChange={(on) => void onChange(row.name, on)}
      />
    );
  const given = value === null ? '' : String(value);
  const done = (text: string): void => {
    if (text !== given) void onChange(row.name, optionValue(row, value, text));
  };
  return (
    <div className="option-field">
      <label htmlFor={id}>
        {row.label}
        {row.hint !== undefined && <small>{row.hint}</small>}
      </label>
      {row.choices ? (
        <select id={id} className="panel-input" value={given} onChange={(event) => done(event.target.value)}>
          {row.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <input
          key={given}
          id={id}
          className="panel-input"
          type={typeof value === 'number' || row.nullable ? 'number' : 'text'}
          step="any"
          placeholder={row.nullable ? 'none' : undefined}
          defaultValue={given}
          onBlur={(event) => done(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') done(event.currentTarget.value);
          }}
        />
      )}
      <span className="unit">{row.unit ?? ''}</span>
    </div>
  );
}
