import { Eraser, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/button.tsx';
import '../ui/plain-group.css';
import './toolbar.css';

/** The row above a log: find a text, choose what is shown, clear the view. */
export function Toolbar({
  label,
  text,
  onText,
  onClear,
  children,
}: {
  /** What the text is looked for in: "Find in API calls". */
  label: string;
  text: string;
  onText: (text: string) => void;
  onClear: () => void;
  children: ReactNode;
}) {
  return (
    <fieldset className="log-toolbar plain-group" aria-label={`What is shown of ${label}`}>
      <label className="log-toolbar-find">
        <Search size={14} aria-hidden />
        <span className="visually-hidden">Find in {label}</span>
        <input
          type="search"
          placeholder="Find"
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      </label>
      <IconButton label="Clear the view" onClick={onClear}>
        <Eraser size={15} aria-hidden />
      </IconButton>
      <div className="log-toolbar-rest">{children}</div>
    </fieldset>
  );
}

/** A filter that is on or off. */
export function Toggle({
  on,
  onChange,
  disabled = false,
  title,
  children,
}: {
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
  title?: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className="log-toggle"
      aria-pressed={on}
      disabled={disabled}
      title={title}
      onClick={() => onChange(!on)}
    >
      {children}
    </button>
  );
}

/** One of several, as a small menu. */
export function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: { value: string; text: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <select
      className="log-choice"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}
