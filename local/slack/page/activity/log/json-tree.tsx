import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { type JsonValue, looksLikeJson, summaryOf } from './json-summary.ts';
import '../ui/plain-group.css';
import './json-tree.css';

/** Levels that are open at first, and members beyond which a level starts closed. */
const OPEN_LEVELS = 3;
const OPEN_MEMBERS = 24;
/** Characters of a text that are shown before "more". */
const SHOWN_TEXT = 400;

/** A JSON value to read: levels open and close, texts that are JSON themselves are read as such. */
export function JsonTree({ value, label }: { value: JsonValue; label: string }) {
  return (
    <fieldset className="json-tree plain-group" aria-label={label}>
      {isLevel(value) ? (
        <Level value={value} depth={0} />
      ) : (
        <span className="json-line">
          <Leaf value={value} />
        </span>
      )}
    </fieldset>
  );
}

const isLevel = (value: JsonValue): value is JsonValue[] | { [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null;

function Level({ value, depth }: { value: JsonValue[] | { [name: string]: JsonValue }; depth: number }) {
  const entries = Object.entries(value);
  if (entries.length === 0) return <span className="json-none">{Array.isArray(value) ? '[ ]' : '{ }'}</span>;
  return (
    <ul>
      {entries.map(([name, member]) => (
        <Member key={name} name={name} value={member} depth={depth} />
      ))}
    </ul>
  );
}

function Member({ name, value, depth }: { name: string; value: JsonValue; depth: number }) {
  const inner = typeof value === 'string' ? looksLikeJson(value) : undefined;
  const shown = inner ?? value;
  const size = isLevel(shown) ? Object.keys(shown).length : 0;
  const [open, setOpen] = useState(depth < OPEN_LEVELS - 1 && size <= OPEN_MEMBERS);
  if (!isLevel(shown) || size === 0)
    return (
      <li className="json-line">
        <span className="json-name">{name}</span>{' '}
        {isLevel(shown) ? <Level value={shown} depth={depth} /> : <Leaf value={shown} />}
      </li>
    );
  return (
    <li>
      <button type="button" className="json-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight size={13} aria-hidden />
        <span className="json-name">{name}</span>
        <span className="json-summary">
          {summaryOf(shown)}
          {inner !== undefined && ' · sent as a text'}
        </span>
      </button>
      {open && <Level value={shown} depth={depth + 1} />}
    </li>
  );
}

function Leaf({ value }: { value: JsonValue }) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== 'string')
    return <span className={`json-value ${kindOf(value)}`}>{String(value)}</span>;
  const cut = !whole && value.length > SHOWN_TEXT;
  return (
    <>
      <span className="json-value text">
        {cut ? `${value.slice(0, SHOWN_TEXT)}…` : value === '' ? '""' : value}
      </span>
      {cut && (
        <button type="button" className="json-more" onClick={() => setWhole(true)}>
          All {value.length} characters
        </button>
      )}
    </>
  );
}

const kindOf = (value: JsonValue): string => (value === null ? 'null' : typeof value);
