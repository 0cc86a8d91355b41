import { type ReactNode, useId } from 'react';

/** A titled list of the sidebar. */
export function Section({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="sidebar-section" aria-labelledby={id}>
      <div className="sidebar-section-head">
        <h2 id={id} className="sidebar-section-title">
          {title}
        </h2>
        {action}
      </div>
      <ul className="sidebar-section-list">{children}</ul>
    </section>
  );
}
