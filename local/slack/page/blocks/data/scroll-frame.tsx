import type { ReactNode } from 'react';

/** A frame in which something wide scrolls; it can be reached by keyboard, since arrows scroll it. */
export function ScrollFrame({
  label,
  className = '',
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={`table-frame ${className}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
