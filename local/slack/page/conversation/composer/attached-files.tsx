import { FileText, X } from 'lucide-react';
import { formatBytes } from '../format-bytes.ts';

/** Files that go with the next message. */
export function AttachedFiles({ files, onChange }: { files: File[]; onChange: (kept: File[]) => void }) {
  if (files.length === 0) return null;
  return (
    <ul className="attached" aria-label="Attached files">
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be attached twice
        <li key={`${index} ${file.name}`} className="attached-file">
          <FileText size={18} aria-hidden="true" />
          <span className="attached-name">{file.name}</span>
          <span className="attached-size">{formatBytes(file.size)}</span>
          <button
            type="button"
            className="icon-button attached-remove"
            aria-label={`Remove ${file.name}`}
            onClick={() => onChange(files.toSpliced(index, 1))}
          >
            <X size={14} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
