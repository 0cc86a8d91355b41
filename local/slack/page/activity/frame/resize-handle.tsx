import type { KeyboardEvent, PointerEvent } from 'react';
import { clampWidth, defaultWidth, MIN_WIDTH, maxWidth, usePanel } from './panel-state.ts';
import './resize-handle.css';

/** Pixels that one press of an arrow key moves. */
const STEP = 24;

const setWidth = (width: number): void => usePanel.setState({ width: clampWidth(width, window.innerWidth) });

/** The panel's left edge: drag it, or move it with the arrow keys, Home and End; a double click takes it back. */
export function ResizeHandle() {
  const width = usePanel((state) => state.width);

  const onKeyDown = (event: KeyboardEvent): void => {
    const to = {
      ArrowLeft: width + STEP,
      ArrowRight: width - STEP,
      Home: MIN_WIDTH,
      End: maxWidth(window.innerWidth),
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setWidth(to);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) setWidth(window.innerWidth - event.clientX);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved; this separator can.
    <div
      className="resize-handle"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuenow={width}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={maxWidth(window.innerWidth)}
      aria-valuetext={`${width} pixels`}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onDoubleClick={() => setWidth(defaultWidth(window.innerWidth))}
    />
  );
}
