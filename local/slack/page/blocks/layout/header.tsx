import type { JsonObject } from '../../../json.ts';
import { plainOf } from '../read.ts';
import './header.css';

/** Large bold text. It is a heading of its message or view, below the page's own. */
export function Header({ block }: { block: JsonObject }) {
  return <h2 className="header-block">{plainOf(block.text)}</h2>;
}
