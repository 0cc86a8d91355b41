import { Check } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Item, ItemGroup } from './item.ts';
import type { PickerProps } from './picker.tsx';
import './list.css';

type ListProps = Pick<
  PickerProps,
  'isMulti' | 'query' | 'groups' | 'chosen' | 'note' | 'max' | 'onQuery' | 'onChoose'
> & { id: string };

const MOVES: Record<string, (active: number, count: number) => number> = {
  ArrowDown: (active, count) => (active + 1) % count,
  ArrowUp: (active, count) => (active + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The search field and the options below it; arrows move, Enter chooses. */
export function List(props: ListProps) {
  const { id, isMulti, query, groups, chosen, max, onQuery, onChoose } = props;
  const items = groups.flatMap((group) => group.items);
  const [at, setAt] = useState(0);
  const active = Math.min(at, items.length - 1);
  const isFull = isMulti && chosen.length >= max;
  const choose = (item: Item | undefined): void => {
    if (item && !(isFull && !isIn(chosen, item))) onChoose(item);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move && items.length > 0) setAt(move(active, items.length));
    else if (event.key === 'Enter') choose(items[active]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        className="field-input picker-search"
        role="combobox"
        aria-label="Search options"
        aria-expanded="true"
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={items.length > 0 ? `${id}-${active}` : undefined}
        placeholder="Search"
        value={query}
        onChange={(event) => {
          setAt(0);
          onQuery(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={id}
        role="listbox"
        aria-label="Options"
        aria-multiselectable={isMulti || undefined}
        className="picker-list"
      >
        {groups.map((group) => (
          <Group key={group.label} group={group}>
            {group.items.map((item) => {
              const index = items.indexOf(item);
              const isChosen = isIn(chosen, item);
              return (
                <Option
                  key={item.value}
                  {...{ item, isChosen }}
                  id={`${id}-${index}`}
                  isActive={index === active}
                  isBarred={isFull && !isChosen}
                  onPoint={() => setAt(index)}
                  onChoose={() => choose(item)}
                />
              );
            })}
          </Group>
        ))}
      </div>
      <p className="picker-note" role="status">
        {noteOf(props, items, isFull)}
      </p>
    </>
  );
}

function noteOf({ note, max }: ListProps, items: Item[], isFull: boolean): string {
  if (note !== '') return note;
  if (items.length === 0) return 'No items';
  return isFull ? `No more than ${max} can be chosen` : '';
}

const isIn = (chosen: Item[], item: Item): boolean => chosen.some((one) => one.value === item.value);

function Option({
  id,
  item,
  isActive,
  isChosen,
  isBarred,
  onPoint,
  onChoose,
}: {
  id: string;
  item: Item;
  isActive: boolean;
  isChosen: boolean;
  isBarred: boolean;
  onPoint: () => void;
  onChoose: () => void;
}) {
  const node = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) node.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field above takes the keys
    <div
      ref={node}
      id={id}
      role="option"
      tabIndex={-1}
      className={isActive ? 'picker-option picker-option-active' : 'picker-option'}
      aria-selected={isChosen}
      aria-disabled={isBarred || undefined}
      onMouseMove={onPoint}
      onClick={onChoose}
    >
      <span className="picker-option-text">
        {item.label}
        {item.description !== '' && <span className="picker-option-note">{item.description}</span>}
      </span>
      {isChosen && <Check size={16} aria-hidden="true" />}
    </div>
  );
}

function Group({ group, children }: { group: ItemGroup; children: ReactNode }) {
  if (group.label === '') return children;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a listbox holds groups, not fieldsets
    <div role="group" aria-label={group.label}>
      <div className="picker-group" aria-hidden="true">
        {group.label}
      </div>
      {children}
    </div>
  );
}
