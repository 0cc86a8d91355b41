import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

const HOST = 'menus';

/** Where open menus stand: a landmark of its own, since all that can be read belongs to one. Nothing while all are closed. */
export function MenuHost() {
  return <section id={HOST} className="menu-host" aria-label="Menu" />;
}

/** Draws an open menu above everything, in the page's landmark for menus, or in `container`. */
export function MenuPortal({ container, children }: { container?: HTMLElement | null; children: ReactNode }) {
  return (
    <DropdownMenu.Portal container={container ?? document.getElementById(HOST)}>
      {children}
    </DropdownMenu.Portal>
  );
}
