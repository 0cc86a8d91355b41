import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '../../ui/button.tsx';
import './details-pane.css';

/** What is known about the row that was opened: below the list, closed by Escape. */
export function DetailsPane({
  title,
  subtitle,
  actions,
  onClose,
  children,
}: {
  title: string;
  subtitle: string;
  actions: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const body = useRef<HTMLElement>(null);
  // Another row begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title says which row it is
  useEffect(() => body.current?.scrollTo(0, 0), [title, subtitle]);
  return (
    <div className="details-pane">
      <header>
        <div className="details-pane-title">
          <h3>{title}</h3>
          <p>{subtitle}</p>
        </div>
        <IconButton label="Close the details" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="details-pane-body" ref={body} tabIndex={0} aria-label={`Details of ${title}`}>
        <div className="details-pane-actions">{actions}</div>
        {children}
      </section>
    </div>
  );
}

/** A headed part of the details. */
export function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <div className="details-part">
      <div className="details-part-head">
        <h4>{title}</h4>
        {aside}
      </div>
      {children}
    </div>
  );
}

/** Names and values in two columns; what has no value is left out. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className="details-facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A sentence that explains what went wrong or what to look at. */
export function Note({ kind, children }: { kind: 'bad' | 'warn' | 'fault'; children: ReactNode }) {
  return <p className={`details-note ${kind}`}>{children}</p>;
}
