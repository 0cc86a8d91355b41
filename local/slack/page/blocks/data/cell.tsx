import type { JsonObject } from '../../../json.ts';
import { objectsOf, wordOf } from '../read.ts';
import { RichText } from '../text/rich-text.tsx';

/** What stands in a cell: rich text, text, or a number with the words that show it. */
function Content({ cell }: { cell: JsonObject }) {
  if (cell.type === 'rich_text') return <RichText given={cell} />;
  return wordOf(cell.text) || String(cell.value ?? '');
}

/** A cell; `head` where it names its column or row, which an empty one cannot. */
export function Cell({
  cell,
  look = '',
  head,
}: {
  cell: JsonObject;
  look?: string;
  head?: 'col' | 'row' | undefined;
}) {
  const Tag = head === undefined || isEmpty(cell) ? 'td' : 'th';
  return (
    <Tag className={look || undefined} scope={Tag === 'th' ? head : undefined}>
      <Content cell={cell} />
    </Tag>
  );
}

export const isNumber = (cell: JsonObject | undefined): boolean => cell?.type === 'raw_number';

function isEmpty(cell: JsonObject): boolean {
  if (cell.type !== 'rich_text') return wordOf(cell.text) === '' && cell.value === undefined;
  return objectsOf(cell.elements).every((element) => objectsOf(element.elements).length === 0);
}
