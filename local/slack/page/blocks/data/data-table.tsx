import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { JsonObject } from '../../../json.ts';
import { IconButton } from '../../ui/button.tsx';
import { numbered } from '../numbered.ts';
import { numberOf, wordOf } from '../read.ts';
import { Cell, isNumber } from './cell.tsx';
import { rowsOf } from './rows.ts';
import { ScrollFrame } from './scroll-frame.tsx';
import './data-table.css';
import './table.css';

const DEFAULT_PAGE = 5;

/** A table of many rows, shown page by page; columns are equally wide. */
export function DataTable({ block }: { block: JsonObject }) {
  const [head = [], ...body] = rowsOf(block.rows);
  const size = Math.max(1, numberOf(block.page_size, DEFAULT_PAGE));
  const [asked, setAsked] = useState(0);
  const page = Math.min(asked, Math.max(0, Math.ceil(body.length / size) - 1));
  const first = page * size;
  const rows = body.slice(first, first + size);
  const rowHead = numberOf(block.row_header_column_index, 0);
  const caption = wordOf(block.caption);
  const lookOf = (at: number): string => (body.every((row) => isNumber(row[at])) ? 'table-right' : '');
  return (
    <div className="data-table">
      <ScrollFrame label={caption} className="data-table-frame">
        <table className="table">
          <caption className="data-table-caption">{caption}</caption>
          <thead>
            <tr>
              {numbered(head).map(({ key, at, item }) => (
                <Cell key={key} cell={item} head="col" look={lookOf(at)} />
              ))}
            </tr>
          </thead>
          <tbody>
            {numbered(rows).map((row) => (
              <tr key={first + row.at}>
                {numbered(row.item).map(({ key, at, item }) => (
                  <Cell
                    key={key}
                    cell={item}
                    head={at === rowHead ? 'row' : undefined}
                    look={isNumber(item) ? 'table-right' : ''}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      {body.length > size && (
        <div className="data-table-pages">
          <span role="status">
            {first + 1}–{first + rows.length} of {body.length}
          </span>
          <IconButton label="Previous rows" disabled={page === 0} onClick={() => setAsked(page - 1)}>
            <ChevronLeft size={17} aria-hidden="true" />
          </IconButton>
          <IconButton
            label="Next rows"
            disabled={first + size >= body.length}
            onClick={() => setAsked(page + 1)}
          >
            <ChevronRight size={17} aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
