import fc, { type Arbitrary } from 'fast-check';
import type { Json, JsonObject } from '../../local/slack/json.ts';
import { BLOCKS, cellRow, ELEMENTS, HOSTS } from './blocks-samples.ts';

/** Random good payloads. Their limits are the reference's, written by hand (§3.1, §3.2). */

const words = (max: number, min = 1): Arbitrary<string> =>
  fc.oneof(
    fc.string({ minLength: min, maxLength: Math.min(max, 30) }),
    fc.constantFrom(min, max).map((length) => 'y'.repeat(length)),
  );
const object = <T extends Record<string, Arbitrary<Json>>>(
  required: T,
  optional: Record<string, Arbitrary<Json>> = {},
): Arbitrary<JsonObject> =>
  fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) }) as Arbitrary<JsonObject>;
const list = (of: Arbitrary<Json>, max: number, min = 1): Arbitrary<Json[]> =>
  fc.array(of, { minLength: min, maxLength: max, size: 'max' });
const is = <T extends Json>(...values: T[]): Arbitrary<T> => fc.constantFrom(...values);

const plain = (max: number) => object({ type: is('plain_text'), text: words(max) }, { emoji: fc.boolean() });
const mrkdwn = (max: number) => object({ type: is('mrkdwn'), text: words(max) }, { verbatim: fc.boolean() });
const text = (max: number) => fc.oneof(plain(max), mrkdwn(max));
const confirm = object(
  { title: plain(100), text: text(300), confirm: plain(30), deny: plain(30) },
  { style: is('primary', 'danger') },
);
const image = fc
  .tuple(words(2000, 0), is({ image_url: 'https://x' }, { slack_file: { id: 'F1' } }))
  .map(([alt_text, source]): JsonObject => ({ type: 'image', alt_text, ...source }));
const styles = object({}, { bold: fc.boolean(), italic: fc.boolean(), code: fc.boolean() });
const inline = fc.oneof(
  object({ type: is('text'), text: words(3000) }, { style: styles }),
  object({ type: is('link'), url: is('https://x') }, { text: words(100), style: styles }),
  object({ type: is('user'), user_id: is('U1') }),
  object({ type: is('emoji'), name: is('wave') }),
);
const section = object({ type: is('rich_text_section'), elements: list(inline, 4, 0) });
const rich = object({
  type: is('rich_text'),
  elements: list(
    fc.oneof(
      section,
      object(
        { type: is('rich_text_list'), style: is('bullet', 'ordered'), elements: list(section, 3, 0) },
        { indent: fc.integer({ min: 0, max: 8 }), border: is(0, 1) },
      ),
      object({ type: is('rich_text_quote'), elements: list(inline, 3, 0) }),
    ),
    4,
    0,
  ),
});

/** An element of §3.2 in a block that can hold it. */
const held = (host: string, types: string[]) =>
  fc.tuple(is(...types), fc.option(confirm, { nil: undefined })).map(([type, confirmed]) => {
    const given: JsonObject = { ...ELEMENTS[type] };
    if (confirmed && 'confirm' in given) given.confirm = confirmed;
    return HOSTS[host]?.hold(given) ?? {};
  });
const button = object(
  { type: is('button'), text: plain(75) },
  {
    value: words(2000, 0),
    url: words(3000),
    style: is('primary', 'danger'),
    confirm,
    accessibility_label: words(75),
  },
);
const card = object(
  { type: is('card'), title: mrkdwn(150) },
  {
    hero_image: image,
    icon: image,
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    subtext: mrkdwn(200),
    actions: list(button, 3),
  },
);
const statuses = ['in_progress', 'complete', 'error'];
const task = (allowed: string[]) =>
  object(
    { type: is('task_card'), task_id: words(50), title: words(200), status: is(...allowed) },
    { details: rich, output: rich, hide_title: fc.boolean() },
  );
const columns = fc.integer({ min: 1, max: 20 });
const chart = fc.uniqueArray(words(20), { minLength: 1, maxLength: 20 }).chain((categories) =>
  object({
    type: is('bar', 'area', 'line'),
    series: fc.uniqueArray(
      object({ name: words(20), data: list(object({ label: is(...categories), value: fc.integer() }), 20) }),
      { minLength: 1, maxLength: 12, selector: (one) => one.name },
    ),
    axis_config: object({ categories: is(categories) }, { x_label: words(50), y_label: words(50) }),
  }),
);

/** Blocks that a message can hold, by type. */
const MADE: Record<string, Arbitrary<JsonObject>> = {
  section: fc.oneof(
    object({ type: is('section'), text: text(3000) }, { expand: fc.boolean(), accessory: image }),
    object({ type: is('section'), fields: list(text(2000), 10) }, { accessory: button }),
    held('accessory', ['multi_static_select', 'radio_buttons', 'timepicker', 'overflow', 'users_select']),
  ),
  header: object({ type: is('header'), text: plain(150) }),
  image: fc
    .tuple(image, fc.option(plain(2000), { nil: undefined }))
    .map(([picture, title]) => (title ? { ...picture, title } : picture)),
  context: object({ type: is('context'), elements: list(fc.oneof(image, text(3000)), 10) }),
  actions: fc.oneof(
    object({ type: is('actions'), elements: list(button, 25) }),
    held('actions', ['static_select', 'checkboxes', 'datetimepicker', 'workflow_button', 'datepicker']),
  ),
  input: fc.oneof(
    object(
      { type: is('input'), label: plain(2000), element: is({ type: 'plain_text_input' }) },
      { hint: plain(2000), optional: fc.boolean(), dispatch_action: fc.boolean() },
    ),
    held('input', ['plain_text_input', 'multi_users_select', 'datetimepicker', 'external_select']),
  ),
  rich_text: rich,
  markdown: object({ type: is('markdown'), text: words(12_000) }),
  video: is(...(BLOCKS.video ?? [])),
  file: is(...(BLOCKS.file ?? [])),
  table: fc
    .tuple(fc.integer({ min: 1, max: 100 }), columns)
    .map(([rows, width]) => ({ type: 'table', rows: Array.from({ length: rows }, () => cellRow(width)) })),
  data_table: fc
    .tuple(fc.integer({ min: 2, max: 201 }), columns, fc.integer({ min: 1, max: 100 }))
    .map(([rows, width, page_size]) => ({
      type: 'data_table',
      caption: 'a',
      page_size,
      row_header_column_index: width - 1,
      rows: Array.from({ length: rows }, () => cellRow(width)),
    })),
  data_visualization: object({
    type: is('data_visualization'),
    title: words(50),
    chart: fc.oneof(
      chart,
      object({
        type: is('pie'),
        segments: list(object({ label: words(20), value: fc.integer({ min: 1, max: 1e6 }) }), 12),
      }),
    ),
  }),
  card,
  carousel: object({ type: is('carousel'), elements: list(card, 10) }),
  container: object(
    {
      type: is('container'),
      title: plain(150),
      child_blocks: list(object({ type: is('header'), text: plain(150) }), 10),
    },
    { subtitle: text(150), width: is('narrow', 'standard', 'wide', 'full'), rich_text_title: rich },
  ),
  plan: object(
    { type: is('plan'), title: words(100) },
    { tasks: list(task(['pending', ...statuses]), 8, 0) },
  ),
  task_card: task(statuses),
  context_actions: held('context_actions', ['feedback_buttons', 'icon_button']),
};

/** Types whose characters are counted over the whole message; one of each keeps below the limit. */
export const BLOCK_ARBITRARIES: [string, Arbitrary<JsonObject>][] = Object.entries(MADE);

export const anyBlock: Arbitrary<JsonObject> = fc.oneof(...Object.values(MADE));
