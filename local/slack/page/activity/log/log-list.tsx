import { ArrowDown } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useWindow } from './use-window.ts';
import './log-list.css';

/** Height of a row in pixels, as in log-list.css. */
const ROW = 46;
/** Rows that Page Up and Page Down move. */
const PAGE = 8;

/**
 * A log, newest at its end, drawn only as far as it is seen and followed unless somebody scrolled up. One row is
 * the current one: arrows, Home and End move it, Enter and a click open it.
 *
 * @param opened the row whose details are open: moving the current row then opens its details
 * @param onOpen `chosen` says that the person pressed it, and did not only pass by
 */
export function LogList<T extends { id: number }>({
  label,
  items,
  opened,
  onOpen,
  row,
}: {
  label: string;
  items: T[];
  opened: number | undefined;
  onOpen: (item: T, chosen: boolean) => void;
  row: (item: T) => ReactNode;
}) {
  const list = useRef<HTMLDivElement>(null);
  const { first, last, atEnd, onScroll, reveal, toEnd } = useWindow(list, items, ROW);
  const [cursor, setCursor] = useState<number>();
  const prefix = useId();
  const at = cursor === undefined ? -1 : items.findIndex((one) => one.id === cursor);

  // Details that open take room from the list: the row they belong to stays in sight.
  const openedAt = useRef(-1);
  openedAt.current = opened === undefined ? -1 : items.findIndex((one) => one.id === opened);
  useEffect(() => {
    if (opened !== undefined && openedAt.current >= 0) reveal(openedAt.current);
  }, [opened, reveal]);

  const choose = (item: T, chosen: boolean): void => {
    setCursor(item.id);
    if (chosen || opened !== undefined) onOpen(item, chosen);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const current = items[at];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (current) choose(current, true);
      return;
    }
    const end = items.length - 1;
    const from = at < 0 ? end + 1 : at;
    const to = {
      ArrowUp: from - 1,
      ArrowDown: from + 1,
      PageUp: from - PAGE,
      PageDown: from + PAGE,
      Home: 0,
      End: end,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = Math.min(end, Math.max(0, to));
    const item = items[index];
    if (!item) return;
    choose(item, false);
    reveal(index);
  };

  return (
    <div className="log-list">
      <div
        ref={list}
        className="log-list-rows"
        role="listbox"
        aria-label={label}
        aria-activedescendant={at >= first && at < last ? `${prefix}${cursor}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={onScroll}
      >
        <div className="log-list-all" role="presentation" style={{ height: items.length * ROW }}>
          <div role="presentation" style={{ transform: `translateY(${first * ROW}px)` }}>
            {items.slice(first, last).map((item, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its current row
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
              <div
                key={item.id}
                id={`${prefix}${item.id}`}
                className={item.id === cursor ? 'log-list-row current' : 'log-list-row'}
                role="option"
                aria-selected={item.id === opened}
                aria-posinset={first + index + 1}
                aria-setsize={items.length}
                onClick={() => choose(item, true)}
              >
                {row(item)}
              </div>
            ))}
          </div>
        </div>
      </div>
      {!atEnd && (
        <button type="button" className="log-list-end" onClick={toEnd}>
          <ArrowDown size={14} aria-hidden /> Newest
        </button>
      )}
    </div>
  );
}
