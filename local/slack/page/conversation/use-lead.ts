import { type RefObject, useEffect, useRef } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';

/** Frames in which a list may learn how tall it is before the message stands still. */
const TRIES = 90;
/** Of this share of the room on a message is tall: it is shown from its beginning. */
const TALL = 0.8;
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
        const tall = heightOf(frame.current, target) > (frame.current?.clientHeight ?? 0) * TALL;
        virtuoso.current?.scrollToIndex({ index, align: tall ? 'start' : 'center' });
      }
      next = requestAnimationFrame(lead);
    };
    lead();
    return () => cancelAnimationFrame(next);
  }, [virtuoso, frame, target, letGo]);
}

const boxOf = (frame: HTMLElement | null, ts: string): DOMRect | undefined =>
  frame?.querySelector(`article[data-ts="${CSS.escape(ts)}"]`)?.getBoundingClientRect();

const heightOf = (frame: HTMLElement | null, ts: string): number => boxOf(frame, ts)?.height ?? 0;

/** Whether one can read it without scrolling: all of it, or of a tall one its beginning. */
function isInView(frame: HTMLElement | null, ts: string): boolean {
  const message = boxOf(frame, ts);
  const room = frame?.getBoundingClientRect();
  if (!message || !room) return false;
  const begins = message.top >= room.top - 1 && message.top < room.bottom;
  return begins && (message.bottom <= room.bottom + 1 || message.top < room.top + room.height / 2);
}
