import { create } from 'zustand';

export type Theme = 'system' | 'light' | 'dark';
const KEY = 'sluice-theme';

const stored = (): Theme => {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
};

export const useTheme = create<{ theme: Theme }>(() => ({ theme: stored() }));

/** Chooses light, dark, or whatever the system says; kept for the next visit. */
export function setTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  useTheme.setState({ theme });
}

/** Keeps the document's colours as chosen. */
export function followTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const { theme } = useTheme.getState();
    const dark = theme === 'dark' || (theme === 'system' && system.matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  };
  system.addEventListener('change', apply);
  useTheme.subscribe(apply);
  apply();
}
