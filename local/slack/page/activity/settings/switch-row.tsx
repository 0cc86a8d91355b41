import { Switch } from 'radix-ui';
import { useId } from 'react';

/** A switch with its words before it. */
export function SwitchRow({
  label,
  hint,
  on,
  onChange,
}: {
  label: string;
  hint?: string | undefined;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="switch-row">
      <span>
        <span id={id}>{label}</span>
        {hint !== undefined && <small>{hint}</small>}
      </span>
      <Switch.Root className="switch" aria-labelledby={id} checked={on} onCheckedChange={onChange}>
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
    </div>
  );
}
