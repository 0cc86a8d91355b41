import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { droppedFrom } from './dropped.ts';

/** Rows drawn beyond what is seen, above and below. */
const BEYOND = 6;

/** Which rows of a log are drawn, and whether its end is seen. */
export type RowWindow = {
  first: number;
  /** Exclusive. */
  last: number;
  atEnd: boolean;
  onScroll: () => void;
  /** Brings a row into view, with as little scrolling as it needs. */
  reveal: (index: number) => void;
  toEnd: () => void;
};

/**
 * The part of a log that is drawn. All rows have the same height, so nothing is measured but the window itself. The
 * end is followed while it is seen; who scrolled up keeps the same rows before their eyes when the oldest entries
 * are forgotten.
 *
 * @param row height of a row in pixels
 */
export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  items: readonly { id: number }[],
  row: number,
): RowWindow {
  const [view, setView] = useState({ top: Number.MAX_SAFE_INTEGER, height: 0 });
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);
  const before = useRef(items);

  const look = useCallback((): void => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop: top, clientHeight: height, scrollHeight } = element;
    following.current = scrollHeight - top - height <= row;
    setAtEnd(following.current);
    setView((now) => (now.top === top && now.height === height ? now : { top, height }));
  }, [scroller, row]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, look]);

  // Before the browser draws: the place where the person looks must not jump.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const dropped = droppedFrom(before.current, items);
    before.current = items;
    if (following.current || dropped === undefined) element.scrollTop = element.scrollHeight;
    else if (dropped > 0) element.scrollTop -= dropped * row;
    look();
  }, [scroller, items, row, look]);

  const reveal = useCallback(
    (index: number): void => {
      const element = scroller.current;
      if (!element) return;
      const top = index * row;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + row > element.scrollTop + element.clientHeight)
        element.scrollTop = top + row - element.clientHeight;
    },
    [scroller, row],
  );
  const toEnd = useCallback((): void => {
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [scroller]);

  const top = Math.min(view.top, Math.max(0, items.length * row - view.height));
  return {
    first: Math.max(0, Math.floor(top / row) - BEYOND),
    last: Math.min(items.length, Math.ceil((top + view.height) / row) + BEYOND),
    atEnd,
    onScroll: look,
    reveal,
    toEnd,
  };
}
