import type { ObjectRule } from './rules.ts';
import { card, carousel, container, plan, taskCard } from './types/cards.ts';
import { dataVisualization } from './types/chart.ts';
import { LAYOUT_BLOCKS } from './types/layout.ts';
import { dataTable, table } from './types/tables.ts';

/** Every block of §3.1 by its type. Any other type is refused. */
export const BLOCKS: Record<string, ObjectRule> = {
  ...LAYOUT_BLOCKS,
  table,
  data_table: dataTable,
  data_visualization: dataVisualization,
  card,
  carousel,
  container,
  plan,
  task_card: taskCard,
};
