import { createContext, useContext } from 'react';

/**
 * Where menus are put: into the dialog that they belong to, because a modal dialog lets nothing outside of it be
 * scrolled or pressed; null = the end of the page.
 */
export const PortalHost = createContext<HTMLElement | null>(null);

export const usePortalHost = (): HTMLElement | null => useContext(PortalHost);
