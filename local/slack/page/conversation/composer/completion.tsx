import { Hash, Slash, Users } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import type { Suggestion } from './suggestions.ts';

/** The list above a field from which one completes a name. The field keeps the focus. */
export function Completion({
  id,
  found,
  chosen,
  onChoose,
  onPick,
}: {
  id: string;
  found: Suggestion[];
  chosen: number;
  onChoose: (index: number) => void;
  onPick: (suggestion: Suggestion) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div ref={list} id={id} role="listbox" aria-label="Suggestions" className="completion">
      {found.map((suggestion, index) => (
        <div
          key={suggestion.key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          className="completion-option"
          onMouseMove={() => onChoose(index)}
          // Before the field loses the focus, which would close the list.
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(suggestion);
          }}
        >
          <Sign suggestion={suggestion} />
          <span className="completion-label">{suggestion.label}</span>
          <span className="completion-note">{suggestion.note}</span>
        </div>
      ))}
    </div>
  );
}

function Sign({ suggestion }: { suggestion: Suggestion }) {
  if (suggestion.user !== undefined) return <Avatar user={suggestion.user} size="small" />;
  if (suggestion.char !== undefined) return <span className="completion-sign">{suggestion.char}</span>;
  const Icon = suggestion.label.startsWith('#') ? Hash : suggestion.label.startsWith('/') ? Slash : Users;
  return (
    <span className="completion-sign">
      <Icon size={16} aria-hidden="true" />
    </span>
  );
}
