import { useCallback, useEffect, useRef, useState } from 'react';

/** This close to its end, in pixels, a list counts as read to the end. */
const NEAR = 40;

/** Growth within so many milliseconds after something was unfolded is what the reader wants to see from its top. */
const UNFOLDING_MS = 400;

/** By these a reader moves a list. */
const MOVES = ['wheel', 'pointerdown', 'keydown', 'touchmove'];

/** A scroll so many milliseconds after one of them is the reader's, or while the scroll bar is held. */
const MOVING_MS = 1_000;

type FollowEnd = {
  scrollerRef: (element: HTMLElement | Window | null) => void;
  /** Whether the end is in view. */
  atEnd: boolean;
  toEnd: () => void;
  /** Lets go of the end: somebody is led elsewhere. */
  letGo: () => void;
};

/**
 * Keeps a list at its end while the reader is there, also when what is drawn grows or the room for it shrinks. Who
 * scrolled up keeps their place. `isEmpty`: the list has no element to watch yet.
 */
export function useFollowEnd(startAtEnd: boolean, isEmpty: boolean): FollowEnd {
  const scroller = useRef<HTMLElement | null>(null);
  const following = useRef(startAtEnd);
  /** Somebody was led to a message: until they move by themselves the end must not catch the list. */
  const led = useRef(!startAtEnd);
  const last = useRef({ top: 0, height: 0 });
  const unfolded = useRef(Number.NEGATIVE_INFINITY);
  const moved = useRef({ at: Number.NEGATIVE_INFINITY, held: false });
  const [atEnd, setAtEnd] = useState(true);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop: top, scrollHeight: height, clientHeight } = element;
    const near = height - top - clientHeight < NEAR;
    // A scroll upwards without any change of size is somebody's wish; with one, or when nobody moved, it is the list
    // that measures itself.
    const { at, held } = moved.current;
    const byReader = held || performance.now() - at < MOVING_MS;
    const wish = byReader && top < last.current.top - 2 && Math.abs(height - last.current.height) < 2;
    if (near && !led.current) following.current = true;
    else if (wish) following.current = false;
    last.current = { top, height };
    setAtEnd(near || following.current);
  }, []);

  const onMove = useCallback((event: Event) => {
    led.current = false;
    moved.current.at = performance.now();
    if (event.type === 'pointerdown') {
      moved.current.held = true;
      const release = () => {
        moved.current.held = false;
      };
      addEventListener('pointerup', release, { once: true });
      addEventListener('pointercancel', release, { once: true });
    }
    const element = scroller.current;
    const up = event instanceof WheelEvent && event.deltaY < 0;
    if (up && element && element.scrollTop > 0) following.current = false;
  }, []);

  const onClick = useCallback((event: Event) => {
    const { target } = event;
    if (target instanceof Element && target.closest('[aria-expanded][aria-controls], .section-more'))
      unfolded.current = performance.now();
  }, []);

  const scrollerRef = useCallback(
    (element: HTMLElement | Window | null) => {
      scroller.current?.removeEventListener('scroll', onScroll);
      scroller.current?.removeEventListener('click', onClick, true);
      for (const name of MOVES) scroller.current?.removeEventListener(name, onMove);
      scroller.current = element instanceof HTMLElement ? element : null;
      scroller.current?.addEventListener('scroll', onScroll, { passive: true });
      scroller.current?.addEventListener('click', onClick, { capture: true, passive: true });
      for (const name of MOVES) scroller.current?.addEventListener(name, onMove, { passive: true });
    },
    [onScroll, onMove, onClick],
  );

  const hold = useCallback(() => {
    const element = scroller.current;
    if (element && performance.now() - unfolded.current < UNFOLDING_MS) {
      following.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      onScroll();
    } else if (element && following.current) element.scrollTop = element.scrollHeight;
    else onScroll();
  }, [onScroll]);

  useEffect(() => {
    const element = scroller.current;
    if (!element || isEmpty) return;
    const watch = new ResizeObserver(hold);
    watch.observe(element);
    const content = element.querySelector('[data-testid="virtuoso-item-list"]');
    if (content) watch.observe(content);
    return () => watch.disconnect();
  }, [hold, isEmpty]);

  const toEnd = useCallback(() => {
    led.current = false;
    following.current = true;
    hold();
  }, [hold]);
  const letGo = useCallback(() => {
    led.current = true;
    following.current = false;
  }, []);
  return { scrollerRef, atEnd, toEnd, letGo };
}
