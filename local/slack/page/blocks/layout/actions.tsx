import type { JsonObject } from '../../../json.ts';
import { Element } from '../elements/element.tsx';
import { inBlock } from '../elements/place.ts';
import { objectsOf, wordOf } from '../read.ts';
import './actions.css';

/** Elements side by side: `actions`, and the small ones of `context_actions`. */
export function Actions({ block }: { block: JsonObject }) {
  const place = inBlock(wordOf(block.block_id));
  return (
    <div className={block.type === 'context_actions' ? 'actions actions-context' : 'actions'}>
      {objectsOf(block.elements).map((element, at) => (
        <Element key={wordOf(element.action_id) || at} element={element} place={place} />
      ))}
    </div>
  );
}
