import type { JsonObject } from '../../../json.ts';
import { numbered } from '../numbered.ts';
import { objectsOf } from '../read.ts';
import { TailContext, useTail } from '../tail.ts';
import { TextObject } from '../text/text-object.tsx';
import { Picture } from './picture.tsx';
import './context.css';

/** Small soft texts and pictures in one line. */
export function Context({ block }: { block: JsonObject }) {
  const tail = useTail();
  const elements = objectsOf(block.elements);
  return (
    <div className="context">
      {numbered(elements).map(({ key, item }, at) =>
        item.type === 'image' ? (
          <Picture key={key} image={item} className="context-picture" />
        ) : (
          <TailContext key={key} value={at === elements.length - 1 ? tail : null}>
            <TextObject text={item} />
          </TailContext>
        ),
      )}
    </div>
  );
}
