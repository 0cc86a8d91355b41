import type { JsonObject } from '../../../json.ts';
import { wordOf } from '../read.ts';

/** Markdown comes converted to other blocks; what is left of it is shown as it was written. */
export function MarkdownBlock({ block }: { block: JsonObject }) {
  return <div className="rich-section">{wordOf(block.text)}</div>;
}
