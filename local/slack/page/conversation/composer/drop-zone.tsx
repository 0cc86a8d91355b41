import { type DragEvent, type ReactNode, useState } from 'react';
import { attach } from './attached.ts';
import './drop-zone.css';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Takes files that are dropped on it for the composer of this place. */
export function DropZone({
  place,
  label,
  disabled,
  children,
}: {
  place: string;
  label: string;
  disabled: boolean;
  children: ReactNode;
}) {
  const [depth, setDepth] = useState(0);
  if (disabled) return <div className="drop-zone">{children}</div>;
  return (
    <section
      className="drop-zone"
      aria-label={label}
      onDragEnter={(event) => hasFiles(event) && setDepth((now) => now + 1)}
      onDragLeave={(event) => hasFiles(event) && setDepth((now) => Math.max(0, now - 1))}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        setDepth(0);
        if (!hasFiles(event)) return;
        event.preventDefault();
        attach(place, event.dataTransfer.files);
      }}
    >
      {children}
      {depth > 0 && <div className="drop-zone-sign">{label}</div>}
    </section>
  );
}
