import { type ReactNode, useRef } from 'react';
import './log-tab.css';

/** A log with the details of one row below it; Escape closes them and goes back to the list. */
export function LogTab({
  opened,
  onClose,
  children,
}: {
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const tab = useRef<HTMLDivElement>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to what is inside
    <div
      ref={tab}
      className="log-tab"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !opened) return;
        event.stopPropagation();
        onClose();
        tab.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
      }}
    >
      {children}
    </div>
  );
}
