import type { JsonObject } from '../../../json.ts';
import { numbered } from '../numbered.ts';
import { objectOf, wordOf } from '../read.ts';
import { Cell, isNumber } from './cell.tsx';
import { rowsOf } from './rows.ts';
import { ScrollFrame } from './scroll-frame.tsx';
import './table.css';

/** A table; its first row is the head. It scrolls by itself where it is wider than the message. */
export function Table({ block }: { block: JsonObject }) {
  const [head = [], ...body] = rowsOf(block.rows);
  const settings = Array.isArray(block.column_settings) ? block.column_settings.map(objectOf) : [];
  const lookOf = (cell: JsonObject, at: number): string => {
    const align = wordOf(settings[at]?.align) || (isNumber(cell) ? 'right' : 'left');
    return settings[at]?.is_wrapped === true ? `table-${align} table-wraps` : `table-${align}`;
  };
  const cells = (row: JsonObject[], headOf?: 'col') =>
    numbered(row).map(({ key, at, item }) => (
      <Cell key={key} cell={item} head={headOf} look={lookOf(item, at)} />
    ));
  return (
    <ScrollFrame label="Table">
      <table className="table">
        <thead>
          <tr>{cells(head, 'col')}</tr>
        </thead>
        <tbody>
          {numbered(body).map(({ key, item }) => (
            <tr key={key}>{cells(item)}</tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
