import { useLayoutEffect, useRef, useState } from 'react';
import type { JsonObject } from '../../../json.ts';
import { Element } from '../elements/element.tsx';
import { inBlock } from '../elements/place.ts';
import { numbered } from '../numbered.ts';
import { objectOf, objectsOf, plainOf, wordOf } from '../read.ts';
import { LONG, TailContext } from '../tail.ts';
import { TextObject } from '../text/text-object.tsx';
import { Thumbnail } from './picture.tsx';
import './section.css';

/** Text, fields in two columns, and one element or picture at the side. */
export function Section({ block }: { block: JsonObject }) {
  const accessory = objectOf(block.accessory);
  const fields = objectsOf(block.fields);
  return (
    <div className="section">
      <div className="section-main">
        {plainOf(block.text) !== '' && <SectionText block={block} />}
        {fields.length > 0 && (
          <div className="section-fields">
            {numbered(fields).map(({ key, item }) => (
              <div key={key}>
                <TextObject text={item} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory && (
        <div className="section-accessory">
          {accessory.type === 'image' ? (
            <Thumbnail image={accessory} />
          ) : (
            <TailContext value={null}>
              <Element element={accessory} place={inBlock(wordOf(block.block_id))} />
            </TailContext>
          )}
        </div>
      )}
    </div>
  );
}

/** Long texts are folded, unless the block says `expand`. */
function SectionText({ block }: { block: JsonObject }) {
  if (block.expand === true || plainOf(block.text).length < LONG) return <TextObject text={block.text} />;
  return <Folded block={block} />;
}

function Folded({ block }: { block: JsonObject }) {
  const [open, setOpen] = useState(false);
  const [overflows, setOverflows] = useState(false);
  const text = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const node = text.current;
    if (!node || open) return;
    const measure = (): void => setOverflows(node.scrollHeight > node.clientHeight + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [open]);
  return (
    <div>
      <div ref={text} className={open ? '' : 'section-folded'}>
        <TextObject text={block.text} />
      </div>
      {(overflows || open) && (
        <button type="button" className="section-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'See less' : 'See more'}
        </button>
      )}
    </div>
  );
}
