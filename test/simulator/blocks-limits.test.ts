import { LIMITS } from '../../local/slack/blocks/limits.ts';
import type { JsonObject } from '../../local/slack/json.ts';
import { type LimitCase, testLimits } from './blocks-limit-cases.ts';
import { cellRow, element, many, mrkdwn, plain, rich, x } from './blocks-samples.ts';

/** A case of §3.1: a block with its member at `n`; `at` is below the block, `..` is the list of blocks. */
const of = (
  rule: string,
  [limit, table]: [reference: number, table: number],
  make: (n: number) => JsonObject,
  at: string,
  bound: 'most' | 'least' = 'most',
): LimitCase => ({
  rule,
  limit,
  table,
  make,
  at: at === '..' ? '/blocks' : `/blocks/0${at}`,
  bound,
});

const image = (more: JsonObject) => ({ type: 'image', alt_text: 'a', image_url: 'https://x', ...more });
const video = (more: JsonObject) => ({
  type: 'video',
  video_url: 'https://x',
  thumbnail_url: 'https://x',
  alt_text: 'a',
  title: plain('a'),
  ...more,
});
const pie = (segments: number, label = 'a') => ({
  type: 'data_visualization',
  title: 'a',
  chart: { type: 'pie', segments: many(segments, () => ({ label, value: 1 })) },
});
const bars = (series: JsonObject[], axis: JsonObject = {}) => ({
  type: 'data_visualization',
  title: 'a',
  chart: { type: 'bar', series, axis_config: { categories: ['a'], ...axis } },
});
const point = { label: 'a', value: 1 };
const dataTable = (rows: number, columns: number, more: JsonObject = {}) => ({
  type: 'data_table',
  caption: 'a',
  rows: many(rows, () => cellRow(columns)),
  ...more,
});
const card = (more: JsonObject) => ({ type: 'card', title: mrkdwn('a'), ...more });
const container = (more: JsonObject) => ({
  type: 'container',
  title: plain('a'),
  child_blocks: [{ type: 'divider' }],
  ...more,
});
const buttons = (count: number) => many(count, (at) => element('button', { action_id: `a${at}` }));

const ofCard = (rule: string, name: 'title' | 'subtitle' | 'body' | 'subtext', limit: number) =>
  of(rule, [limit, LIMITS.card[name]], (n) => card({ [name]: mrkdwn(x(n)) }), `/${name}/text`);

testLimits([
  of(
    '§3 Global block_id: at most 255',
    [255, LIMITS.blockId],
    (n) => ({ type: 'divider', block_id: x(n) }),
    '/block_id',
  ),
  of(
    '§3 Global text object: at most 3,000',
    [3000, LIMITS.text],
    (n) => ({ type: 'context', elements: [mrkdwn(x(n))] }),
    '/elements/0/text',
  ),
  of(
    '§3.1 section text: at most 3,000',
    [3000, LIMITS.text],
    (n) => ({ type: 'section', text: plain(x(n)) }),
    '/text/text',
  ),
  of(
    '§3.1 section fields: at most 10',
    [10, LIMITS.section.fields],
    (n) => ({ type: 'section', fields: many(n, () => plain('a')) }),
    '/fields',
  ),
  of(
    '§3.1 section field: at most 2,000',
    [2000, LIMITS.section.field],
    (n) => ({ type: 'section', fields: [plain(x(n))] }),
    '/fields/0/text',
  ),
  of(
    '§3.1 header text: at most 150',
    [150, LIMITS.header.text],
    (n) => ({ type: 'header', text: plain(x(n)) }),
    '/text/text',
  ),
  of(
    '§3.1 image alt_text: at most 2,000',
    [2000, LIMITS.image.altText],
    (n) => image({ alt_text: x(n) }),
    '/alt_text',
  ),
  of(
    '§3.1 image title: at most 2,000',
    [2000, LIMITS.image.title],
    (n) => image({ title: plain(x(n)) }),
    '/title/text',
  ),
  of('§3.1 image url: at most 3,000', [3000, LIMITS.url], (n) => image({ image_url: x(n) }), '/image_url'),
  of(
    '§3.1 context elements: at most 10',
    [10, LIMITS.context.elements],
    (n) => ({ type: 'context', elements: many(n, () => plain('a')) }),
    '/elements',
  ),
  of(
    '§3.1 actions elements: at most 25',
    [25, LIMITS.actions.elements],
    (n) => ({ type: 'actions', elements: buttons(n) }),
    '/elements',
  ),
  of(
    '§3.1 input label: at most 2,000',
    [2000, LIMITS.input.label],
    (n) => ({ type: 'input', label: plain(x(n)), element: element('plain_text_input') }),
    '/label/text',
  ),
  of(
    '§3.1 input hint: at most 2,000',
    [2000, LIMITS.input.hint],
    (n) => ({
      type: 'input',
      label: plain('a'),
      hint: plain(x(n)),
      element: element('plain_text_input'),
    }),
    '/hint/text',
  ),
  of(
    '§3.1 markdown text: at most 12,000',
    [12_000, LIMITS.markdown.total],
    (n) => ({ type: 'markdown', text: x(n) }),
    '/text',
  ),
  of(
    '§3.1 video title, less than 200: at most 199',
    [199, LIMITS.video.title],
    (n) => video({ title: plain(x(n)) }),
    '/title/text',
  ),
  of(
    '§3.1 video author_name, less than 50: at most 49',
    [49, LIMITS.video.authorName],
    (n) => video({ author_name: x(n) }),
    '/author_name',
  ),
  of(
    '§3.1 table rows: at most 100',
    [100, LIMITS.table.rows],
    (n) => ({ type: 'table', rows: many(n, () => cellRow(1)) }),
    '/rows',
  ),
  of(
    '§3.1 table cells: at most 20',
    [20, LIMITS.table.cells],
    (n) => ({ type: 'table', rows: [cellRow(n)] }),
    '/rows/0',
  ),
  of(
    '§3.1 table column_settings: at most 20',
    [20, LIMITS.table.columnSettings],
    (n) => ({ type: 'table', rows: [cellRow(1)], column_settings: many(n, () => ({})) }),
    '/column_settings',
  ),
  of(
    '§3.1 table characters: at most 10,000',
    [10_000, LIMITS.table.total],
    (n) => ({ type: 'table', rows: [[{ type: 'raw_text', text: x(n) }]] }),
    '..',
  ),
  of(
    '§3.1 data_table rows: at most 201',
    [201, LIMITS.dataTable.maxRows],
    (n) => dataTable(Math.max(n, 2), 1),
    '/rows',
  ),
  of(
    '§3.1 data_table rows with the header: at least 2',
    [2, LIMITS.dataTable.minRows],
    (n) => dataTable(n, 1),
    '/rows',
    'least',
  ),
  of(
    '§3.1 data_table page_size: at least 1',
    [1, LIMITS.dataTable.minPageSize],
    (n) => dataTable(2, 1, { page_size: n }),
    '/page_size',
    'least',
  ),
  of(
    '§3.1 data_table page_size: at most 100',
    [100, LIMITS.dataTable.maxPageSize],
    (n) => dataTable(2, 1, { page_size: n }),
    '/page_size',
  ),
  of(
    '§3.1 data_table characters: at most 20,000',
    [20_000, LIMITS.dataTable.total],
    (n) => ({
      type: 'data_table',
      caption: 'a',
      rows: [cellRow(1), [rich(x(Math.max(n - 1, 1)))]],
    }),
    '..',
  ),
  of(
    '§3.1 data_visualization title: at most 50',
    [50, LIMITS.chart.title],
    (n) => ({ ...pie(1), title: x(n) }),
    '/title',
  ),
  of(
    '§3.1 data_visualization pie segments: at most 12',
    [12, LIMITS.chart.segments],
    (n) => pie(n),
    '/chart/segments',
  ),
  of(
    '§3.1 data_visualization pie label: at most 20',
    [20, LIMITS.chart.label],
    (n) => pie(1, x(n)),
    '/chart/segments/0/label',
  ),
  of(
    '§3.1 data_visualization series: at most 12',
    [12, LIMITS.chart.series],
    (n) => bars(many(n, (at) => ({ name: `s${at}`, data: [point] }))),
    '/chart/series',
  ),
  of(
    '§3.1 data_visualization series name: at most 20',
    [20, LIMITS.chart.seriesName],
    (n) => bars([{ name: x(n), data: [point] }]),
    '/chart/series/0/name',
  ),
  of(
    '§3.1 data_visualization points of a series: at most 20',
    [20, LIMITS.chart.points],
    (n) => bars([{ name: 'a', data: many(n, () => point) }]),
    '/chart/series/0/data',
  ),
  of(
    '§3.1 data_visualization category: at most 20',
    [20, LIMITS.chart.category],
    (n) => bars([{ name: 'a', data: [point] }], { categories: ['a', x(n)] }),
    '/chart/axis_config/categories/1',
  ),
  of(
    '§3.1 data_visualization x_label: at most 50',
    [50, LIMITS.chart.axisLabel],
    (n) => bars([{ name: 'a', data: [point] }], { x_label: x(n) }),
    '/chart/axis_config/x_label',
  ),
  of(
    '§3.1 data_visualization y_label: at most 50',
    [50, LIMITS.chart.axisLabel],
    (n) => bars([{ name: 'a', data: [point] }], { y_label: x(n) }),
    '/chart/axis_config/y_label',
  ),
  ofCard('§3.1 card title: at most 150', 'title', 150),
  ofCard('§3.1 card subtitle: at most 150', 'subtitle', 150),
  ofCard('§3.1 card body: at most 200', 'body', 200),
  ofCard('§3.1 card subtext: at most 200', 'subtext', 200),
  of(
    '§3.1 card actions: at most 3',
    [3, LIMITS.card.actions],
    (n) => card({ actions: buttons(n) }),
    '/actions',
  ),
  of(
    '§3.1 carousel cards: at most 10',
    [10, LIMITS.carousel.elements],
    (n) => ({ type: 'carousel', elements: many(n, () => card({})) }),
    '/elements',
  ),
  of(
    '§3.1 container title: at most 150',
    [150, LIMITS.container.title],
    (n) => container({ title: plain(x(n)) }),
    '/title/text',
  ),
  of(
    '§3.1 container subtitle: at most 150',
    [150, LIMITS.container.subtitle],
    (n) => container({ subtitle: plain(x(n)) }),
    '/subtitle/text',
  ),
  of(
    '§3.1 container child_blocks: at most 10',
    [10, LIMITS.container.childBlocks],
    (n) => container({ child_blocks: many(n, () => ({ type: 'divider' })) }),
    '/child_blocks',
  ),
  of(
    '§3.1 context_actions elements: at most 5',
    [5, LIMITS.contextActions.elements],
    (n) => ({
      type: 'context_actions',
      elements: many(n, (at) => element('icon_button', { action_id: `a${at}` })),
    }),
    '/elements',
  ),
  of(
    '§3.1 rich_text list indent: at most 8',
    [8, LIMITS.richText.indent],
    (n) => ({
      type: 'rich_text',
      elements: [{ type: 'rich_text_list', style: 'bullet', elements: [], indent: n }],
    }),
    '/elements/0/indent',
  ),
]);
