import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { JsonObject } from '../../../json.ts';
import { plainOf } from '../read.ts';
import { Picture } from './picture.tsx';
import './image.css';

/** A picture with its title, which folds it away as in Slack. */
export function ImageBlock({ block }: { block: JsonObject }) {
  const [open, setOpen] = useState(true);
  const title = plainOf(block.title);
  return (
    <figure className="image-block">
      {title !== '' && (
        <figcaption className="image-title">
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {title}
            <ChevronDown size={14} aria-hidden="true" />
          </button>
        </figcaption>
      )}
      {open && <Picture image={block} className="image-picture" />}
    </figure>
  );
}
