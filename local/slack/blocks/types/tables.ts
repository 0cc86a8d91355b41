import { isObject, type Json, type JsonObject } from '../../json.ts';
import { LIMITS } from '../limits.ts';
import { richText } from '../rich-text.ts';
import {
  array,
  boolean,
  integer,
  number,
  type ObjectRule,
  object,
  oneOf,
  optional,
  type Problem,
  type Rule,
  string,
  typed,
} from '../rules.ts';
import { block } from './block.ts';

/** table and data_table (§3.1); their characters per message are in totals.ts. */

const CELLS: Record<string, ObjectRule> = {
  rich_text: richText,
  raw_text: object({ type: oneOf('raw_text'), text: string() }),
  raw_number: object({ type: oneOf('raw_number'), value: number(), text: string() }),
};

const cell: Rule = typed('cell', () => CELLS);

const columnSetting: Rule = object({
  align: optional(oneOf('left', 'center', 'right')),
  is_wrapped: optional(boolean),
});

export const table = block('table', {
  rows: array(array(cell, LIMITS.table.cells), LIMITS.table.rows),
  column_settings: optional(array(columnSetting, LIMITS.table.columnSettings)),
});

const { minRows, maxRows, columns, minPageSize, maxPageSize } = LIMITS.dataTable;

export const dataTable = block(
  'data_table',
  {
    rows: array(array(cell, columns), maxRows, minRows),
    caption: string(),
    page_size: optional(integer(minPageSize, maxPageSize)),
    row_header_column_index: optional(integer(0)),
  },
  checkDataTable,
);

/** Equal rows, a header without rich_text, and a row header column that exists. */
function checkDataTable(value: JsonObject): Problem | undefined {
  const rows = (Array.isArray(value.rows) ? value.rows : []).map(cells);
  const [header = []] = rows;
  const rich = header.findIndex((one) => isObject(one) && one.type === 'rich_text');
  if (rich >= 0) return { message: 'rich_text is not allowed in the header row', at: `/rows/0/${rich}/type` };
  const uneven = rows.findIndex((row) => row.length !== header.length);
  if (uneven >= 0) return { message: 'all rows must have the same number of cells', at: `/rows/${uneven}` };
  const index = value.row_header_column_index;
  return typeof index === 'number' && index >= header.length
    ? { message: `must be less than ${header.length}`, at: '/row_header_column_index' }
    : undefined;
}

function cells(row: Json): Json[] {
  return Array.isArray(row) ? row : [];
}
