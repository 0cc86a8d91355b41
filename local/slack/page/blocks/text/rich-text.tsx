import { memo, type ReactNode } from 'react';
import type { JsonObject } from '../../../json.ts';
import { numbered } from '../numbered.ts';
import { numberOf, objectsOf, wordOf } from '../read.ts';
import { sameGiven } from '../same.ts';
import { useTail } from '../tail.ts';
import { Inline } from './inline.tsx';
import { Preformatted } from './preformatted.tsx';
import './rich-text.css';

/** A rich_text block: sections, lists, quotes and code. */
export function RichText({ given }: { given: JsonObject }) {
  const tail = useTail();
  const elements = objectsOf(given.elements);
  return (
    <div className="rich-text">
      {numbered(elements).map(({ key, item }, at) => (
        <Element key={`${item.type} ${key}`} given={item} tail={at === elements.length - 1 ? tail : null} />
      ))}
    </div>
  );
}

/** One element; of a text that grows only the last is drawn again. */
const Element = memo(function Element({ given, tail }: { given: JsonObject; tail: ReactNode }) {
  switch (given.type) {
    case 'rich_text_list':
      return <List given={given} />;
    case 'rich_text_quote':
      return (
        <blockquote className="rich-quote">
          <Inline parts={objectsOf(given.elements)} />
        </blockquote>
      );
    case 'rich_text_preformatted':
      return <Preformatted given={given} />;
    default:
      return (
        <div className="rich-section">
          <Inline parts={objectsOf(given.elements)} />
          {tail}
        </div>
      );
  }
}, sameElement);

function sameElement(
  before: { given: JsonObject; tail: ReactNode },
  after: { given: JsonObject; tail: ReactNode },
): boolean {
  return before.tail === after.tail && sameGiven(before, after);
}

/** Signs and numbers change with the depth, and start again after three. */
const DEPTHS = 3;
const MAX_INDENT = 8;

/** One list. Slack has no lists in lists: each change of depth is another list with its own `indent`. */
function List({ given }: { given: JsonObject }) {
  const indent = Math.min(Math.max(numberOf(given.indent, 0), 0), MAX_INDENT);
  const border = given.border === 1 ? 'rich-list-border' : '';
  const name = `rich-list rich-list-depth-${indent % DEPTHS} rich-list-indent-${indent} ${border}`;
  const items = numbered(objectsOf(given.elements)).map(({ key, item }) => (
    <li key={key}>
      <Inline parts={objectsOf(item.elements)} />
    </li>
  ));
  if (wordOf(given.style) !== 'ordered') return <ul className={name}>{items}</ul>;
  return (
    <ol className={name} start={numberOf(given.offset, 0) + 1}>
      {items}
    </ol>
  );
}
