import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Fault } from './check.ts';
import { LIMITS } from './limits.ts';
import { eachBlock } from './walk.ts';

/** Rules over all blocks of one type together (§3.1 markdown, table, data_table, data_visualization). */
const TOTALS: { type: string; max: number; measure: (block: JsonObject) => number }[] = [
  { type: 'markdown', max: LIMITS.markdown.total, measure: (block) => String(block.text).length },
  { type: 'table', max: LIMITS.table.total, measure: (block) => cellCharacters(block.rows) },
  { type: 'data_table', max: LIMITS.dataTable.total, measure: (block) => cellCharacters(block.rows) },
];

/**
 * What all blocks of a payload hold together.
 *
 * @returns faults that point at the list of blocks, because no single block is to blame
 */
export function checkTotals(blocks: readonly Json[], pointer: string): Fault[] {
  const all = eachBlock(blocks).map(({ value }) => value);
  const faults = TOTALS.flatMap(({ type, max, measure }): Fault[] => {
    const total = all.filter((one) => one.type === type).reduce((sum, one) => sum + measure(one), 0);
    if (total <= max) return [];
    const message = `${type} blocks must be less than ${max + 1} characters in total`;
    return [{ message, pointer, constraint: { type: 'max_length', expected: max } }];
  });
  const charts = all.filter(({ type }) => type === 'data_visualization').length;
  if (charts > LIMITS.chart.perMessage) {
    const message = `no more than ${LIMITS.chart.perMessage} data_visualization blocks allowed`;
    faults.push({ message, pointer, constraint: { type: 'max_items', expected: LIMITS.chart.perMessage } });
  }
  return faults;
}

/** Visible characters of all cells: the texts of raw cells and of everything inside rich_text. */
function cellCharacters(value: Json | undefined): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + cellCharacters(one), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return own + cellCharacters(value.elements);
}
