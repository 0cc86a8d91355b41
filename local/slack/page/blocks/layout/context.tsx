import type { JsonObject } from '../../../json.ts';
import { numbered } from '../numbered.ts';
import { objectsOf } from '../read.ts';
import { TextObject } from '../text/text-object.tsx';
import { Picture } from './picture.tsx';
import './context.css';

/** Small soft texts and pictures in one line. */
export function Context({ block }: { block: JsonObject }) {
  return (
    <div className="context">
      {numbered(objectsOf(block.elements)).map(({ key, item }) =>
        item.type === 'image' ? (
          <Picture key={key} image={item} className="context-picture" />
        ) : (
          <TextObject key={key} text={item} />
        ),
      )}
    </div>
  );
}
