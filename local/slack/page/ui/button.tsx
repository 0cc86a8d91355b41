import type { ComponentProps, ReactNode } from 'react';
import './button.css';

/** A labelled button; `kind` as Slack's styles. */
export function Button({
  kind = 'plain',
  className = '',
  ...rest
}: ComponentProps<'button'> & { kind?: 'plain' | 'primary' | 'danger' }) {
  return <button type="button" className={`button ${kind} ${className}`} {...rest} />;
}

/** A button that shows only an icon: its `label` is what it is called and what the tooltip says. */
export function IconButton({
  label,
  children,
  className = '',
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & { label: string; children: ReactNode }) {
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={label} {...rest}>
      {children}
    </button>
  );
}
