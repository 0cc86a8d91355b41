import { Monitor, Moon, Sun } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { setTheme, type Theme, useTheme } from '../ui/theme.ts';
import './theme-switch.css';

const CHOICES = [
  { theme: 'system', label: 'Theme of the system', Icon: Monitor },
  { theme: 'light', label: 'Light theme', Icon: Sun },
  { theme: 'dark', label: 'Dark theme', Icon: Moon },
] as const satisfies { theme: Theme; label: string; Icon: unknown }[];

/** System, light or dark. */
export function ThemeSwitch() {
  const theme = useTheme((state) => state.theme);
  const choose = (value: string): void => {
    const found = CHOICES.find((one) => one.theme === value);
    if (found) setTheme(found.theme);
  };
  return (
    <ToggleGroup.Root
      type="single"
      className="theme-switch"
      aria-label="Theme"
      value={theme}
      onValueChange={choose}
    >
      {CHOICES.map(({ theme: value, label, Icon }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          className="theme-switch-item"
          aria-label={label}
          title={label}
        >
          <Icon size={15} aria-hidden="true" />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
