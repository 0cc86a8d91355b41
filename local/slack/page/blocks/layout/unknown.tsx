import type { JsonObject } from '../../../json.ts';
import './unknown.css';

/** A block of a type that is not known: its JSON for who wants to know. */
export function Unknown({ block }: { block: JsonObject }) {
  return (
    <details className="unknown">
      <summary>This block type cannot be shown</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre tabIndex={0}>{JSON.stringify(block, null, 2)}</pre>
    </details>
  );
}
