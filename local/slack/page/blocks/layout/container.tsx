import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import type { JsonObject } from '../../../json.ts';
import { BlockView } from '../block.tsx';
import { keyOf } from '../key.ts';
import { objectOf, objectsOf, plainOf, wordOf } from '../read.ts';
import { RichText } from '../text/rich-text.tsx';
import { TextObject } from '../text/text-object.tsx';
import { Picture } from './picture.tsx';
import './container.css';

/** Blocks in a frame with a title; some can be folded. */
export function Container({ block }: { block: JsonObject }) {
  const canFold = block.is_collapsible === true;
  const [open, setOpen] = useState(!(canFold && block.default_collapsed === true));
  const id = useId();
  const width = wordOf(block.width) || 'standard';
  const icon = objectOf(block.icon);
  const head = (
    <>
      {icon && <Picture image={icon} className="container-icon" />}
      <span className="container-titles">
        <ContainerTitle block={block} />
        {plainOf(block.subtitle) !== '' && (
          <span className="container-subtitle">
            <TextObject text={block.subtitle} />
          </span>
        )}
      </span>
    </>
  );
  return (
    <div className={`container container-${width}`}>
      {canFold ? (
        <div className="container-head container-head-folds">
          {head}
          <button
            type="button"
            className="icon-button container-fold"
            aria-expanded={open}
            aria-controls={id}
            aria-label={open ? 'Collapse' : 'Expand'}
            onClick={() => setOpen(!open)}
          >
            <ChevronDown size={18} aria-hidden="true" />
          </button>
        </div>
      ) : (
        <div className="container-head">{head}</div>
      )}
      <div
        id={id}
        hidden={!open}
        className={block.has_header_divider === true ? 'container-body container-divided' : 'container-body'}
      >
        {objectsOf(block.child_blocks).map((child, at) => (
          <BlockView key={keyOf(child, at)} given={child} />
        ))}
      </div>
    </div>
  );
}

function ContainerTitle({ block }: { block: JsonObject }) {
  const rich = objectOf(block.rich_text_title);
  return <span className="container-title">{rich ? <RichText given={rich} /> : plainOf(block.title)}</span>;
}
