import { create } from 'zustand';

export type PanelTab = 'calls' | 'deliveries' | 'limits' | 'faults' | 'settings';

/** Below this width of the window, in pixels, the panel starts folded and lies over the conversation. */
export const NARROW = 1000;
export const MIN_WIDTH = 280;
/** All names of the tabs fit. */
const NARROWEST_DEFAULT = 308;
const WIDEST_DEFAULT = 400;
/** Where it lies over the conversation it takes no room from it. */
const OVERLAY_DEFAULT = 380;
const KEY = 'sluice-activity';

type PanelState = { open: boolean; width: number; tab: PanelTab };

export const TABS: { id: PanelTab; label: string }[] = [
  { id: 'calls', label: 'API calls' },
  { id: 'deliveries', label: 'Deliveries' },
  { id: 'limits', label: 'Limits' },
  { id: 'faults', label: 'Faults' },
  { id: 'settings', label: 'Simulator' },
];

/** How wide the panel is at first, in pixels: the conversation comes before it, above all beside a thread. */
export const defaultWidth = (windowWidth: number): number =>
  windowWidth < NARROW
    ? OVERLAY_DEFAULT
    : Math.min(WIDEST_DEFAULT, Math.max(NARROWEST_DEFAULT, Math.round(windowWidth * 0.24)));

/** The widest that the panel may be in a window, in pixels: the conversation keeps at least half of it. */
export const maxWidth = (windowWidth: number): number => Math.max(MIN_WIDTH, Math.round(windowWidth * 0.5));

/** A width as it is kept: whole pixels within what the window allows. */
export const clampWidth = (width: number, windowWidth: number): number =>
  Math.min(maxWidth(windowWidth), Math.max(MIN_WIDTH, Math.round(width)));

/** What was kept from the last visit. A narrow window always starts folded: the panel would cover the conversation. */
export function restored(kept: string | null, windowWidth: number): PanelState {
  const given = parsed(kept);
  const tab = TABS.find(({ id }) => id === given.tab)?.id ?? 'calls';
  const width = typeof given.width === 'number' ? given.width : defaultWidth(windowWidth);
  const open = windowWidth >= NARROW && given.open !== false;
  return { open, width: clampWidth(width, Math.max(windowWidth, NARROW)), tab };
}

function parsed(kept: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(kept ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const inBrowser = typeof window !== 'undefined';

export const usePanel = create<PanelState>(() =>
  inBrowser ? restored(localStorage.getItem(KEY), window.innerWidth) : restored(null, 1280),
);

if (inBrowser)
  usePanel.subscribe((state) => {
    // In a narrow window the panel lies over the conversation for a moment: that is no choice for next time.
    const narrow = window.innerWidth < NARROW;
    const open = narrow ? parsed(localStorage.getItem(KEY)).open !== false : state.open;
    localStorage.setItem(KEY, JSON.stringify({ ...state, open }));
  });

export const openPanel = (tab?: PanelTab): void =>
  usePanel.setState(tab === undefined ? { open: true } : { open: true, tab });
export const foldPanel = (): void => usePanel.setState({ open: false });
