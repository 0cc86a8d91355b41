import { FileText } from 'lucide-react';
import type { JsonObject } from '../../../json.ts';
import { wordOf } from '../read.ts';
import './media.css';

/** A remote file: only its id is known here. */
export function FileBlock({ block }: { block: JsonObject }) {
  return (
    <div className="media">
      <span className="media-sign">
        <FileText size={20} aria-hidden="true" />
      </span>
      <span className="media-texts">
        <span className="media-title">Remote file</span>
        <span className="media-note">{wordOf(block.external_id)}</span>
      </span>
    </div>
  );
}
