import { type RefObject, useEffect, useRef } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';

/** Frames in which a list may learn how tall it is before the message stands still. */
const TRIES = 90;
/** Frames in a row in which the message must have been in view. */
const STEADY = 6;

/** Brings the message that is pointed at into view, as often as the list needs to learn how tall it is. */
export function useLead({
  virtuoso,
  frame,
  list,
  target,
  letGo,
}: {
  virtuoso: RefObject<VirtuosoHandle | null>;
  frame: RefObject<HTMLElement | null>;
  list: string[];
  /** A timestamp; empty for none. */
  target: string;
  letGo: () => void;
}): void {
  const current = useRef(list);
  current.current = list;
  useEffect(() => {
    if (target === '') return;
    let tries = 0;
    let steady = 0;
    let next = 0;
    const lead = (): void => {
      const index = current.current.indexOf(target);
      if (index < 0 || tries++ > TRIES || steady > STEADY) return;
      if (isInView(frame.current, target)) steady++;
      else {
        steady = 0;
        letGo();
        virtuoso.current?.scrollToIndex({ index, align: 'center' });
      }
      next = requestAnimationFrame(lead);
    };
    lead();
    return () => cancelAnimationFrame(next);
  }, [virtuoso, frame, target, letGo]);
}

function isInView(frame: HTMLElement | null, ts: string): boolean {
  const message = frame?.querySelector(`article[data-ts="${CSS.escape(ts)}"]`)?.getBoundingClientRect();
  const room = frame?.getBoundingClientRect();
  return message !== undefined && room !== undefined && message.top >= room.top && message.top < room.bottom;
}
